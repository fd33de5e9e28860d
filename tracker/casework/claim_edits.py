"""Claims corrected and deleted. What was recorded before stays in the history."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tracker.casework.citations import NOTHING, Cited, cite
from tracker.casework.claims import FIGURE, known_as, read_as_of, read_scope, read_since, scope_text
from tracker.casework.edits import CLAIM, changed, edited
from tracker.casework.figures import Figure, checked, figure_of, without_remark
from tracker.casework.values import words
from tracker.domain.vocabulary import label, read
from tracker.errors import NotFound, Refused
from tracker.i18n import _
from tracker.matching.voices import find_claimant
from tracker.matching.who import find_record
from tracker.store import Change, Connection, Row


@dataclass(frozen=True, slots=True)
class Correction:
    """What is given of a claim, as people write it; None is not given, empty text empties.

    `figure` is a whole one, else `parts` (min, max, qualifier, out_of) change one by one; `scope` replaces filter by
    filter.
    """

    claimant: str | None = None
    measure: str | None = None
    figure: Figure | None = None
    parts: Mapping[str, str | None] = field(default_factory=dict)
    as_of: str | None = None
    since: str | None = None
    scope: Mapping[str, Sequence[str]] = field(default_factory=dict)
    note: str | None = None


def find_claim(db: Connection, ref: str) -> Row:
    """Return the claim of a ref (`K-7k3m9q`). Raises NotFound, BadValue where it is no ref."""
    table, row = find_record(db, ref)
    if table != "claims":
        raise NotFound(
            _("{ref} is not a claim.").format(ref=row["ref"]), hint=_("'tracker claim list' shows their refs.")
        )
    return row


def described(db: Connection, claim: Row) -> str:
    """Return a claim in a line: `Foro Penal, released: 24 (K-7k3m9q)`."""
    claimant = db.execute("SELECT name FROM claimants WHERE id = ?", (claim["claimant"],)).fetchone()
    figure = Figure(*(claim[name] for name in FIGURE))
    return _("{claimant}, {measure}: {figure} ({ref})").format(
        claimant=claimant["name"], measure=label("measure", claim["measure"]), figure=figure.said, ref=claim["ref"]
    )


def edit_claim(change: Change, claim: Row, given: Correction, cited: Cited = NOTHING) -> list[str]:
    """Correct what is given of a claim, cite `cited` for it, and return a sentence for each change.

    Raises Refused where it would be the same as another claim, or has neither number nor note; BadValue.
    """
    new = _corrected(change.db, claim, given)
    kept = {name: claim[name] for name in ("claimant", "measure", *FIGURE, "as_of", "since", "scope", "note")}
    other = known_as(change.db, kept | new, but=claim["id"])
    if other is not None:
        raise Refused(
            _("That claim is on record already: {claim}.").format(claim=described(change.db, other)),
            hint=_("Cite the source for it: tracker cite {ref} -s SOURCE. Then delete this one.").format(
                ref=other["ref"]
            ),
        )
    said = [
        changed(CLAIM[name], shown(change.db, claim[name]), shown(change.db, new[name]))
        for name, shown in (("claimant", _claimant), ("scope", _scope))
        if name in new and new[name] != claim[name]
    ]
    plain = {name: value for name, value in new.items() if name not in ("claimant", "scope")}
    said += edited(change, "claims", claim["id"], plain, CLAIM)
    change.update("claims", claim["id"], new)
    cite(change, "claims", claim["id"], cited)
    return said


def _corrected(db: Connection, claim: Row, given: Correction) -> dict[str, Any]:
    """Return the columns that are given, read."""
    new: dict[str, Any] = {}
    if given.claimant is not None:
        new["claimant"] = find_claimant(db, given.claimant)["id"]
    if given.measure is not None:
        new["measure"] = read("measure", given.measure)
    if given.as_of is not None:
        new["as_of"] = read_as_of(db, given.as_of or None)
    if given.since is not None:
        new["since"] = read_since(db, given.since or None)
    if given.note is not None:
        new["note"] = words(given.note, _("note"))
    if given.scope:
        scope = json.loads(claim["scope"])
        for name in given.scope:
            scope.pop(name, None)
        new["scope"] = scope_text(scope | read_scope(db, given.scope))
    figure = _figure(claim, given)
    if figure is not None:
        new |= {name: getattr(figure, name) for name in FIGURE}
        note = new["note"] if "note" in new else _own_words(claim, figure, whole=given.figure is not None)
        if figure.remark and figure.remark not in (note or ""):
            note = "; ".join(filter(None, (figure.remark, note)))
        new["note"] = note
    return new


def _own_words(claim: Row, figure: Figure, *, whole: bool) -> str | None:
    """Return the note of a claim whose figure is corrected: what was printed of the old figure goes with it."""
    same = all(claim[name] == getattr(figure, name) for name in ("min", "max", "qualifier"))
    return without_remark(claim["note"]) if whole or not same else claim["note"]


def _figure(claim: Row, given: Correction) -> Figure | None:
    """Return the corrected figure, None where nothing is said of it."""
    if given.figure is not None:
        return checked(given.figure)
    if all(text is None for text in given.parts.values()):
        return None
    before = {name: None if claim[name] is None else str(claim[name]) for name in FIGURE}
    told = {name: text.strip() or None for name, text in given.parts.items() if text is not None}
    after = before | told
    return figure_of(after["min"], after["max"], after["qualifier"], after["out_of"])


def _claimant(db: Connection, identifier: str) -> str:
    return str(db.execute("SELECT name FROM claimants WHERE id = ?", (identifier,)).fetchone()["name"])


def _scope(db: Connection, text: str) -> str:
    """Return a scope in words: `facility=El Rodeo I, nationality=ES`."""
    places = dict(db.execute("SELECT id, name FROM facilities").fetchall())
    said = []
    for name, value in json.loads(text).items():
        values = value if isinstance(value, list) else [value]
        said.append(f"{name}={'; '.join(str(places.get(one, one)) for one in values)}")
    return ", ".join(said)


def delete_claim(change: Change, claim: Row) -> int:
    """Delete a claim entered by mistake, with its citations; return how many those were."""
    cited = change.db.execute("SELECT id FROM citations WHERE claim = ?", (claim["id"],)).fetchall()
    for citation in cited:
        change.delete("citations", citation["id"])
    change.delete("claims", claim["id"])
    return len(cited)
