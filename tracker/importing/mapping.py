"""Which column of somebody else's list says what: known headers by themselves, others as told, nothing silently.

A column is named as it is printed (case, accents and punctuation do not matter), or by its place: `#3`. `-` leaves a
column out knowingly, `*` means all columns that nothing else maps.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Given
from dataclasses import dataclass, field
from typing import Final

from tracker.domain.headers import column_of
from tracker.domain.lists import DATES, LIST
from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _, ngettext
from tracker.importing.date_order import DateOrder
from tracker.importing.fields import list_fields
from tracker.importing.name_parts import name_parts
from tracker.importing.problems import Problems
from tracker.importing.reading import RawRow, Reading
from tracker.importing.rows import Line
from tracker.importing.settling import Settling
from tracker.importing.sex_letters import SexLetters

__all__ = ["LEFT_OUT", "Mapping", "header_key", "list_fields", "map_header", "read_constants", "read_maps"]

LEFT_OUT: Final = "-"
ALL_OTHERS: Final = "*"

SNAPSHOT: Final = "snapshot"
"""The field of the column that says of which day a row's list is; no record holds it."""

JOINTS: Final = {
    **dict.fromkeys(("nationalities", "tags", "other_names", "identifier", "charges", "conditions"), "; "),
    "note": "\n",
}
"""Fields that several columns may fill, and what stands between their texts."""

NAME_JOINT: Final = " "
"""Several columns told to be the name are one name, in the order of the columns; given names before surnames."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """The field of each column: None where it is not known, `-` where it is left out knowingly."""

    header: list[str]
    fields: list[str | None]
    constants: dict[str, str] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    """Fields that some column was told to fill, rather than known by its header."""
    empty: frozenset[str] = frozenset()
    """Texts that mean an empty cell in this list, such as NA."""
    dates: DateOrder = field(default_factory=DateOrder)
    parts: Given[int, str] = field(default_factory=dict)
    """The columns that hold a part of a name, by place: given names come first, then surnames."""
    empty_saved: bool = False
    """Whether the texts that mean an empty cell were saved when an earlier version of the list came."""

    @property
    def unknown(self) -> list[str]:
        """The headers that mean nothing yet, as printed; a column without header is not among them."""
        return [header for header, known in zip(self.header, self.fields, strict=True) if known is None and header]

    @property
    def left_out(self) -> list[str]:
        """The headers of columns that are left out knowingly."""
        return [header for header, known in zip(self.header, self.fields, strict=True) if known == LEFT_OUT]

    def sentences(self) -> list[str]:
        """Return what is said of cells that are read as saved, or as somebody declared."""
        said = []
        if self.empty_saved:
            words = ", ".join(quoted(word, 40) for word in sorted(self.empty))
            said.append(_("Read as empty cells, as saved for this list: {words}.").format(words=words))
        return [*said, *self.dates.sentences()]

    def to_keep(self) -> dict[str, str]:
        """Return folded header → field, as a saved mapping: what `map_header` takes as `saved` for the next list."""
        named = enumerate(zip(self.header, self.fields, strict=True))
        return {header_key(one): known for place, (one, known) in named if known and one and place not in self.parts}

    def check(self, problems: Problems, *, file: str, row: int | None = 1) -> None:
        """Add what is wrong with the header: unknown columns, headers and fields that are there twice."""
        row = row or None  # JSON has no header row
        if self.unknown:
            problems.add(_unknown_sentence(self.unknown), file=file, row=row)
        for header, places in _doubled(self.header, self.fields):
            problems.add(
                _("The header {header} is there twice; map by place: --map '#{n}=field'.").format(
                    header=quoted(header), n=places[-1]
                ),
                file=file,
                row=row,
            )
        for known, headers in self._clashes():
            problems.add(
                _("The columns {headers} all mean {field}; leave out all but one with --map column=-.").format(
                    headers=", ".join(quoted(header) for header in headers), field=known
                ),
                file=file,
                row=row,
            )

    def _clashes(self) -> Iterator[tuple[str, list[str]]]:
        """Yield each field that several columns mean though it holds one value, and their headers."""
        counts = Counter(known for known in self.fields if known and known != LEFT_OUT)
        for known, count in counts.items():
            its = {here for here, one in enumerate(self.fields) if one == known}
            joined = known in JOINTS or (known == "name" and (known in self.told or its <= self.parts.keys()))
            if count > 1 and not joined:
                yield known, [one for one, its in zip(self.header, self.fields, strict=True) if its == known]

    def lines(self, reading: Reading, problems: Problems) -> Iterator[Line]:
        """Yield the rows of `reading` that say anything, by field; what is wrong with rows is added to `problems`.

        A row that names several sources comes once for each. Raises BadValue, after the last row, for what holds for
        the list as a whole and only the user can decide: the order of its dates, text that was encoded twice.
        """
        known = {*self.fields, *self.constants}
        dated = [column for column in (*DATES, SNAPSHOT) if column in known]
        return Settling(self.dates, reading.doubled).lines(self._lines(reading, problems), reading.name, dated)

    def _lines(self, reading: Reading, problems: Problems) -> Iterator[Line]:
        """Yield the rows as they are written."""
        file = reading.name
        named = [(here, known) for here, known in enumerate(self.fields) if known and known != LEFT_OUT]
        counts = Counter(known for _here, known in named)
        single = [(here, known) for here, known in named if counts[known] == 1]
        joined = [(here, known) for here, known in named if counts[known] > 1]
        joined.sort(key=lambda one: self.parts.get(one[0]) == "family")
        letters = SexLetters(reading, self.fields)
        nameless = [here for here, header in enumerate(self.header) if not header and self.fields[here] is None]
        for raw in reading.rows():
            if raw.wrong and self._add_wrong(raw, problems, file):
                continue
            cells = raw.cells
            if cells == self.header:
                problems.add(_("The row repeats the header. Take it out of the list."), file=file, row=raw.number)
                continue
            found = {known: text for here, known in single if (text := cells[here]) and not text.isspace()}
            if self.empty:
                found = {known: text for known, text in found.items() if self._says(text)}
            for here, known in joined:
                if self._says(text := cells[here]):
                    before = found.get(known)
                    joint = JOINTS.get(known, NAME_JOINT)
                    found[known] = text if before is None else f"{before.rstrip()}{joint}{text.lstrip()}"
            if nameless and self._add_nameless(raw, nameless, problems, file):
                continue
            if found:
                found.update(self.constants)
                letters.read(found)
                yield Line(file, raw.number, found)

    def _says(self, text: str) -> bool:
        return bool(text) and not text.isspace() and (not self.empty or text.strip() not in self.empty)

    def _add_wrong(self, raw: RawRow, problems: Problems, file: str) -> bool:
        """Add what is wrong with a row, except in columns that are not read; return whether anything was."""
        unread = {one for one, known in zip(self.header, self.fields, strict=True) if known in {None, LEFT_OUT}}
        before = problems.count
        if raw.last:
            problems.breaks_off(raw.wrong[0].message, file=file, row=raw.number)
        for one in raw.wrong:
            if self.empty and one.value is not None and one.value.strip() in self.empty:
                continue  # an error cell that stands for empty: #N/A
            if one.column is None or one.column not in unread:
                problems.add(one.message, file=file, row=raw.number, column=one.column, value=one.value)
        return problems.count > before or len(raw.cells) != len(self.header)

    def _add_nameless(self, raw: RawRow, places: list[int], problems: Problems, file: str) -> bool:
        """Add a problem for each cell that stands below no header; return whether there was one."""
        before = problems.count
        for here in places:
            if self._says(raw.cells[here]):
                problems.add(
                    _("Column {n} has no header.").format(n=here + 1) + f" {quoted(raw.cells[here], 40)}",
                    file=file,
                    row=raw.number,
                )
        return problems.count > before


def map_header(
    header: list[str],
    *,
    given: Given[str, str] | None = None,
    constants: Given[str, str] | None = None,
    saved: Given[str, str] | None = None,
    columns: tuple[str, ...] = LIST,
    empty: Iterable[str] = (),
    dates: DateOrder | None = None,
) -> Mapping:
    """Return what the columns of `header` mean: as `given`, else as `saved`, else by the header itself.

    `given` and `saved` are column → field, `constants` field → value for every row. Raises `BadValue` for a column that
    is not there and for a field that no list has; what a saved mapping names may be missing.
    """
    fields: list[str | None] = [None] * len(header)
    told: set[str] = set()
    for place, known in _from_saved(header, saved or {}, columns):
        fields[place] = known
    for place, known in _from_given(header, given or {}, columns):
        fields[place] = known
    told.update(known for known in fields if known)
    rest = _field((given or {})[ALL_OTHERS], columns) if ALL_OTHERS in (given or {}) else None
    parts = name_parts(header, fields) if "name" in columns else {}
    for place, one in enumerate(header):
        if fields[place] is None:
            fields[place] = ("name" if place in parts else column_of(one, columns)) or rest
    fixed = {_field(name, columns): value for name, value in (constants or {}).items()}
    for name, value in fixed.items():
        if name in fields or name == LEFT_OUT:
            raise BadValue(_("{field} cannot be the same for all rows: a column fills it.").format(field=name))
        if not value.strip():
            raise BadValue(_("The constant for {field} is empty.").format(field=name))
    empties = frozenset(text.strip() for text in empty)
    return Mapping(list(header), fields, fixed, frozenset(told), empties, dates or DateOrder(), parts)


def _from_saved(header: list[str], saved: Given[str, str], columns: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    by_key = {header_key(name): known for name, known in saved.items()}
    for place, one in enumerate(header):
        known = by_key.get(header_key(one))
        if one and known is not None and (known == LEFT_OUT or known in columns):
            yield place, known


def _from_given(header: list[str], given: Given[str, str], columns: tuple[str, ...]) -> Iterator[tuple[int, str]]:
    for name, wanted in given.items():
        known = _field(wanted, columns)
        if name != ALL_OTHERS:
            yield from ((place, known) for place in _places(header, name))


def _places(header: list[str], name: str) -> list[int]:
    """Return where the column called `name` stands. Raises `BadValue`."""
    exact = [place for place, one in enumerate(header) if one == name.strip()]
    found = exact or [place for place, one in enumerate(header) if one and header_key(one) == header_key(name)]
    number = name.strip().removeprefix("#")
    if not found and name.strip().startswith("#") and number.isdecimal() and 1 <= int(number) <= len(header):
        found = [int(number) - 1]
    if not found:
        raise BadValue(
            _("The list has no column {name}.").format(name=quoted(name)),
            hint=_("Its columns: {names}.").format(names=", ".join(quoted(one, 40) for one in header[:60] if one)),
        )
    return found


def _field(wanted: str, columns: tuple[str, ...]) -> str:
    """Return the field that `wanted` means, or `-`. Raises `BadValue`."""
    if wanted.strip() == LEFT_OUT:
        return LEFT_OUT
    found = column_of(wanted, columns)
    if found is None:
        raise BadValue(
            _("There is no field {name}.").format(name=quoted(wanted)),
            hint=_("'tracker import --list-fields' lists them."),
        )
    return found


def header_key(header: str) -> str:
    """Return the form by which headers are compared and kept."""
    return fold(header) or header.strip().casefold()


def _doubled(header: list[str], fields: list[str | None]) -> Iterator[tuple[str, list[int]]]:
    """Yield headers that are there more than once and read, with their places counted from 1."""
    places: dict[str, list[int]] = {}
    for place, one in enumerate(header, 1):
        if one and fields[place - 1] != LEFT_OUT:
            places.setdefault(header_key(one), []).append(place)
    for found in places.values():
        if len(found) > 1 and len({fields[place - 1] for place in found}) == 1:
            yield header[found[0] - 1], found


def _unknown_sentence(unknown: list[str]) -> str:
    shown = ", ".join(quoted(one, 40) for one in unknown[:60])
    return (
        ngettext("The column {names} is not known.", "The columns {names} are not known.", len(unknown)).format(
            names=shown
        )
        + " "
        + _("Say what it means with --map column=field, leave it out with --map column=-, all others with --map '*=-'.")
    )


def read_maps(given: Iterable[str]) -> dict[str, str]:
    """Return column → field of `column=field` texts. Raises `BadValue`."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, wanted = text.rpartition("=")
        if not (equals and name.strip() and wanted.strip()):
            raise BadValue(_("A column is mapped as column=field, not {value}.").format(value=quoted(text)))
        if found.setdefault(name.strip(), wanted.strip()) != wanted.strip():
            raise BadValue(_("The column {name} is mapped twice.").format(name=quoted(name)))
    return found


def read_constants(given: Iterable[str]) -> dict[str, str]:
    """Return field → value of `field=value` texts. Raises `BadValue`."""
    found: dict[str, str] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not (equals and name.strip() and value.strip()):
            raise BadValue(_("A constant is given as field=value, not {value}.").format(value=quoted(text)))
        if found.setdefault(name.strip(), value.strip()) != value.strip():
            raise BadValue(_("The constant {name} is given twice.").format(name=quoted(name)))
    return found
