"""One table: what every question returns and every writer shows.

Reports fill it, `render/` writes it as terminal table, CSV, JSON or Markdown. A table holds values, keys and meanings,
never colours or widths. Column keys are an interface (the same in CSV, JSON and `--columns`); labels are
translated when shown.

A cell is text, a number, nothing, or a tuple of texts (several values: joined with "; " in CSV, a list in JSON).
Values from a vocabulary stay keys (`house_arrest`); `Column.words` names the vocabulary whose labels the screen shows.
Where one column holds keys of several kinds, each cell brings its own label (`Labelled`).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Literal, Self, TypeAlias

Cell: TypeAlias = str | int | tuple[str, ...] | None
Row: TypeAlias = Sequence[Cell]


class Labelled(str):
    """A key that a person reads as something else: `Labelled("ES", "Spain")`. To a machine it is the key."""

    __slots__ = ("label",)
    label: str

    def __new__(cls, key: str, label: str) -> Self:
        """Make the cell; `label` is already in the language in force."""
        made = super().__new__(cls, key)
        made.label = label
        return made


class Bar(int):
    """A number that a person sees drawn: to a machine it is the number.

    `parts` stand one after the other, the first solid, the next ones lighter. A `point` (at least, at most; None where
    that end is open) stands instead of them. All bars of a column between two headings share one scale.
    """

    parts: tuple[int, ...]
    point: tuple[int | None, int | None] | None

    def __new__(cls, *parts: int, point: tuple[int | None, int | None] | None = None) -> Self:
        """Make the cell, out of its parts or as a point."""
        made = super().__new__(cls, sum(parts) if point is None else point[0] or point[1] or 0)
        made.parts, made.point = parts, point
        return made


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its `key` (stable), `label` (English, marked with N_; translated when shown).

    `kind` tells writers how to lay it out; `words` names a vocabulary of `domain.vocabulary` for its values;
    `blank` is shown on a terminal for an empty cell. `parts`: what the parts of its bars are; `label`, their points.
    One that `yields` is broken between words first where a screen is too narrow, so that longer texts have the room.
    """

    key: str
    label: str
    kind: Literal["text", "count", "date", "name", "ref", "bar"] = "text"
    words: str | None = None
    blank: str = ""
    parts: tuple[str, ...] = ()
    yields: bool = False


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Table:
    """Columns, rows and what a reader must know to trust them.

    `rows` may be read once only (a stream). `total` is how many there are, when known without reading them all.
    `totals` is a last row, shown apart. `foot` are sentences on how the figures came about (as of when, uncertain,
    left out, database and changeset), already translated; on a terminal they stand below the table, elsewhere they
    go to stderr. `empty` is what to say instead of an empty table. `tone` gives a row its meaning: a function from
    row to a word such as `held`, `out`, `warning`, `error`, `total`, or None. `blocks`, where there is one, gives the
    same rows as CSV text, many rows at a time (how many, and their text): for tables of millions. `least`: figures and
    features of fewer unnamed people than this are not in it. `caution`, asked when the rows were read, is what whoever
    publishes must know, and no reader.
    `chart`, where there is one, is what a person is shown of the same answer instead of the rows: tables with bars,
    whose rows of a single cell are headings.
    """

    columns: Sequence[Column]
    rows: Iterable[Row]
    title: str | None = None
    total: int | None = None
    totals: Row | None = None
    foot: Sequence[str] = ()
    empty: str | None = None
    tone: Callable[[Row], str | None] | None = None
    private: bool = False
    blocks: Callable[[], Iterable[tuple[int, str]]] | None = None
    least: int | None = None
    caution: Callable[[], str] | None = None
    chart: "Sequence[Table]" = ()

    def keys(self) -> list[str]:
        """Return the column keys, in order."""
        return [column.key for column in self.columns]

    def pick(self, keys: Sequence[str]) -> "Table":
        """Return this table with only the columns of `keys`, in that order (`ValueError` for an unknown one)."""
        known = self.keys()
        cells = itemgetter(*(known.index(key) for key in keys))
        one = len(keys) == 1
        tone = self.tone

        def picked(row: Row) -> Row:
            short = (cells(row),) if one else cells(row)
            return Toned(short, tone(row)) if tone is not None else short

        return replace(
            self,
            columns=[self.columns[known.index(key)] for key in keys],
            rows=map(picked, self.rows),
            totals=None if self.totals is None else picked(self.totals),
            tone=None if tone is None else Toned.of,
            blocks=None,
            chart=(),
        )


class Toned(tuple[Cell, ...]):  # noqa: SLOT001  (it carries one attribute)
    """A row of fewer columns that remembers the tone it had with all of them."""

    tone: str | None

    def __new__(cls, cells: Iterable[Cell], tone: str | None) -> Self:
        """Make the row; `tone` as the whole row had it."""
        made = super().__new__(cls, cells)
        made.tone = tone
        return made

    @staticmethod
    def of(row: Row) -> str | None:
        """Return the remembered tone."""
        return row.tone if isinstance(row, Toned) else None
