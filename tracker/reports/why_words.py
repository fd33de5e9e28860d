"""The words of `why`: dates as stated with their precision, releases, and what sources say for and against."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from tracker.domain.lists import WHEREABOUTS_UNKNOWN
from tracker.domain.masks import worded
from tracker.domain.vocabulary import label
from tracker.i18n import _
from tracker.reports.asked import said, said_start
from tracker.reports.person_records import WORDED, Citation
from tracker.reports.why_life import Event
from tracker.store import Row
from tracker.table import Labelled

DAY: Final = len("2026-01-12")
MONTH: Final = len("2026-01")
YEAR: Final = len("2026")


def when(text: str | None) -> str:
    """Return a date as stored in words that keep its precision: `on 2026-01-12`, `in 2026-02 (the month only)`."""
    if not text:
        return _("on an unknown day")
    if ".." in text:
        start, end = (part.replace("T", " ") for part in text.split(".."))
        return _("between {start} and {end}").format(start=start, end=end) if start else _("by {end}").format(end=end)
    if len(text) == YEAR:
        return _("in {year} (the year only)").format(year=text)
    if len(text) == MONTH:
        return _("in {month} (the month only)").format(month=text)
    if len(text) == DAY:
        return _("on {day}").format(day=text)
    return _("on {day} at {time}").format(day=text[:DAY], time=text[DAY + 1 :])


def doubt(event: Event, moment: str, start: str | None) -> str:
    """Return what a date leaves open at a moment, and from when it counts where that is not its own beginning."""
    parts = []
    if event.open(moment):
        sentence = (
            _("On {day} this may or may not have happened; it is counted as if it had.")
            if event.at <= moment
            else _("On {day} this may or may not have happened; it is not counted yet.")
        )
        parts.append(sentence.format(day=said(moment)))
    if event.at and event.at != (start or ""):
        parts.append(_("It counts from {moment}.").format(moment=said_start(event.at)))
    return "".join(f" {part}" for part in parts)


def terms(release: Row) -> str:
    """Return the terms and the status of a release, and its ref: `bail, verified (R-7k3m9q)`."""
    kind, status = label("release_kind", release["kind"]), label("release_status", release["status"])
    return f"{kind}, {status} ({release['ref']})"


def voices(cited: Sequence[Citation]) -> tuple[Labelled, ...]:
    """Return who says so, and where: `Foro Penal (infobae-2026-01-12)`, each once; masks in words to a reader."""
    found = {}
    for one in cited:
        key, shown = (
            (f"{one.claimant} ({one.source})", f"{worded(one.claimant)} ({worded(one.source)})")
            if one.claimant
            else (one.source, worded(one.source))
        )
        found[key] = Labelled(key, shown)
    return tuple(found.values())


def pro(cited: Sequence[Citation], fields: Mapping[str, str | None]) -> list[Citation]:
    """Return the citations that support a record as it is: as a whole, or one of `fields` with its own value.

    Whoever states otherwise in the same source supports another record than this one.
    """
    against = {(one.claimant, one.source) for _sentence, own in others(cited, fields) for one in own}
    return [
        one
        for one in cited
        if one.stance == "supports"
        and (one.field is None or (one.field in fields and one.value in (None, fields[one.field])))
        and (one.claimant, one.source) not in against
    ]


def others(cited: Sequence[Citation], fields: Mapping[str, str | None]) -> Iterator[tuple[str, list[Citation]]]:
    """Yield, in a sentence each, what sources say against a record or otherwise of its `fields` (field → own value)."""
    by: dict[tuple[str | None, str | None, str], list[Citation]] = {}
    for one in cited:
        if one.field is not None and one.field not in fields:
            continue
        differs = one.field is not None and one.value not in (None, fields[one.field])
        if one.stance == "disputes" or differs:
            by.setdefault((one.field, one.value, one.stance), []).append(one)
    for (field, value, stance), own in by.items():
        what = label("record_field", field or "record")
        if value is not None and field is not None:
            what = f"{what}: {_value(field, value)}"
        sentence = _("Disputed: {what}.") if stance == "disputes" else _("Also stated: {what}.")
        yield sentence.format(what=what), own


def _value(field: str, value: str) -> str:
    if field in WORDED:
        return label(field, value)
    return label("standing", "whereabouts_unknown") if value == WHEREABOUTS_UNKNOWN else value
