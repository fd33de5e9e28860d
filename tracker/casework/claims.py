"""Claims, counts that somebody stated: who, of what, how many, of whom, as of when, and the sources that quote it."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from tracker.casework.citations import NOTHING, Cited, cite
from tracker.casework.figures import NO_NUMBER, Figure, checked, said_loosely
from tracker.casework.people import read_sex, tag_key
from tracker.casework.values import partial_date, past_date, several, words
from tracker.domain.countries import read_country
from tracker.domain.rules import certainly_before
from tracker.domain.vocabulary import UNKNOWN, read
from tracker.errors import BadValue, Refused
from tracker.i18n import _
from tracker.matching.places import find_facility
from tracker.store import Change, Connection, Row

FIGURE: Final = ("min", "max", "qualifier", "out_of")
"""The columns of a claim that hold how many."""

SAME: Final = ("claimant", "measure", *FIGURE, "as_of", "since", "scope")
"""The columns in which two statements of one claim agree."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A count as stated: `claimant` is an id; measure, dates and scope (name → values) as people write them."""

    claimant: str
    measure: str
    figure: Figure = NO_NUMBER
    as_of: str | None = None
    since: str | None = None
    scope: Mapping[str, Sequence[str]] = field(default_factory=dict)
    note: str | None = None


def add_claim(change: Change, claim: Claim, cited: Cited = NOTHING) -> tuple[str, bool]:
    """Add a claim; return its id and whether it is new.

    The same claimant, measure, scope, window and figure is one claim: a second source is one more citation of it.
    "More than 100" and "at least 100" are two.
    Raises BadValue and Refused: neither number nor note, a window that ends before it begins, a future date.
    """
    figure = checked(claim.figure)
    note = "; ".join(filter(None, (figure.remark, words(claim.note, _("note"))))) or None
    values = {
        "claimant": claim.claimant,
        "measure": read("measure", claim.measure),
        **{name: getattr(figure, name) for name in FIGURE},
        "as_of": read_as_of(change.db, claim.as_of),
        "since": read_since(change.db, claim.since),
        "scope": scope_text(read_scope(change.db, claim.scope)),
        "note": note,
    }
    known = known_as(change.db, values)
    if known is None:
        identifier = change.insert("claims", values)
    else:
        identifier = known["id"]
        if note and not known["note"]:
            change.update("claims", identifier, {"note": note})
    cite(change, "claims", identifier, cited)
    return identifier, known is None


def read_as_of(db: Connection, text: str | None) -> str | None:
    """Return the day or minute at which a count stops, canonical. Raises BadValue, Refused for a future one."""
    return past_date(db, text, _("The day of the count"))


def read_since(db: Connection, text: str | None) -> str | None:
    """Return the day from which a count starts, canonical. Raises as `read_as_of` does."""
    return past_date(db, text, _("The start of the count"))


def known_as(db: Connection, values: Mapping[str, Any], *, but: str | None = None) -> Row | None:
    """Return the claim on record (other than `but`) that these columns of `claims` are, None where it is a new one.

    Raises Refused for neither number nor note, BadValue for a window that ends before it begins.
    """
    refuse_impossible(db, values)
    same = " AND ".join(f"{column} IS :{column}" for column in SAME)
    found = db.execute(f"SELECT * FROM claims WHERE {same} AND id IS NOT :but", {**values, "but": but})
    return next((row for row in found if _same_words(values, row["note"])), None)


def refuse_impossible(db: Connection, values: Mapping[str, Any]) -> None:
    """Raise Refused for neither number nor note, BadValue for a window that ends before it begins."""
    if _numberless(values) and values["note"] is None:
        raise Refused(
            _("A claim needs a number or a note."),
            hint=_("For a claim without a number say its words: --note 'a significant number'."),
        )
    if certainly_before(partial_date(db, values["as_of"]), partial_date(db, values["since"])):
        raise BadValue(
            _("The count ends ({as_of}) before it begins ({since}).").format(
                as_of=values["as_of"], since=values["since"]
            )
        )


def _numberless(values: Mapping[str, Any]) -> bool:
    return values["min"] is None and values["max"] is None


def _same_words(values: Mapping[str, Any], note: str | None) -> bool:
    """Tell whether a claim alike in all else but its note is this one: without a number, the words are the claim."""
    if _numberless(values) and note != values["note"]:
        return False
    return said_loosely(note) == said_loosely(values["note"])


class ClaimsOnRecord:
    """All claims, to look up those of a long list: to ask for each would read all claims of its claimant each time."""

    def __init__(self, db: Connection) -> None:
        self._db = db
        self._alike: dict[tuple[Any, ...], dict[str, str | None]] = {}
        for row in db.execute(f"SELECT id, note, {', '.join(SAME)} FROM claims ORDER BY id"):
            self._alike.setdefault(tuple(row)[2:], {})[row["id"]] = row["note"]

    def known_as(self, values: Mapping[str, Any]) -> tuple[str, str | None] | None:
        """Return id and note of the claim that these columns are, as the function does, and raise as it does."""
        refuse_impossible(self._db, values)
        alike = self._alike.get(tuple(values[column] for column in SAME), {})
        return next(((claim, note) for claim, note in alike.items() if _same_words(values, note)), None)

    def put(self, claim: str, values: Mapping[str, Any]) -> None:
        """Take up a claim (an id) that was added, or whose note was changed."""
        self._alike.setdefault(tuple(values[column] for column in SAME), {})[claim] = values["note"]


def read_scope(db: Connection, scope: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return a scope as stored: country codes, ids of facilities and tags as sorted lists (any of them), one key else.

    Raises BadValue for two values where one is wanted, NotFound for a place not on record.
    """
    kept: dict[str, Any] = {}
    for name, texts in scope.items():
        values = sorted({_SCOPE[name](db, text) for text in several(texts)})
        if len(values) > 1 and name not in SEVERAL:
            raise BadValue(_("{name}: one value is wanted, not {n}.").format(name=name, n=len(values)))
        if values:
            kept[name] = values if name in SEVERAL else values[0]
    return kept


_SCOPE: Final[dict[str, Callable[[Connection, str], str]]] = {
    "nationality": lambda _db, text: read_country(text),
    "dual": lambda _db, text: read("yes_no", text),
    "facility": lambda db, text: str(find_facility(db, text)["id"]),
    "tag": lambda _db, text: tag_key(text),
    "sex": lambda _db, text: read_sex(text) or UNKNOWN.key,
    "service": lambda _db, text: read("service", text),
}
SEVERAL: Final = ("nationality", "facility", "tag")


def scope_text(scope: Mapping[str, Any]) -> str:
    """Return a scope's one text: JSON, keys sorted, so that the same scope is the same text."""
    return json.dumps(scope, sort_keys=True, ensure_ascii=False)
