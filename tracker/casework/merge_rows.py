"""Two rows about one thing become one, and nothing that either said is lost.

What only one of them says is taken; of two dates that can both be right, the narrower. Where they differ, the row kept
stays as it is, and what the other said becomes a citation of those who said it (disputing, unless both can be right);
said by nobody who is cited, it goes into the note. A citation that spoke for the value of its row states that value
from then on.
"""

from collections.abc import Mapping
from typing import Any, Final

from tracker.casework.arrest import FIELDS as OF_DETENTION
from tracker.casework.citations import ABOUT, Cited, cite
from tracker.casework.faults import stored
from tracker.casework.release_join import UNKNOWN_DATE
from tracker.casework.release_request import FIELDS as OF_RELEASE
from tracker.domain.dates import PartialDate, partial
from tracker.domain.names import exact, fold
from tracker.domain.same_release import UNSTATED, agrees, sharper
from tracker.domain.vocabulary import label
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.store import Change, Row
from tracker.store.schema import DATE_COLUMNS

FACTS: Final[dict[str, dict[str, str]]] = {
    "detainees": {
        "name": "name",
        "description": "description",
        "sex": "sex",
        "born": "born",
        "age": "age",
        "age_on": "age_on",
        "service": "service",
        "occupation": "occupation",
        "died": "died_on",
        "died_place": "died_place",
        "died_cause": "died_cause",
        "excluded_reason": "excluded",
    },
    "nationalities": {},
    "detentions": {name: fact for name, fact in OF_DETENTION.items() if name not in ("publish", "note")},
    "stays": {"since": "facility_since"},
    "releases": {
        name: fact for name, fact in OF_RELEASE.items() if name not in ("status", "publish", "publish_from", "note")
    },
}
"""Table → column → the fact's name in citations."""

NOT_SAID: Final = {"service": "unknown", "stage": "unknown", "cause": "arrest", "kind": UNSTATED, "basis": UNSTATED}
"""What a column says where nobody said anything."""

OWN_DATE: Final = {"detentions": "began", "releases": "released"}
"""The date that whoever is cited for a record as a whole speaks of."""

NARROWNESS: Final = {None: 0, "named": 0, "anonymous": 1, "withheld": 2}


def said(row: Row, column: str) -> Any:
    """Return what a row says in a column, None where that is nothing."""
    value = row[column]
    return None if value == "" or value == NOT_SAID.get(column) else value


def taken(table: str, kept: Row, gone: Row) -> dict[str, Any]:
    """Return what the row kept takes from the other."""
    found: dict[str, Any] = {}
    for column in FACTS[table]:
        mine, theirs = said(kept, column), said(gone, column)
        narrower = column in DATE_COLUMNS.get(table, ()) and sharper(stored(gone, column), stored(kept, column))
        if theirs is not None and (mine is None or narrower):
            found[column] = theirs
    for lead, led in (("age", "age_on"), ("grounds", "grounds_by")):  # a pair is of one mind
        if lead in FACTS[table] and said(kept, lead) is not None and said(kept, lead) != said(gone, lead):
            found.pop(led, None)
    level = gone["publish"] if "publish" in gone.keys() else None  # noqa: SIM118  (a Row is no dict)
    if level is not None and NARROWNESS[level] >= NARROWNESS[kept["publish"]]:
        found["publish"] = level
    return found


def combine(change: Change, table: str, kept: Row, gone: Row, values: Mapping[str, Any]) -> list[str]:
    """Give the row kept `values`, and the citations and note of the other; return what the two disagree on, in words.

    The other row is left with nothing but itself, for the caller to delete.
    """
    change.update(table, kept["id"], values)
    now = change.get(table, kept["id"])
    notes, told = [], []
    for row in (kept, gone):
        for column in FACTS[table]:
            if row[column] == now[column]:
                continue
            value = said(row, column)
            cited = _restate(change, table, row, column, now)
            if value is None or _implied(table, row, column, now):
                continue
            told.append(_differs(row, column, now, table))
            if not cited:
                notes.append(_("{ref}: {fact}: {value}").format(ref=_ref(row), fact=_fact(table, column), value=value))
    hand_over(change, table, gone["id"], kept["id"])
    if "note" in kept.keys():  # noqa: SIM118
        _add_notes(change, table, now, [gone["note"], *notes])
    return told


def hand_over(change: Change, table: str, gone: str, kept: str) -> None:
    """Let the citations of one row (an id) speak of another; one that is there already goes, its locator kept."""
    about = ABOUT[table]
    same = (
        f"SELECT id, locator FROM citations WHERE {about} = ? AND source = ? AND claimant IS ? AND field IS ?"
        " AND value IS ? AND stance = ? AND (locator IS NULL OR ? IS NULL OR locator = ?)"
    )
    for row in change.db.execute(f"SELECT * FROM citations WHERE {about} = ? ORDER BY id", (gone,)).fetchall():
        like = (kept, row["source"], row["claimant"], row["field"], row["value"], row["stance"], row["locator"])
        known = change.db.execute(same, (*like, row["locator"])).fetchone()
        if known is None:
            change.update("citations", row["id"], {about: kept})
            continue
        change.delete("citations", row["id"])
        if known["locator"] is None:
            change.update("citations", known["id"], {"locator": row["locator"]})


def fits(table: str, column: str, value: str | None, recorded: Any) -> bool:
    """Return whether what somebody states can be right beside what is on record."""
    if (
        value in (None, UNKNOWN_DATE, UNSTATED) or recorded is None or column == "name"
    ):  # a person has many printed names
        return True
    if column in DATE_COLUMNS.get(table, ()):
        one, other = _date(value), _date(str(recorded))
        return one is not None and other is not None and agrees(one, other)
    return fold(value) == fold(str(recorded))


def _date(text: str) -> PartialDate | None:
    try:
        return partial(text)
    except BadValue:  # cited in words of its own
        return None


def _restate(change: Change, table: str, row: Row, column: str, now: Row) -> bool:
    """Let the citations of a row's column say what they meant, for or against what `now` holds; whether any says it."""
    about, fact, value = ABOUT[table], FACTS[table][column], said(row, column)
    recorded = said(now, column)
    old = None if value is None else str(value)
    stance = "supports" if fits(table, column, old, recorded) else "disputes"
    own = f"SELECT * FROM citations WHERE {about} = ? AND field = ? ORDER BY id"
    cited = set()
    for one in change.db.execute(own, (row["id"], fact)).fetchall():
        if one["value"] == old or (one["value"] is None and one["stance"] == "supports"):
            cited.add((one["source"], one["claimant"]))
        change.update("citations", one["id"], _meant(table, column, one, old, recorded))
    if old is None:
        return False
    whole = f"SELECT * FROM citations WHERE {about} = ? AND field IS NULL AND stance = 'supports' ORDER BY id"
    for one in change.db.execute(whole, (row["id"],)).fetchall():
        if (one["source"], one["claimant"]) in cited:
            continue
        if column == OWN_DATE.get(table) or made_together(change, table, row["id"], one["id"]):
            who = Cited(one["source"], one["claimant"], one["locator"])
            cite(change, table, row["id"], who, field=fact, value=old, stance=stance)
            cited.add((who.source, who.claimant))
    return bool(cited)


def _meant(table: str, column: str, one: Row, old: str | None, recorded: Any) -> dict[str, str]:
    """Return what changes on a citation of a column when its record comes to say `recorded`."""
    if one["value"] is None and old is not None:
        if one["stance"] == "supports":
            return {"value": old, "stance": "supports" if fits(table, column, old, recorded) else "disputes"}
        against = _("against {value}").format(value=old)  # what it denied is not what is on record
        return {"locator": f"{one['locator']}; {against}" if one["locator"] else against}
    if one["value"] is None:  # it spoke of a fact that its record left open
        return (
            {"value": NOT_SAID.get(column, UNKNOWN_DATE)}
            if one["stance"] == "supports" and recorded is not None
            else {}
        )
    if one["stance"] == "supports" and not fits(table, column, one["value"], recorded):
        return {"stance": "disputes"}
    if one["stance"] == "disputes" and recorded is not None and fold(one["value"]) == fold(str(recorded)):
        return {"stance": "supports"}
    return {}


def made_together(change: Change, table: str, record: str, citation: str) -> bool:
    """Return whether a record and a citation of it entered the record in one change."""
    made = 'SELECT seq FROM changes WHERE "table" = ? AND row = ? AND before IS NULL'
    first = change.db.execute(made, (table, record)).fetchone()
    second = change.db.execute(made, ("citations", citation)).fetchone()
    return first is not None and second is not None and first["seq"] == second["seq"]


def _implied(table: str, row: Row, column: str, now: Row) -> bool:
    """Return whether what a row says is contained in what the record now says."""
    if column in DATE_COLUMNS.get(table, ()):
        return sharper(stored(now, column), stored(row, column))
    value = said(row, column)
    if column == "name":
        return True  # it is kept among the other names
    return value == said(now, column) or exact(str(value)) == exact(str(said(now, column) or ""))


def _ref(row: Row) -> str:
    return str(row["ref"])


def _fact(table: str, column: str) -> str:
    return label("record_field", FACTS[table][column])


def _differs(row: Row, column: str, now: Row, table: str) -> str:
    return _("{fact}: {recorded} on record ({ref}), {told} kept beside it ({other})").format(
        fact=_fact(table, column),
        recorded=said(now, column) or _("nothing"),
        ref=_ref(now),
        told=said(row, column),
        other=_ref(row),
    )


def _add_notes(change: Change, table: str, row: Row, notes: list[str | None]) -> None:
    text = row["note"] or ""
    for one in notes:
        if one and one not in text:
            text = "\n".join(filter(None, (text, one)))
    if text:
        change.update(table, row["id"], {"note": text})
