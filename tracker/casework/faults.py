"""What may not be in one person's custody, found before it is kept.

`guarded` compares a person's dates before and after a change and refuses what the change made wrong, with the
sentence of the rule that names both dates. What was wrong before (a list taken over as it was) stays for `check` to
find and stands in nobody's way.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import combinations, permutations
from typing import NamedTuple

from tracker.domain import rules
from tracker.domain.counting import rule_of
from tracker.domain.dates import UNKNOWN, PartialDate
from tracker.errors import Refused
from tracker.i18n import _
from tracker.store import Change, Connection, Row


def stored(row: Row, column: str) -> PartialDate:
    """Return a date column of a row with its bounds."""
    if row[column] is None:
        return UNKNOWN
    return PartialDate(row[column], row[f"{column}_from"], row[f"{column}_to"])


def said(when: PartialDate | str | None) -> str:
    """Return a date as a sentence says it."""
    text = when.text if isinstance(when, PartialDate) else when
    return text if text is not None else _("an unknown date")


def called(person: Row) -> str:
    """Return a person as a sentence names them: `Ana Ruiz (P-7k3m9q)`."""
    return f"{person['name'] or person['description']} ({person['ref']})"


def accepted(db: Connection) -> tuple[str, ...]:
    """Return the statuses of a release that end a detention under the record's own rule."""
    return rule_of(dict(db.execute("SELECT id, value FROM settings").fetchall())).accepted


def detentions_of(db: Connection, person: str) -> list[Row]:
    """Return the detentions of a person in time order; one that began nobody knows when comes first."""
    return db.execute(
        "SELECT * FROM detentions WHERE detainee = ? ORDER BY coalesce(began_from, began_to, ''), id", (person,)
    ).fetchall()


def releases_of(db: Connection, detention: str) -> list[Row]:
    """Return the releases of a detention in their order, retracted ones too."""
    return db.execute("SELECT * FROM releases WHERE detention = ? ORDER BY step, id", (detention,)).fetchall()


def stays_of(db: Connection, detention: str) -> list[Row]:
    """Return the stays of a detention in their order, each with its `facility_name`."""
    return db.execute(
        "SELECT y.*, f.name AS facility_name FROM stays y LEFT JOIN facilities f ON f.id = y.facility"
        " WHERE y.detention = ? ORDER BY y.step, y.id",
        (detention,),
    ).fetchall()


def effective(db: Connection, detention: str) -> list[Row]:
    """Return the release that ended a detention and those that changed its terms since; none while it is open."""
    statuses = accepted(db)
    return [row for row in releases_of(db, detention) if row["status"] in statuses]


def first_effective(db: Connection, detention: str) -> Row | None:
    """Return the release that ended a detention, None while it is open."""
    return next(iter(effective(db, detention)), None)


def faults(db: Connection, person: str) -> list[str]:
    """Return a sentence for each thing that may not be in the person's custody."""
    died = stored(db.execute("SELECT * FROM detainees WHERE id = ?", (person,)).fetchone(), "died")
    found: list[str | None] = []
    lives: list[_Life] = []
    for detention in detentions_of(db, person):
        began = stored(detention, "began")
        left = [stored(release, "released") for release in effective(db, detention["id"])]
        ended = left[0] if left else None
        found.append(rules.death_before_arrest(began, died))
        for release in releases_of(db, detention["id"]):
            if release["status"] != "retracted":
                on = stored(release, "released")
                found += [rules.release_before_arrest(began, on), rules.release_after_death(died, on)]
        for stay in stays_of(db, detention["id"]):
            since = stored(stay, "since")
            found += [rules.transfer_before_arrest(began, since), _stay_after_release(ended, since)]
        lives.append(_Life(rules.Spell(began, ended), left[1:]))
    found += [rules.detentions_overlap(one.spell, other.spell) for one, other in combinations(lives, 2)]
    for one, other in permutations(lives, 2):
        found += [rules.terms_while_detained_again(changed, other.spell) for changed in one.changed]
    return [sentence for sentence in found if sentence]


class _Life(NamedTuple):
    """A detention, and when its terms changed after the release."""

    spell: rules.Spell
    changed: list[PartialDate]


def _stay_after_release(ended: PartialDate | None, since: PartialDate) -> str | None:
    if ended is None or not rules.certainly_before(ended, since):
        return None
    return _("The stay ({since}) begins after the release ({released}).").format(since=since.text, released=ended.text)


@contextmanager
def guarded(change: Change, person: str) -> Iterator[None]:
    """Refuse what the block makes wrong in a person's custody. Raises Refused naming the person and the dates."""
    before = faults(change.db, person)
    yield
    new = added(before, faults(change.db, person))
    if new:
        raise refusal(change.get("detainees", person), new[0])


def added(before: Iterable[str], after: Iterable[str]) -> list[str]:
    """Return the faults that are there `after` and were not before."""
    new = list(after)
    for sentence in before:
        if sentence in new:
            new.remove(sentence)
    return new


def refusal(person: Row, fault: str) -> Refused:
    """Return the refusal of a change that makes a person's dates wrong."""
    return Refused(
        f"{called(person)}: {fault}",
        hint=_("Nothing was changed. 'tracker show {ref}' shows what is on record.").format(ref=person["ref"]),
    )


def put_in_order(change: Change, table: str, detention: str, moved: str) -> None:
    """Move the row `moved` of `releases` or `stays` where its date certainly contradicts its place, else leave it.

    The other rows keep their order; `step` runs from 1. A new row is put last first.
    """
    column = "released" if table == "releases" else "since"
    rows = change.db.execute(f"SELECT * FROM {table} WHERE detention = ? ORDER BY step, id", (detention,)).fetchall()
    place = next(n for n, row in enumerate(rows) if row["id"] == moved)
    own = rows.pop(place)
    when = stored(own, column)
    too_late = [n for n, row in enumerate(rows) if n < place and rules.certainly_before(when, stored(row, column))]
    too_early = [n for n, row in enumerate(rows) if n >= place and rules.certainly_before(stored(row, column), when)]
    if too_late:
        place = too_late[0]
    elif too_early:
        place = too_early[-1] + 1
    rows.insert(place, own)
    for step, row in enumerate(rows, start=1):
        change.update(table, row["id"], {"step": step})
