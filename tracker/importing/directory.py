"""Facilities, claimants and sources: read from their own lists, and found again by the words of other lists."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from tracker.domain.dates import UNKNOWN, PartialDate
from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.domain.vocabulary import CLAIMANT_DEFAULT_STATUS
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.plan import Ids, Plan
from tracker.importing.rows import Line
from tracker.importing.values import Reader
from tracker.matching.places import facility_key

UNNAMED_STATUS: Final = "reported"
"""The status of a release on the word of a source that names nobody: the press."""


@dataclass(slots=True)
class Names:
    """Words that mean a record: key → id, and the words as written, for near misses."""

    key: Callable[[str], str]
    unknown: str
    ids: dict[str, str] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    missed: dict[str, str | None] = field(default_factory=dict)
    """What is like a word that means nothing here: a list names one unknown source in all its rows."""

    def add(self, word: str, identifier: str) -> bool:
        """Let `word` mean the record; False where it means another one already."""
        key = self.key(word)
        self.written.setdefault(key, word)
        return self.ids.setdefault(key, identifier) == identifier

    def find(self, word: str) -> str:
        """Return the id of the record that `word` means. Raises `BadValue` with near ones."""
        found = self.ids.get(self.key(word))
        if found is None:
            raise BadValue(self.unknown.format(name=quoted(word)), hint=self._near(word))
        return found

    def _near(self, word: str) -> str | None:
        from difflib import get_close_matches

        if word not in self.missed:
            near = get_close_matches(self.key(word), self.ids, n=3, cutoff=0.7)
            choices = ", ".join(quoted(self.written[key]) for key in near)
            self.missed[word] = _("Did you mean {choices}?").format(choices=choices) if near else None
        return self.missed[word]


@dataclass(slots=True)
class Directory:
    """What other lists may name, and what they need to know of it."""

    facilities: Names = field(
        default_factory=lambda: Names(facility_key, _("There is no facility {name} in facilities.csv."))
    )
    claimants: Names = field(default_factory=lambda: Names(fold, _("There is no claimant {name} in claimants.csv.")))
    sources: Names = field(default_factory=lambda: Names(str.strip, _("There is no source {name} in sources.csv.")))
    named: dict[str, str] = field(default_factory=dict)
    """Facility id → its name."""
    published: dict[str, PartialDate] = field(default_factory=dict)
    """Source id → when it was published."""
    default_status: dict[str | None, str] = field(default_factory=lambda: {None: UNNAMED_STATUS})
    """Claimant id → the status of a release on that claimant's word; None: of a source that names nobody."""

    def place_name(self, text: str) -> str | None:
        """Return the name of the facility that `text` means, None where it means none."""
        found = self.facilities.ids.get(self.facilities.key(text))
        return None if found is None else self.named[found]


@dataclass(slots=True)
class DirectoryReader:
    """Reads the three lists into a directory and a plan."""

    reader: Reader
    ids: Ids
    plan: Plan
    directory: Directory

    def read_facilities(self, lines: Iterable[Line]) -> None:
        """Read facilities.csv."""
        for line in lines:
            name = self.reader.name(line, "name")
            if name is None:
                self._missing(line, "name")
                continue
            identifier = self.ids("facility", facility_key(name))
            self.directory.named.setdefault(identifier, name)
            values = {
                "name": name,
                "kind": self.reader.word(line, "kind", "facility_kind"),
                "state": self.reader.text(line, "state"),
                "country": self.reader.country(line, "country"),
            }
            self._add(line, "facilities", identifier, values, self.directory.facilities)

    def read_claimants(self, lines: Iterable[Line]) -> None:
        """Read claimants.csv."""
        for line in lines:
            name = self.reader.name(line, "name")
            kind = self.reader.word(line, "kind", "claimant_kind")
            for column in ("name", "kind"):
                self._missing(line, column)
            if name is None or kind is None:
                continue
            status = self.reader.word(line, "default_status")
            if status == "retracted":
                self.reader.problems.add(
                    _("A default status is announced, reported or verified."),
                    file=line.file,
                    row=line.number,
                    column="default_status",
                )
                status = None
            identifier = self.ids("claimant", fold(name))
            values = {
                "name": name,
                "kind": kind,
                "default_status": status or CLAIMANT_DEFAULT_STATUS[kind],
                "house_arrest": self.reader.word(line, "house_arrest") or "unknown",
                "country": self.reader.country(line, "country"),
                "note": self.reader.text(line, "note"),
            }
            self.directory.default_status[identifier] = values["default_status"] or UNNAMED_STATUS
            self._add(line, "claimants", identifier, values, self.directory.claimants)

    def _missing(self, line: Line, column: str) -> None:
        """Add a problem if a cell that must hold something is empty."""
        if column not in line.cells:
            self.reader.problems.add(_("The cell is empty."), file=line.file, row=line.number, column=column)

    def _add(self, line: Line, table: str, identifier: str, values: dict[str, str | None], names: Names) -> None:
        """Add a row with its other names, each meaning it alone."""
        others, column = _NAMES_OF[table]
        if not self._named(line, "name", str(values["name"]), identifier, names):
            return
        self.plan.add(table, identifier, dict(values))
        for other in self.reader.names(line, "other_names"):
            key = fold(other)
            known = names.ids.get(names.key(other)) == identifier
            if not known and self._named(line, "other_names", other, identifier, names):
                self.plan.add(others, self.ids("name", identifier, key), {column: identifier, "name": other})

    def _named(self, line: Line, column: str, name: str, identifier: str, names: Names) -> bool:
        """Let `name` mean the record; a problem where it means another one already."""
        taken = column == "name" and names.key(name) in names.ids  # a row of its own, even under the same id
        if not taken and names.add(name, identifier):
            return True
        self.reader.problems.add(
            _("The name stands for another row already: {name}.").format(name=quoted(names.written[names.key(name)])),
            file=line.file,
            row=line.number,
            column=column,
            value=name,
        )
        return False

    def read_sources(self, lines: Iterable[Line]) -> None:
        """Read sources.csv."""
        for line in lines:
            slug = self.reader.part(line, "slug", line.cells.get("slug", ""), read_slug)
            if slug is None:
                continue
            identifier = self.ids("source", slug)
            if identifier in self.plan.rows["sources"]:
                self.reader.problems.add(
                    _("The slug is there twice."), file=line.file, row=line.number, column="slug", value=slug
                )
                continue
            self._missing(line, "published")
            published = self.reader.when(line, "published") or UNKNOWN
            accessed = self.reader.when(line, "accessed") or UNKNOWN
            public = self.reader.yes_no(line, "public")
            texts = {column: self.reader.text(line, column) for column in _SOURCE_TEXTS}
            values = {
                "slug": slug,
                **texts,
                "published": published.text,
                "accessed": accessed.text,
                "reliability": self.reader.word(line, "reliability"),
                "public": 0 if public is False else 1,
            }
            self.plan.add("sources", identifier, values)
            self.directory.sources.add(slug, identifier)
            self.directory.published[identifier] = published


_NAMES_OF: Final = {"facilities": ("facility_names", "facility"), "claimants": ("claimant_names", "claimant")}
"""Table → the table of its other names, and the column there that points back."""

LONGEST_SLUG: Final = 80

_SOURCE_TEXTS: Final = ("title", "publisher", "author", "url", "language", "note")


def read_slug(text: str) -> str:
    """Return a source's slug. Raises `BadValue` for anything but lower-case letters, digits and single dashes."""
    slug = text.strip()
    if not slug.isascii() or slug != "-".join(fold(slug).split()) or len(slug) > LONGEST_SLUG:
        raise BadValue(_("A slug is letters a–z, digits and single dashes, such as infobae-2026-01-15."))
    return slug
