"""The shell in a test: `tracker …` in this process, with fixed width, no terminal and none of the caller's environment."""

import csv
import io
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from typer import Typer, testing
from typer.main import get_command

from tracker.i18n import language

PSEUDONYM = re.compile(r"\[person ([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})\]")
REF = re.compile(r"\b([PDYRFSCKQ])-[0-9a-hjkmnp-tv-z]{6,}")


@cache
def _built(app: Typer, _language: str) -> Any:
    return get_command(app)


# A runner builds all commands anew for each line: a third of the time of a test that tries a hundred lines.
testing._get_command = lambda app: _built(app, language())


def faceless(text: str) -> str:
    """Return `text` with the same words in place of every pseudonym."""
    return PSEUDONYM.sub("[not named]", text)


@dataclass(frozen=True)
class Ran:
    """What a command left behind: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    @property
    def normal(self) -> str:
        """Both streams with refs numbered in order of appearance, for whole-output comparison."""
        seen: dict[str, str] = {}
        counts: dict[str, int] = {}

        def number(found: re.Match[str]) -> str:
            if found[0] not in seen:
                counts[found[1]] = counts.get(found[1], 0) + 1
                seen[found[0]] = f"{found[1]}-{counts[found[1]]}"
            return seen[found[0]]

        return REF.sub(number, self.out + self.err)


class Tracker:
    """Runs `tracker WORDS…` on one database."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self._runner = testing.CliRunner()
        self._env: dict[str, str | None] = {
            **dict.fromkeys(("TRACKER_SOURCE", "TRACKER_CLAIMANT", "TRACKER_LANG", "TRACKER_DEBUG")),
            "TRACKER_DB": str(database),
            "COLUMNS": "120",
            "TRACKER_ACTOR": "tester",
            "LANG": "C.UTF-8",
        }

    def __call__(self, *words: str, stdin: str | None = None, env: dict[str, str] | None = None) -> Ran:
        """Run it, whatever comes of it."""
        from tracker.cli.app import app

        given = {**self._env, **(env or {})}
        result = self._runner.invoke(app, list(words), input=stdin, env=given, prog_name="tracker")
        return Ran(result.exit_code, result.stdout, result.stderr)

    def ok(self, *words: str, stdin: str | None = None, env: dict[str, str] | None = None) -> Ran:
        """Run it and insist on exit code 0."""
        ran = self(*words, stdin=stdin, env=env)
        assert ran.code == 0, (words, ran)
        return ran

    def rows(self, *words: str) -> list[dict[str, str]]:
        """Return the rows of a question, keyed by column."""
        return list(csv.DictReader(io.StringIO(self.ok(*words, "--csv").out)))
