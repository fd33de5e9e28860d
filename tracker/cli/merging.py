"""Two people or one, on the terminal: what a merge would do is told first, then asked, then done."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tracker.cli import context, recording
from tracker.i18n import _

if TYPE_CHECKING:
    from tracker.store import Change, Store


def merge(store: "Store", who: str, other: str, *, dry_run: bool, yes: bool) -> None:
    """Merge one person into another, once the user has seen what that means. Raises Refused where it cannot be."""
    from tracker.casework.merging import judged_different
    from tracker.matching.who import described, find_record

    kept, gone = (recording.person_ref(store, word) for word in (who, other))
    told, _change = _merged(store, kept, gone, dry_run=True)
    with store.reading() as db:
        rows = [find_record(db, ref)[1] for ref in (kept, gone)]
        warning = judged_different(db, rows[0], rows[1])
        lines = [described(db, row) for row in rows]
    question = _("Merge {gone} into {kept}?").format(gone=lines[1], kept=lines[0])
    if dry_run:
        told.insert(0, _("Would merge {gone} into {kept}:").format(gone=lines[1], kept=lines[0]))
        context.say(*_shown(warning, told), _("Nothing was changed."))
        return
    if not yes and context.interactive():
        context.say(*told)
    context.confirm(f"{warning} {question}" if warning else question, yes=yes)
    told, change = _merged(store, kept, gone, dry_run=False)
    done = _("Merged {gone} into {kept}.").format(gone=lines[1], kept=lines[0])
    apart = _("To take them apart again: tracker detainee split {kept} {gone}").format(kept=kept, gone=gone)
    recording.tell(change, [*_shown(warning, [done, *told]), apart])


def _shown(warning: str | None, lines: Sequence[str]) -> list[str]:
    return [*([warning] if warning else []), *lines]


def _merged(store: "Store", kept: str, gone: str, *, dry_run: bool) -> tuple[list[str], "Change"]:
    """Merge, or try to; return what was joined, moved and differs, and the change."""
    from tracker.casework.merging import merge as join
    from tracker.matching.who import find_record

    with context.writing(store, "detainee merge", kind="merge", dry_run=dry_run) as change:
        told = join(change, find_record(change.db, kept)[1], find_record(change.db, gone)[1])
    return [f"  {line}" for line in told], change


def split(store: "Store", who: str, other: str | None, *, dry_run: bool, yes: bool) -> None:
    """Take a merge apart, once the user has said so. Raises NotFound where there is none, Refused where it cannot."""
    from tracker.casework.merging import find_merge
    from tracker.matching.who import described, find_record
    from tracker.store.ids import read_ref

    kept = recording.person_ref(store, who)
    gone = None if other is None else read_ref(other) or recording.person_ref(store, other)
    with store.reading() as db:
        found = find_merge(db, kept, gone)
    line = _("{gone}, merged into {kept} by change {seq}").format(gone=found.gone, kept=kept, seq=found.seq)
    change = _apart(store, kept, found.gone, dry_run=True)
    if dry_run:
        context.say(_("Would take out {line}. Nothing was changed.").format(line=line))
        return
    context.confirm(_("Take out {line}?").format(line=line), yes=yes)
    change = _apart(store, kept, found.gone, dry_run=False)
    with store.reading() as db:
        lines = [f"  {described(db, find_record(db, ref)[1])}" for ref in (kept, found.gone)]
    never = _("If they are two people, say so, and they are never proposed as one again: tracker detainee judge {pair}")
    pair = f"{kept} {found.gone} different"
    recording.tell(change, [_("Two people again:"), *lines, never.format(pair=pair)])


def _apart(store: "Store", kept: str, gone: str, *, dry_run: bool) -> "Change":
    from tracker.casework.merging import find_merge
    from tracker.casework.merging import split as take_apart

    with context.writing(store, "detainee split", dry_run=dry_run) as change:
        take_apart(change, find_merge(change.db, kept, gone))
    return change


def judge(store: "Store", who: str, other: str, verdict: str, *, why: str | None, dry_run: bool) -> None:
    """Record whether two people are the same; say what was recorded before."""
    from tracker.casework import judgements
    from tracker.casework.faults import called
    from tracker.domain.vocabulary import label
    from tracker.matching.who import find_record

    one, two = (recording.person_ref(store, word) for word in (who, other))
    with context.writing(store, f"detainee judge {one} {two}", dry_run=dry_run) as change:
        rows = [find_record(change.db, ref)[1] for ref in (one, two)]
        before, now = judgements.judge(change, rows[0], rows[1], verdict, who=context.actor(), why=why)
        change.reason += f" {now}"
    lines = [
        _("{one} and {other}: {verdict}.").format(
            one=called(rows[0]), other=called(rows[1]), verdict=label("verdict", now)
        )
    ]
    if before is not None and before != now:
        lines.append(_("Judged before: {verdict}.").format(verdict=label("verdict", before)))
    if now == "same":
        lines.append(_("To make one of them: tracker detainee merge {one} {other}").format(one=one, other=two))
    recording.tell(change, lines)
