"""What a person's page and history say of merges: who was merged in, when, by whom, and how to take it apart."""

from tracker.domain.clock import find_zone
from tracker.domain.text import quoted
from tracker.i18n import _
from tracker.reports.asked import Asked
from tracker.reports.history import local
from tracker.store import Connection, Row
from tracker.store import merges as log
from tracker.store.ids import read_ref


def said_of(db: Connection, person: Row, word: str, asked: Asked) -> list[str]:
    """Return a sentence for each merge that `person` is made of, and one if `word` is the ref of somebody merged in."""
    found = log.merged_in(db, person["ref"])
    lines = []
    old = read_ref(word)
    if old is not None and old != person["ref"] and any(one.gone == old for one in found):
        lines.append(_("{gone} was merged into {kept}.").format(gone=old, kept=person["ref"]))
    here = find_zone(asked.record.zone)
    for one in found:
        name = log.name_of(db, one)
        lines.append(
            _(
                "Merged in: {name} ({gone}), {at}, by {actor}. To take it apart: tracker detainee split {kept} {gone}"
            ).format(
                name=quoted(name) if name else _("a person without a name"),
                gone=one.gone,
                kept=one.kept,
                at=local(one.at, here),
                actor=one.actor or "?",
            )
        )
    return lines
