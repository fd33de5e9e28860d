"""Records that are entered once, through the shell, and then asked many questions."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from shell import Tracker


@pytest.fixture(scope="session")
def new_record(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Tracker]:
    """Return a new record: empty, or a copy of another."""

    def make(of: Tracker | None = None) -> Tracker:
        path = tmp_path_factory.mktemp("record") / "tracker.db"
        shutil.copyfile(of.database if of else template_database, path)
        return Tracker(path)

    return make
