"""Checks on detentions, stays, releases and deaths: what cannot have happened in that order."""

from collections.abc import Iterator
from itertools import combinations, groupby
from operator import itemgetter

from tracker.checks.finding import OF_DETENTION, OF_RELEASE, OF_STAY, PERSON, Finding, Here
from tracker.domain import rules
from tracker.domain.dates import UNKNOWN, PartialDate
from tracker.i18n import _
from tracker.store import Row


def _date(row: Row, name: str) -> PartialDate:
    """Return a date of a row that has `NAME, NAME_from, NAME_to`."""
    return PartialDate(row[name], row[f"{name}_from"], row[f"{name}_to"]) if row[name] else UNKNOWN


def release_before_arrest(here: Here) -> Iterator[Finding]:
    """A release lies before the arrest, however both dates are completed."""
    rows = here.db.execute(
        f"SELECT r.*, d.began, d.began_from, d.began_to, {PERSON} AS who FROM {OF_RELEASE}"
        " WHERE r.released_to < d.began_from AND r.status <> 'retracted'"
    )
    for row in rows:
        wrong = rules.release_before_arrest(_date(row, "began"), _date(row, "released"))
        if wrong:
            yield Finding(row["ref"], row["who"], wrong)


def terms_before_release(here: Here) -> Iterator[Finding]:
    """New terms lie before the release whose terms they change."""
    rows = here.db.execute(
        f"SELECT r.ref, {PERSON} AS who, r.released AS later, q.released AS first FROM {OF_RELEASE}"
        " JOIN releases q ON q.detention = d.id AND q.step < r.step"
        " WHERE r.released_to < q.released_from AND r.status <> 'retracted' AND q.status <> 'retracted'"
    )
    for row in rows:
        yield Finding(
            row["ref"],
            row["who"],
            _("The new terms ({upgraded}) lie before the release ({released}).").format(
                upgraded=row["later"], released=row["first"]
            ),
        )


def stay_before_arrest(here: Here) -> Iterator[Finding]:
    """A stay begins before the detention it belongs to."""
    rows = here.db.execute(
        f"SELECT y.*, d.began, d.began_from, d.began_to, {PERSON} AS who FROM {OF_STAY} WHERE y.since_to < d.began_from"
    )
    for row in rows:
        wrong = rules.transfer_before_arrest(_date(row, "began"), _date(row, "since"))
        if wrong:
            yield Finding(row["ref"], row["who"], wrong)


def _spell(row: Row) -> rules.Spell:
    ended = PartialDate(row["ended"], row["ended_from"], row["ended_to"]) if row["first_release"] else None
    return rules.Spell(_date(row, "began"), ended)


def overlapping_detentions(here: Here) -> Iterator[Finding]:
    """Two detentions of one person were certainly both under way at one time."""
    marks = ", ".join(f"'{status}'" for status in here.accepted)
    rows = here.db.execute(
        f"SELECT d.*, {PERSON} AS who, e.id AS first_release, e.released AS ended, e.released_from AS ended_from,"
        f" e.released_to AS ended_to FROM {OF_DETENTION} LEFT JOIN releases e ON e.id = ("
        f"   SELECT id FROM releases WHERE detention = d.id AND status IN ({marks}) ORDER BY step LIMIT 1)"
        " WHERE d.detainee IN (SELECT detainee FROM detentions GROUP BY detainee HAVING count(*) > 1)"
        " ORDER BY d.detainee, d.began_from"
    )
    for _detainee, spells in groupby(rows, itemgetter("detainee")):
        for one, other in combinations(spells, 2):
            if one["first_release"] is None and other["first_release"] is None:
                continue  # two_open_detentions says it
            wrong = rules.detentions_overlap(_spell(one), _spell(other))
            if wrong:
                yield Finding(other["ref"], other["who"], f"{one['ref']}, {other['ref']}: {wrong}")


def terms_while_detained_again(here: Here) -> Iterator[Finding]:
    """New terms for somebody already out certainly fall within another detention of theirs."""
    marks = ", ".join(f"'{status}'" for status in here.accepted)
    first = f"(SELECT id FROM releases WHERE detention = {{}} AND status IN ({marks}) ORDER BY step, id LIMIT 1)"
    rows = here.db.execute(
        f"SELECT r.ref, {PERSON} AS who, r.released AS changed, r.released_from AS changed_from,"
        " r.released_to AS changed_to, o.ref AS other, o.began, o.began_from, o.began_to, e.id AS first_release,"
        f" e.released AS ended, e.released_from AS ended_from, e.released_to AS ended_to FROM {OF_RELEASE}"
        " JOIN detentions o ON o.detainee = d.detainee AND o.id <> d.id"
        f" LEFT JOIN releases e ON e.id = {first.format('o.id')}"
        f" WHERE r.status IN ({marks}) AND r.id <> {first.format('d.id')} AND o.began_to < r.released_from"
    )
    for row in rows:
        wrong = rules.terms_while_detained_again(_date(row, "changed"), _spell(row))
        if wrong:
            yield Finding(row["ref"], row["who"], f"{row['other']}: {wrong}")


def two_open_detentions(here: Here) -> Iterator[Finding]:
    """A person has two detentions that nothing ended."""
    rows = here.db.execute(
        f"SELECT p.ref, {PERSON} AS who, group_concat(d.ref, ', ') AS refs FROM {OF_DETENTION}"
        f" WHERE NOT {here.ended} GROUP BY p.id HAVING count(*) > 1"
    )
    for row in rows:
        yield Finding(row["ref"], row["who"], _("Several detentions are open: {refs}.").format(refs=row["refs"]))


def detention_after_death(here: Here) -> Iterator[Finding]:
    """A detention begins, or a release happens, after the person had died."""
    rows = here.db.execute(
        f"SELECT d.ref, {PERSON} AS who, p.died, d.began AS at FROM {OF_DETENTION} WHERE d.began_from > p.died_to"
        f" UNION ALL SELECT r.ref, {PERSON}, p.died, r.released FROM {OF_RELEASE}"
        " WHERE r.released_from > p.died_to AND r.status <> 'retracted'"
    )
    for row in rows:
        yield Finding(
            row["ref"],
            row["who"],
            _("{date} lies after the death ({died}).").format(date=row["at"], died=row["died"]),
        )


def open_detention_of_dead(here: Here) -> Iterator[Finding]:
    """A dead person's detention has no end but the death: right if they died in custody, which should be cited."""
    rows = here.db.execute(
        f"SELECT d.ref, {PERSON} AS who, p.died FROM {OF_DETENTION} WHERE p.died IS NOT NULL AND NOT {here.ended}"
        " AND NOT EXISTS (SELECT 1 FROM citations c WHERE c.detainee = p.id AND c.stance = 'supports'"
        "   AND (c.field LIKE 'died%' OR c.field IS NULL))"
    )
    for row in rows:
        yield Finding(
            row["ref"],
            row["who"],
            _("Died {died} with this detention open, and no source is cited for a death in custody.").format(
                died=row["died"]
            ),
        )


def unknown_facility(here: Here) -> Iterator[Finding]:
    """Somebody is held and no place is recorded."""
    rows = here.db.execute(
        f"SELECT d.ref, {PERSON} AS who FROM {OF_DETENTION}"
        f" WHERE NOT {here.ended} AND p.excluded = 0 AND p.died IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM stays y WHERE y.detention = d.id)"
    )
    for row in rows:
        yield Finding(row["ref"], row["who"], _("Held, and no place is recorded, not even that it is unknown."))


def sentence_run_out(here: Here) -> Iterator[Finding]:
    """A sentence has run out without a word of release."""
    rows = here.db.execute(
        f"SELECT d.ref, {PERSON} AS who, d.sentence_ends FROM {OF_DETENTION} WHERE d.sentence_ends_to < ?"
        f" AND NOT {here.ended} AND p.excluded = 0 AND p.died IS NULL",
        (here.now,),
    )
    for row in rows:
        yield Finding(
            row["ref"],
            row["who"],
            _("The sentence ended {ends} and no release is recorded.").format(ends=row["sentence_ends"]),
        )
