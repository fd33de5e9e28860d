"""The list of very many people, made by several processes at once: each takes the next part of them.

Most of the time goes into turning rows into text, which one process cannot do on two processors. Parts come back in
order, few at a time, so that memory stays flat. This process keeps its read transaction open meanwhile, during which
nobody can commit: all see one state of the record.
"""

import os
import signal
from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tracker.reports.exporting import streams
from tracker.reports.exporting.everybody import Everybody
from tracker.reports.exporting.streams import stream
from tracker.store import Connection, Store

MANY: Final = 100_000
"""People from whom on the start of other processes (a fifth of a second) is worth it."""

PART: Final = 10_000
MOST_WORKERS: Final = 4

Part = tuple[str, str, int]
"""The first id, the id after the last, and how many people come before."""


def blocks(store: Store, db: Connection, *, many: int = MANY, size: int = PART) -> Iterator[tuple[int, str]]:
    """Yield the whole list as lines of CSV, many at a time: how many rows, and their text."""
    workers = min(MOST_WORKERS, available())
    if workers > 1 and db.execute("SELECT count(*) FROM detainees").fetchone()[0] >= many:
        yield from _together(store.path, parts(db, size), workers)
    else:
        yield from Everybody(db, own=True).blocks()


def available() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def parts(db: Connection, size: int) -> Iterator[Part]:
    """Yield the parts of everybody who is not excluded, `size` people each, as soon as each is known."""
    start, before = streams.START, 0
    for count, (key,) in enumerate(stream(db, "SELECT id FROM detainees WHERE excluded = 0 ORDER BY id", {})):
        if count and count % size == 0:
            yield start, key, before
            start, before = key, count
    yield start, streams.END, before


def _together(path: Path, todo: Iterator[Part], workers: int) -> Iterator[tuple[int, str]]:
    from concurrent.futures import Future, ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin, initargs=(str(path),))
    waiting: deque[Future[list[tuple[int, str]]]] = deque()
    try:
        for part in todo:
            waiting.append(pool.submit(_part, part))
            if len(waiting) > workers:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_open = ExitStack()
_db: Connection | None = None


def _begin(path: str) -> None:
    """Open the record in a process of the pool, for as long as it lives."""
    global _db  # noqa: PLW0603  (a process of the pool has one record open)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that was started
    _db = _open.enter_context(Store.open(Path(path)).reading())


def _part(part: Part) -> list[tuple[int, str]]:
    """Return the blocks of one part."""
    if _db is None:
        raise AssertionError(part)
    first, last, before = part
    return list(Everybody(_db, own=True, first=first, last=last, before=before).blocks())
