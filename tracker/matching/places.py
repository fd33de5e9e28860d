"""Which place is meant: facilities by any of their names, however articles and numerals are written.

`El Rodeo 1`, `Rodeo I` and `Rodeo Uno` are one key; `Rodeo II` never matches `Rodeo I`, and a bare `Rodeo`
matches neither where both are on record. Anything that is only similar is offered, never taken.

`CPO Tocorón`, `Tocorón (Aragua)` and `Centro Penitenciario de Tocorón` have one core, `tocoron`: `NearPlaces` finds
them for somebody to decide, since a town may also have two.
"""

import re
from dataclasses import dataclass, field
from typing import Final

from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.errors import Ambiguous, BadValue, NotFound
from tracker.i18n import _
from tracker.store import Connection, Row
from tracker.store.ids import read_ref

ARTICLES: Final = frozenset({"el", "la", "los", "las", "de", "del", "the", "of"})
MOST_NEAR: Final = 5

GENERIC: Final = frozenset(
    {
        *("carcel", "prision", "penal", "penitenciario", "penitenciaria", "centro", "internado", "judicial", "capital"),
        *("comunidad", "recinto", "reten", "cpo", "cp", "prison", "jail", "gaol", "penitentiary", "in", "en", "at"),
    }
)
"""Words that say only that a place is a prison."""

SLIP: Final = 85
"""The likeness of two cores, of 100, from which one is rather a misspelled other."""

_LATIN: Final = "\u024f"
_ASIDE: Final = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")

_ROMAN: Final = dict(
    zip(
        "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split(),  # noqa: SIM905
        map(str, range(1, 21)),
        strict=True,
    )
)
_NUMBERS: Final = {
    word: str(number)
    for words in (
        "uno dos tres cuatro cinco seis siete ocho nueve diez",
        "one two three four five six seven eight nine ten",
    )
    for number, word in enumerate(words.split(), 1)
}
"""Numbers in words: after a name they tell its places apart (*Rodeo Uno*), before one they are part of it."""

_PARTS: Final = re.compile(r"[0-9]+|[^0-9 ]+")

_NAMES: Final = """
SELECT id AS facility, name FROM facilities UNION ALL SELECT facility, name FROM facility_names
"""


def facility_key(name: str) -> str:
    """Return what two spellings of one place share: `El Rodeo I` and `rodeo 1` give `rodeo 1`."""
    words = [_ROMAN.get(word, word) for word in _PARTS.findall(fold(name))]
    words[1:] = [_NUMBERS.get(word, word) for word in words[1:]]
    kept = [word.lstrip("0") or "0" if word.isdecimal() else word for word in words if word not in ARTICLES]
    return " ".join(kept) or fold(name)


def place_core(name: str) -> str:
    """Return what tells a place from others: its key without what stands in brackets and words for *prison*."""
    plain = _ASIDE.sub(lambda aside: aside[0] if _is_number(aside[1] or aside[2] or "") else " ", name)
    key = facility_key(plain if fold(plain) else name)
    return " ".join(word for word in key.split() if word not in GENERIC) or key


def _is_number(text: str) -> bool:
    return bool(text.strip()) and facility_key(text).isdecimal()


@dataclass(slots=True)
class NearPlaces:
    """Places by the cores of their names, to find those that a new name may mean."""

    names: dict[str, str] = field(default_factory=dict)
    """Id → the first name given for it."""
    by_core: dict[str, list[str]] = field(default_factory=dict)
    by_words: dict[str, list[str]] = field(default_factory=dict)
    """Words of a core without its numbers → the cores."""

    def add(self, identifier: str, name: str) -> None:
        """Take up a name of a place, its main name first."""
        self.names.setdefault(identifier, name)
        core = place_core(name)
        if core not in self.by_core:
            self.by_words.setdefault(_parted(core)[0], []).append(core)
        self.by_core.setdefault(core, []).append(identifier)

    def near(self, name: str) -> list[str]:
        """Return the names of the places that `name` may mean, nearest first, at most five.

        A name of theirs has its core, or one with a slip, and the same numbers; or one of the two has no number.
        """
        if any(char.isalpha() and char > _LATIN for char in name):
            return []  # names in other scripts sound alike too often, once they are spelled in ours
        from rapidfuzz import fuzz, process

        core = place_core(name)
        words, numbers = _parted(core)
        found = [core] if core in self.by_core else []
        alike = process.extract(core, self.by_core.keys(), scorer=fuzz.ratio, score_cutoff=SLIP, limit=None)
        found += [other for other, _score, _key in alike if _parted(other)[1] == numbers]
        found += [other for other in self.by_words.get(words, ()) if not (numbers and _parted(other)[1])]
        ids = dict.fromkeys(identifier for other in found for identifier in self.by_core[other])
        return [self.names[identifier] for identifier in ids][:MOST_NEAR]


def _parted(core: str) -> tuple[str, str]:
    """Return the words of a core, and what tells two places of one name apart: its numbers and single letters."""
    words = core.split()
    marks = [word for word in words if word.isdecimal() or len(word) == 1]
    return " ".join(word for word in words if word not in marks) or core, " ".join(marks)


def find_facility(db: Connection, text: str) -> Row:
    """Return the row of `facilities` that `text` means: a ref (`F-7k3m9q`) or any of its names.

    Raises NotFound with the nearest names, Ambiguous where several places share the name, BadValue for an empty one.
    """
    if not text.strip():
        raise BadValue(_("Which place is meant? The name is empty."), hint=_("Give a name or a ref."))
    found = facilities_called(db, text)
    if not found and (ref := read_ref(text)) is not None:
        found = db.execute("SELECT * FROM facilities WHERE ref = ?", (ref,)).fetchall()
    if len(found) == 1:
        one: Row = found[0]
        return one
    if found:
        raise Ambiguous(
            _("{n} places on record answer to {name}:").format(n=len(found), name=quoted(text)),
            candidates=[f"{place['ref']}  {place['name']}" for place in found],
            hint=_("Use the ref of the one you mean."),
        )
    raise NotFound(
        _("There is no place {name} on record.").format(name=quoted(text)),
        candidates=near_facilities(db, text),
        hint=_(
            "'tracker facility list' shows them; 'facility add' adds one, 'facility add-name' another name for one."
        ),
    )


def facilities_called(db: Connection, name: str) -> list[Row]:
    """Return the places with this name; where there are none, those with it but for articles and numerals."""
    ids = {
        row[0]
        for row in db.execute(
            "SELECT id FROM facilities WHERE name_key = :key"
            " UNION SELECT facility FROM facility_names WHERE name_key = :key",
            {"key": fold(name)},
        )
    }
    if not ids:
        key = facility_key(name)
        ids = {row["facility"] for row in db.execute(_NAMES) if facility_key(row["name"]) == key}
    marks = ", ".join("?" * len(ids))
    return db.execute(f"SELECT * FROM facilities WHERE id IN ({marks}) ORDER BY name, id", sorted(ids)).fetchall()


def near_facilities(db: Connection, name: str) -> list[str]:
    """Return a line for each place that has a name like `name`, nearest first, at most five."""
    from difflib import SequenceMatcher

    key = facility_key(name)
    words = set(key.split())
    best: dict[str, tuple[float, str]] = {}
    for row in db.execute(_NAMES).fetchall():
        other = facility_key(row["name"])
        shared = len(words & set(other.split()))
        likeness = SequenceMatcher(None, key, other).ratio() + shared
        if likeness >= 0.6:  # noqa: PLR2004  (below, nothing looks alike)
            best[row["facility"]] = max(best.get(row["facility"], (0.0, "")), (likeness, row["name"]))
    nearest = sorted(best.items(), key=lambda one: (-one[1][0], one[1][1]))[:MOST_NEAR]
    return [_line(db, facility, printed) for facility, (_likeness, printed) in nearest]


def _line(db: Connection, facility: str, printed: str) -> str:
    """Return a place for a list of candidates: its ref, its name, and the other name that is near."""
    row = db.execute("SELECT ref, name FROM facilities WHERE id = ?", (facility,)).fetchone()
    return f"{row['ref']}  {row['name']}" + ("" if printed == row["name"] else f" ({printed})")
