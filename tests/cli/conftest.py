"""The shell in a test: an isolated folder, a fresh copy of the template database, fixed width, no terminal."""

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

REF = re.compile(r"\b([PDYRFSCKQ])-[0-9a-hjkmnp-tv-z]{6,}")


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


Tracker = Callable[..., Ran]


@pytest.fixture
def database(template_database: Path, tmp_path: Path) -> Path:
    """A copy of the template database, as `$TRACKER_DB` of the test."""
    copy = tmp_path / "tracker.db"
    shutil.copyfile(template_database, copy)
    return copy


@pytest.fixture
def tracker(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tracker:
    """Run `tracker …` in process; `tracker.ok(…)` also insists on exit code 0."""
    monkeypatch.chdir(tmp_path)
    base = {"TRACKER_DB": str(database), "COLUMNS": "120", "TRACKER_ACTOR": "tester", "LANG": "C.UTF-8"}
    for name in ("TRACKER_SOURCE", "TRACKER_CLAIMANT", "TRACKER_LANG"):
        monkeypatch.delenv(name, raising=False)
    runner = CliRunner()

    def run(*words: str, stdin: str | None = None, env: dict[str, str] | None = None) -> Ran:
        from tracker.cli.app import app

        result = runner.invoke(app, list(words), input=stdin, env={**base, **(env or {})}, prog_name="tracker")
        return Ran(result.exit_code, result.stdout, result.stderr)

    def ok(*words: str, **more: object) -> Ran:
        ran = run(*words, **more)  # type: ignore[arg-type]
        assert ran.code == 0, (words, ran)
        return ran

    run.ok = ok  # type: ignore[attr-defined]
    return run
