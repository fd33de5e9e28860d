"""Who remains deprived of liberty at a moment: by standing, with what is uncertain and who is said to be out."""

from tracker.domain.vocabulary import keys as vocabulary
from tracker.domain.vocabulary import label
from tracker.i18n import _, ngettext
from tracker.reports import foot
from tracker.reports.asked import Asked, said
from tracker.reports.columns import chosen
from tracker.reports.people import Page, fetch
from tracker.reports.standings import Tally, keys, mask
from tracker.store import Connection
from tracker.table import Table

COLUMNS = ("ref", "name", "standing", "since", "facility", "nationalities", "said_out")
DOUBTFUL = ("ref", "name", "standing", "uncertain", "since", "facility", "release_on", "release_status")


def remaining_table(db: Connection, asked: Asked) -> Table:
    """Return the people deprived of liberty (or of the standings asked for) at the moment, one row each."""
    held = asked.held
    found = fetch(db, asked, Page(chosen(asked.columns, COLUMNS), where=f"p.standing IN ({keys(held)})"))
    total = found.tally.count(held)
    table = Table(
        found.columns,
        found.rows,
        title=_title(asked, found.tally),
        total=total,
        foot=foot.notes(db, asked, *_lines(found.tally, held)),
        empty=_nobody(asked, found.tally),
        tone=found.tone,
    )
    if not asked.public:
        return table
    from tracker.reports import small

    return small.people(db, asked, table)


def uncertain_table(db: Connection, asked: Asked) -> Table:
    """Return both sides of the doubt: people counted as held who may not be, and people not counted who may be."""
    bits = mask(asked.held)
    found = fetch(
        db,
        asked,
        Page(chosen(asked.columns, DOUBTFUL), where=f"p.possible & {bits} AND p.possible & ~{bits}"),
    )
    inside, outside = found.tally.uncertain(asked.held)
    return Table(
        found.columns,
        found.rows,
        title=_("Uncertain on {moment}: {inside} counted who may not be held, {outside} not counted who may be").format(
            moment=said(asked.moment), inside=inside, outside=outside
        ),
        total=inside + outside,
        foot=foot.notes(db, asked, *_lines(_doubtful(found.tally, bits), vocabulary("standing"))),
        empty=_("Nobody's situation on {moment} is uncertain.").format(moment=said(asked.moment)),
        tone=found.tone,
    )


def _doubtful(tally: Tally, bits: int) -> Tally:
    """Return the part of the tally that may be of the standings of `bits`, and may not."""
    return Tally(row for row in tally.rows if row[1] & bits and row[1] & ~bits)


def explained_table(db: Connection, asked: Asked) -> Table:
    """Return the same people, each followed by the records behind and who says so."""
    from tracker.reports.explain import PEOPLE, SPECS, explained

    page = Page(PEOPLE, where=f"p.standing IN ({keys(asked.held)})", specs=SPECS)
    return explained(
        db, asked, page, lambda found: _title(asked, found.tally), lambda found: _lines(found.tally, asked.held)
    )


def _title(asked: Asked, tally: Tally) -> str:
    figure = foot.counted(tally.count(asked.held), tally.bounds(asked.held))
    if set(asked.held) == set(asked.deprived):
        return _("Remaining deprived of liberty on {moment}: {figure}").format(moment=said(asked.moment), figure=figure)
    names = ", ".join(label("standing", key) for key in asked.held)
    return _("{standings} on {moment}: {figure}").format(standings=names, moment=said(asked.moment), figure=figure)


def _lines(tally: Tally, held: tuple[str, ...]) -> list[str]:
    by_standing = foot.standings(tally, held)
    return [f"{by_standing}." if by_standing else "", foot.doubts(tally, held), foot.said_out(tally, held)]


def _nobody(asked: Asked, tally: Tally) -> str:
    """Return what to say instead of an empty list."""
    parts = [_("Nobody on record is deprived of liberty on {moment}.").format(moment=said(asked.moment))]
    if set(asked.held) != set(asked.deprived):
        parts = [_("Nobody on record is in this situation on {moment}.").format(moment=said(asked.moment))]
    outside = tally.uncertain(asked.held)[1]
    if outside:
        parts.append(
            ngettext(
                "{n} person could be, for want of exact dates (see --uncertain).",
                "{n} people could be, for want of exact dates (see --uncertain).",
                outside,
            ).format(n=outside)
        )
    return " ".join(parts)
