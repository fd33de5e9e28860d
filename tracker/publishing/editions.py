"""A sealed edition: the public reports of one day as one state of the record gives them, with what proves them.

An `Edition` is all that decides its bytes: the same edition of the same record is the same folder, whenever it is made
and whatever was recorded since. Nothing in it says when it was made; the changeset it stands at has a time of its own.
"""

import io
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Final

from tracker.domain.masks import worded
from tracker.i18n import _, language, set_language
from tracker.publishing.edition_reports import REPORTS, command_line
from tracker.render import write
from tracker.reports.asked import Asked, asking
from tracker.reports.difference.states import Pin, State, comparing
from tracker.reports.difference.table import difference_table
from tracker.store import Connection, Store
from tracker.table import Cell, Labelled, Table

ERRATUM: Final = "erratum"
FORMS: Final = ("csv", "md")
DAWN: Final = "T00:00"


@dataclass(frozen=True)
class Previous:
    """The edition before: its name, the SHA-256 of its manifest, and what its figures stood at."""

    edition: str
    manifest: str
    changeset: int
    hash: str
    on: str
    published_by: str | None


@dataclass(frozen=True)
class Edition:
    """What an edition is made of: a day, the changeset where it stands; `rule` a name, a file, None: the record's."""

    name: str
    on: str
    changeset: int
    published_by: str | None
    rule: str | None
    reports: tuple[str, ...]
    language: str
    file: str
    previous: Previous | None
    min_cell: int | None = None
    """How many unnamed people a figure must be of."""

    @property
    def known_by(self) -> str:
        """The changeset as a question takes it."""
        return f"#{self.changeset}"

    def options(self) -> list[str]:
        """Return the options that all its reports share, as they would be typed."""
        published = ["--published-by", self.published_by] if self.published_by else []
        rule = ["--rule", PurePath(self.rule).name] if self.rule else []
        return ["--lang", self.language, "--known-by", self.known_by, *published, *rule]

    def query(self, report: str, form: str) -> str:
        """Return the line that asks the record for a report of this edition."""
        if report == ERRATUM and self.previous is not None:
            words = ["edition", "make", self.name, "--on", self.on, "--previous", self.previous.edition]
            return shlex.join(["tracker", *words, *self.options()])
        shared = self.options()
        if report == "claims" and self.rule:
            shared = shared[:-2]
        if report != "claims" and self.min_cell is not None:
            shared += ["--min-cell", str(self.min_cell)]
        return command_line(report, self.on, form, shared)


@dataclass(frozen=True)
class Page:
    """One report as a file: its name, the report, its title, its bytes and the number of its rows."""

    name: str
    report: str
    form: str
    title: str | None
    data: bytes
    rows: int


@contextmanager
def speaking(wanted: str) -> Iterator[None]:
    """Speak another language for as long as the block lasts."""
    before = language()
    set_language(wanted)
    try:
        yield
    finally:
        set_language(before)


def pages(store: Store, edition: Edition) -> Iterator[Page]:
    """Make every report of an edition, in its language; the erratum last, where there is an edition before it."""
    with speaking(edition.language):
        for name in edition.reports:
            report = REPORTS[name]
            when = {"to": edition.on} if report.window else {"on": edition.on}
            with _asking(store, edition, edition.known_by, edition.published_by, **when) as (db, asked):
                for form in FORMS:
                    yield _page(name, form, report.make(store, db, asked, form == "md"))
        if edition.previous is not None:
            for form in FORMS:
                yield _page(ERRATUM, form, erratum(store, edition, edition.previous))


@contextmanager
def _asking(
    store: Store, edition: Edition, known_by: str, published_by: str | None, **when: str
) -> Iterator[tuple[Connection, Asked]]:
    words: dict[str, Any] = {"rule": edition.rule, "public": True, **when}
    if edition.min_cell is not None:
        words["min_cell"] = str(edition.min_cell)
    with asking(store, known_by=known_by, published_by=published_by, **words) as (db, asked):
        yield db, pinned(edition)(db, asked)


def pinned(edition: Edition) -> Pin:
    """Return what frees a question from the day it is asked on, and the file from its name.

    Now is the beginning of the edition's day: who is to be named later that day is not named in it.
    """

    def pin(_db: Connection, asked: Asked) -> Asked:
        return replace(asked, now=f"{edition.on}{DAWN}", record=asked.record._replace(file=edition.file))

    return pin


def _page(report: str, form: str, table: Table) -> Page:
    text = io.StringIO(newline="")
    rows = write(table, form, text)
    return Page(f"{report}.{form}", report, form, table.title, text.getvalue().encode(), rows)


def erratum(store: Store, edition: Edition, previous: Previous) -> Table:
    """Return what the edition before would say otherwise today: of its own day, its figures, people and facts."""
    then = State(f"#{previous.changeset}", previous.published_by, pinned(edition))
    now = State(edition.known_by, edition.published_by, pinned(edition))
    with comparing(store, then, now, on=previous.on, rule=edition.rule, public=True) as sides:
        table = difference_table(sides)
        rows = list(table.rows)
    figures = _figures(store, edition, previous, table.keys())
    title = _("Erratum to the edition {name} of {day}: {title}").format(
        name=previous.edition, day=previous.on, title=table.title
    )
    return replace(
        table,
        rows=[*figures, *rows],
        total=None,
        title=title,
        empty=_("Nothing of that edition would be said otherwise."),
    )


def _figures(store: Store, edition: Edition, previous: Previous, keys: list[str]) -> list[tuple[Any, ...]]:
    """Return the figures of the edition before that are others now: of its own day, line by line of its bulletin."""
    then = _lines(store, edition, previous, f"#{previous.changeset}", previous.published_by)
    now = _lines(store, edition, previous, edition.known_by, edition.published_by)
    rows = []
    for key in dict.fromkeys((*then, *now)):
        was, became = (each[key][1] if key in each else 0 for each in (then, now))
        if was != became:
            label = (now.get(key) or then[key])[0]
            cells = {"kind": "figure", "what": Labelled(key, label), "before": was, "after": became}
            rows.append(tuple(cells.get(name) for name in keys))
    return rows


def _lines(
    store: Store, edition: Edition, previous: Previous, known_by: str, published_by: str | None
) -> dict[str, tuple[str, Cell]]:
    """Return a bulletin of the earlier day, line by line: `sex: female` → what a reader calls it, and the figure."""
    found, section = {}, ""
    with _asking(store, edition, known_by, published_by, on=previous.on) as (db, asked):
        for row in REPORTS["bulletin"].make(store, db, asked, False).rows:
            labels = [worded(cell.label if isinstance(cell, Labelled) else str(cell or "")) for cell in row[:2]]
            section = labels[0] or section  # said once for all its lines
            key = ": ".join(str(cell) for cell in row[:2] if cell)
            found[key] = (": ".join(part for part in (section, labels[1]) if part), row[2])
    return found
