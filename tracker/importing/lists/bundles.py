"""The rows of a list that speak of one person.

Rows are tied by the column that `--one-person-by` names, else by `ref`, else by `identifier`; rows that say exactly the
same are one person too. Any other two rows of one list are two people. The file is read as a stream: tied rows that
stand together make one bundle, a later one is told as more about the same person.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from tracker.domain.names import exact
from tracker.importing.rows import Line

TIES: Final = ("ref", "identifier")
_NOT_SAID: Final = ("locator",)


@dataclass(frozen=True, slots=True)
class Bundle:
    """Rows about one person.

    `key` is what ties them, or a digest of a row that nothing ties; `digest` stands for all they say.
    """

    lines: tuple[Line, ...]
    key: str
    digest: str
    tied: bool

    @property
    def first(self) -> Line:
        """The row that comes first."""
        return self.lines[0]

    @property
    def numbered(self) -> bool:
        """Whether the list has a number of its own for this person, and so says who is somebody else."""
        return self.key.startswith(tuple(f"{column}:" for column in TIES))

    @property
    def rows(self) -> int:
        """How many rows these are: one that names several sources comes once for each."""
        return len({line.number for line in self.lines})

    @property
    def printed(self) -> str:
        """The name as the list prints it, '' where it names nobody."""
        return next((" ".join(line.cells["name"].split()) for line in self.lines if "name" in line.cells), "")


def bundles(
    lines: Iterable[Line], person_by: str | None = None, voice: Mapping[str, str] | None = None
) -> Iterator[Bundle]:
    """Yield the bundles of a list, in its order; `person_by` is the field that tells people apart.

    `voice` (source, claimant, locator) speaks for rows that name no source. Who says so is part of what a row says, but
    not of what it is known by: the next version of a list comes from another source.
    """
    for key, rows in groupby(lines, key=lambda line: tie(line, person_by) or f"row {line.number}"):
        together = tuple(rows)
        known_by = key if tie(together[0], person_by) is not None else digest_of(together)
        voiced = tuple(_voiced(line, voice) if voice else _unplaced(line) for line in together)
        yield Bundle(voiced, known_by, digest_of(voiced), known_by == key)


def _unplaced(line: Line) -> Line:
    """Return a row without where it stands in a source, if it names none: nobody is cited for it."""
    if "locator" not in line.cells or "source" in line.cells:
        return line
    return Line(line.file, line.number, {column: text for column, text in line.cells.items() if column != "locator"})


def _voiced(line: Line, voice: Mapping[str, str]) -> Line:
    if "source" in line.cells:
        return line
    return Line(line.file, line.number, {**voice, **line.cells})


def tie(line: Line, person_by: str | None) -> str | None:
    """Return what ties a row to others of the same person, None where nothing does."""
    if person_by is not None:
        text = line.cells.get(person_by, "")
        return f"{person_by}:{exact(text)}" if text.strip() else None
    for column in TIES:
        if line.cells.get(column, "").strip():
            return f"{column}:{exact(line.cells[column])}"
    return None


def digest_of(lines: Iterable[Line]) -> str:
    """Return a digest of what rows say, whatever their numbers and the order of their columns."""
    said: list[str] = []
    for line in lines:
        cells = line.cells
        said += [f"{column}\0{cells[column].strip()}\0" for column in sorted(cells) if column not in _NOT_SAID]
        said.append("\1")
    return hashlib.sha256("".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:32]
