"""The shell in a test: an isolated folder and a fresh copy of the template database."""

import shutil
from pathlib import Path

import pytest
from shell import Tracker

__all__ = ["Tracker"]


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
    return Tracker(database)
