"""How far a long command is: one line on stderr, only on a terminal, only once it has taken a while.

    with progress.line(out) as line:
        context.show(line.watched(table), out, store)

The line is drawn by a thread of its own, so that it also moves while one long question runs; the work itself only
counts. Where stderr is no terminal nothing is watched, and nothing is slower for it.
"""

import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING, Final, TypeVar

from tracker.cli import context
from tracker.cli.output import Output
from tracker.i18n import _
from tracker.table import Row, Table

if TYPE_CHECKING:
    from tracker.reports.exporting.whole import File

AFTER: Final = 1.5
"""Seconds that a command may take before the line appears."""

EVERY: Final = 0.2
ERASED: Final = "\r\x1b[K"

Item = TypeVar("Item")


class Line:
    """What is being done (`what`), and how many rows of it are done. Not `shown`, it watches nothing."""

    def __init__(self, *, shown: bool) -> None:
        self.what = ""
        self.rows = 0
        self._began = monotonic()
        self._over = Event()
        self._thread = Thread(target=self._draw, daemon=True) if shown else None
        if self._thread:
            self._thread.start()

    def begins(self, what: str) -> None:
        """Say what is done from here on, counting anew."""
        self.what, self.rows, self._began = what, 0, monotonic()

    def counted(self, items: Iterable[Item], size: Callable[[Item], int] = lambda _item: 1) -> Iterator[Item]:
        """Return `items`, counted as they are taken, each as many rows as `size` says."""
        if self._thread is None:
            return iter(items)

        def counting() -> Iterator[Item]:
            for item in items:
                yield item
                self.rows += size(item)

        return counting()

    def watched(self, table: Table) -> Table:
        """Return `table` so that its rows are counted when read; once the last is, the line is gone."""
        if self._thread is None:
            return table
        blocks = table.blocks

        def rows() -> Iterator[Row]:
            yield from self.counted(table.rows)
            self.close()

        def many() -> Iterator[tuple[int, str]]:
            yield from self.counted(blocks() if blocks else (), lambda block: block[0])
            self.close()

        return replace(table, rows=rows(), blocks=many if blocks else None)

    def files(self, files: "Iterable[File]") -> "Iterator[File]":
        """Yield the files of an export so that each is named and its lines are counted while it is written."""
        for file in files:
            self.begins(file.name)
            yield replace(file, lines=self.counted(file.lines))

    def close(self) -> None:
        """Take the line off the screen, for good."""
        self._over.set()
        if self._thread:
            self._thread.join()

    def text(self) -> str:
        """Return the line as it reads now: `list: 120,000 rows, 40,000 a second`."""
        seconds = max(monotonic() - self._began, 0.001)
        said = _("{rows} rows, {rate} a second").format(rows=f"{self.rows:,}", rate=f"{int(self.rows / seconds):,}")
        return ": ".join(part for part in (self.what, said if self.rows else "…") if part)

    def _draw(self) -> None:
        if self._over.wait(AFTER):
            return
        while True:
            print(ERASED + self.text()[: shutil.get_terminal_size().columns - 1], end="", file=sys.stderr, flush=True)
            if self._over.wait(EVERY):
                break
        print(ERASED, end="", file=sys.stderr, flush=True)


@contextmanager
def line(out: Output | None = None) -> Iterator[Line]:
    """Watch what happens inside, unless stderr is no terminal, or rows go to that terminal as they come (`out`)."""
    streams = (
        out is not None and out.file is None and context.on_terminal() and out.chosen_format(terminal=True) != "table"
    )
    made = Line(shown=on_terminal() and not streams)
    try:
        yield made
    finally:
        made.close()


def on_terminal() -> bool:
    """Tell whether stderr is a terminal."""
    return sys.stderr.isatty()
