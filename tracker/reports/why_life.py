"""What the record has on one person that a standing can rest on, read as the question asks: for `why`."""

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Final, NamedTuple

from tracker.domain.date_bounds import Moment, minus_minute
from tracker.reports.asked import Asked
from tracker.reports.person_records import Citation
from tracker.reports.standings import before
from tracker.store import Connection, Row
from tracker.store.standing import standing_cte

ABOUT: Final = ("detainee", "detention", "stay", "release")


class Event(NamedTuple):
    """A minute at which something counts, and the earliest and latest that its date leaves ('' and '~': open)."""

    at: Moment
    lo: Moment
    hi: Moment

    def open(self, moment: Moment) -> bool:
        """Whether it may have happened by a moment, and may not."""
        return self.lo <= moment < self.hi


@dataclass(frozen=True)
class Spell:
    """A detention with its arrest, its stays in order, and its releases in order: an event only where one counts."""

    row: Row
    arrest: Event
    stays: list[tuple[Row, Event]]
    releases: list[tuple[Row, Event | None]]

    def ends(self, look: Moment) -> list[tuple[Row, Event]]:
        """Return the releases that count and happened by a moment."""
        return [(row, event) for row, event in self.releases if event is not None and event.at <= look]

    def stay(self, look: Moment) -> Row | None:
        """Return the latest stay by a moment."""
        return next((row for row, event in reversed(self.stays) if event.at <= look), None)

    @property
    def over(self) -> Moment:
        """The minute from which the sentence is over, '~' for never."""
        return self.row["sentence_ends_from"] or self.row["sentence_ends_to"] or "~"


@dataclass(frozen=True)
class Life:
    """A person, what they are at `moment` (`standing` is None for somebody excluded), and all it can rest on.

    `look` is the moment, or for somebody dead by then the minute before the death counts.
    """

    person: Row
    moment: Moment
    standing: Row | None
    spells: list[Spell]
    death: Event | None
    cited: dict[str, list[Citation]]

    @property
    def dead(self) -> bool:
        """Whether the death counts by the moment."""
        return self.death is not None and self.death.at <= self.moment

    @property
    def look(self) -> Moment:
        """The moment at which custody is looked at."""
        return minus_minute(self.death.at) if self.death is not None and self.dead else self.moment

    @property
    def begun(self) -> list[Spell]:
        """The detentions that had begun; nobody is arrested after the minute of their death."""
        return [spell for spell in self.spells if self.dead or spell.arrest.at <= self.moment]


def read_life(db: Connection, asked: Asked, person: str) -> Life | None:
    """Return what there is on a person (an id); None for somebody whom the public may not know by name."""
    start = before(db, asked)
    params = {**start.params, "person": person}
    opening = f"WITH {', '.join(start.clauses)} " if start.clauses else ""

    def rows(sql: str) -> list[Row]:
        return db.execute(opening + sql, params).fetchall()

    nameable = "d.nameable" if asked.public else "1"
    found = rows(f"SELECT d.*, {nameable} AS shown FROM detainees d WHERE d.id = :person")
    if not found or not found[0]["shown"]:
        return None
    standing, happened, seated = _standing(db, asked, start.clauses, params)
    stays, releases = defaultdict(list), defaultdict(list)
    of = "(SELECT id FROM detentions WHERE detainee = :person)"
    for row in rows(
        "SELECT y.*, f.name AS place FROM stays y LEFT JOIN facilities f ON f.id = y.facility"
        f" WHERE y.detention IN {of} ORDER BY y.step, y.id"
    ):
        stays[row["detention"]].append(row)
    for row in rows(f"SELECT * FROM releases WHERE detention IN {of} ORDER BY step, id"):
        releases[row["detention"]].append(row)
    spells = [
        Spell(
            row,
            happened.get((row["id"], None), Event("", "", "~")),
            # of one detention, no later stay counts sooner: in the order of time they are in their own order
            list(zip(stays[row["id"]], sorted(seated[row["id"]]), strict=False)),
            [(one, happened.get((row["id"], one["id"]))) for one in releases[row["id"]]],
        )
        for row in rows("SELECT * FROM detentions WHERE detainee = :person")
    ]
    spells.sort(key=lambda spell: (spell.arrest.at, spell.row["id"]))
    ids = [person, *(spell.row["id"] for spell in spells)]
    ids += [row["id"] for kept in (stays, releases) for several in kept.values() for row in several]
    return Life(
        found[0],
        asked.moment,
        standing,
        spells,
        _death(found[0], spells),
        _cited(db, asked, opening, {**params, "ids": json.dumps(ids)}),
    )


_Events = dict[tuple[str, str | None], Event]


def _standing(
    db: Connection, asked: Asked, clauses: list[str], params: dict[str, str]
) -> tuple[Row | None, _Events, dict[str, list[Event]]]:
    """Return the standing, the events by detention and release (None: the arrest), and those of the stays."""
    cte = standing_cte(accepted=asked.accepted, people="SELECT :person", deprived=asked.deprived)
    sql = ", ".join([*clauses, cte.removeprefix("WITH ")])
    standing = db.execute(f"WITH {sql} SELECT * FROM standing", params).fetchone()
    happened: _Events = {}
    seated: dict[str, list[Event]] = defaultdict(list)
    for row in db.execute(f"WITH {sql} SELECT * FROM effective UNION ALL SELECT * FROM seated", params):
        event = Event(row["counted"], row["lo"], row["hi"])
        if row["idx"] < 0:
            seated[row["detention"]].append(event)
        else:
            happened[row["detention"], row["release"]] = event
    return standing, happened, seated


def _death(person: Row, spells: list[Spell]) -> Event | None:
    """Return a death as standing counts it: never before an arrest."""
    if person["died_to"] is None:
        return None
    arrested = max((spell.arrest.lo for spell in spells), default="")
    earliest = max(person["died_from"] or "", arrested)
    return Event(max(person["died_from"] or person["died_to"], arrested), earliest, max(person["died_to"], earliest))


def _cited(db: Connection, asked: Asked, opening: str, params: dict[str, str]) -> dict[str, list[Citation]]:
    """Return the citations of each record, supporting first; in public without what may not be quoted."""
    value, locator, quotes = "c.value", "c.locator", ""
    if asked.public:
        value, locator, quotes = "w.value", "w.locator", "LEFT JOIN quotes w ON w.id = c.id"
    parts = " UNION ALL ".join(
        f"""SELECT c.{part} AS record, c.field, {value} AS value, c.stance, a.name, s.slug, {locator} AS locator,
          s.published_from AS published, c.id
        FROM json_each(:ids) j CROSS JOIN citations c ON c.{part} = j.value JOIN sources s ON s.id = c.source
          LEFT JOIN claimants a ON a.id = c.claimant {quotes}"""
        for part in ABOUT
    )
    found: dict[str, list[Citation]] = defaultdict(list)
    for row in db.execute(
        f"{opening}SELECT * FROM ({parts}) ORDER BY stance DESC, published IS NULL, published, slug, id", params
    ):
        found[row["record"]].append(Citation(*tuple(row)[1:7]))
    return found
