"""Whole processes, measured from start to exit: seconds, processor seconds, peak memory.

This process must stay small: on Linux a child's peak memory is at least that of the process that started it.
"""

import os
import pty
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import IO

MEBIBYTE = 1024


BYTECODE = Path(tempfile.gettempdir()) / "tracker-benchmarks-bytecode"


def _environ() -> dict[str, str]:
    """Return our environment, in which Python keeps what it compiled, as it does for an installed program."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRACKER_", "PYTHONDONT"))}
    return {**kept, "PYTHONPYCACHEPREFIX": str(BYTECODE)}


class Failed(Exception):
    """A command that was to be measured did not do its work."""


@dataclass
class Measured:
    """All runs of one command."""

    seconds: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    peak: float = 0.0

    @property
    def middle(self) -> float:
        """The median of the seconds from start to exit."""
        return median(self.seconds)


@dataclass(frozen=True)
class Command:
    """A command line; `terminal` gives it one for its output, `stdin` feeds it, `into` takes its output."""

    words: Sequence[str]
    terminal: bool = False
    stdin: str = ""
    into: Path | None = None
    environ: Mapping[str, str] = field(default_factory=dict)

    def run(self, measured: Measured | None = None) -> None:
        """Run it once and add what it took to `measured`. Raises `Failed` unless it ends well."""
        complaints = subprocess.PIPE if not self.terminal else subprocess.DEVNULL
        with self._output() as out:
            began = time.perf_counter()
            process = subprocess.Popen(
                self.words, stdin=subprocess.PIPE if self.stdin else subprocess.DEVNULL, stdout=out, stderr=complaints,
                env={**_environ(), **self.environ},
            )  # fmt: skip
            said = self._talk(process)
            _pid, status, used = os.wait4(process.pid, 0)
            took = time.perf_counter() - began
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise Failed(f"{' '.join(self.words)[:200]}: exit {process.returncode}: {said[-300:]}")
        if measured is not None:
            measured.seconds.append(took)
            measured.processor.append(used.ru_utime + used.ru_stime)
            measured.peak = max(measured.peak, used.ru_maxrss / MEBIBYTE)

    def _talk(self, process: subprocess.Popen[bytes]) -> str:
        if process.stdin:
            process.stdin.write(self.stdin.encode())
            process.stdin.close()
        if not process.stderr:
            return ""
        with process.stderr as complaints:
            return complaints.read().decode(errors="replace")

    def _output(self) -> "Output":
        return Output(self)


class Output:
    """Where a command writes: a file, a terminal whose other end is read and thrown away, or nowhere."""

    def __init__(self, command: Command) -> None:
        self._command = command
        self._file: IO[bytes] | None = None
        self._ends: tuple[int, int] | None = None

    def __enter__(self) -> int:
        if self._command.terminal:
            self._ends = pty.openpty()
            self._reader = threading.Thread(target=self._drain, daemon=True)
            self._reader.start()
            return self._ends[1]
        self._file = (self._command.into or Path(os.devnull)).open("wb")
        return self._file.fileno()

    def __exit__(self, *_error: object) -> None:
        if self._file:
            self._file.close()
        if self._ends:
            os.close(self._ends[1])
            self._reader.join()
            os.close(self._ends[0])

    def _drain(self) -> None:
        assert self._ends
        try:
            while os.read(self._ends[0], 1 << 16):
                pass
        except OSError:  # Linux says so when the other end is closed
            return


def interleaved(commands: Mapping[str, Sequence[Command]], runs: int) -> dict[str, Measured]:
    """Run each command `runs` times after one warm-up, in turns (A B A B), so that a busy minute strikes all alike.

    A command that may run once only (it writes) comes as a sequence of commands, one for each turn.
    """
    measured = {name: Measured() for name in commands}
    for turn in range(-1, runs):
        for name, turns in commands.items():
            turns[(turn + 1) % len(turns)].run(measured[name] if turn >= 0 else None)
    return measured
