"""Fixtures that many tests share. A database is made once and copied: creating one per test would cost more than the tests.

Property tests draw the same examples every time, so that what passes here passes elsewhere; with `TRACKER_NEW_EXAMPLES=1`
they draw new ones. They have no stopwatch: the first name of a script loads its table, which is slow once.
"""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from tracker.store import Store

settings.register_profile("tracker", deadline=None, derandomize=not os.environ.get("TRACKER_NEW_EXAMPLES"))
settings.load_profile("tracker")

SETTINGS = {"country": "VE", "zone": "America/Caracas", "we": "Monitor de prueba", "start": "2026-01-08"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long forms unless they are asked for (`-m long`)."""
    if "long" not in config.option.markexpr:
        for item in items:
            if item.get_closest_marker("long"):
                item.add_marker(pytest.mark.skip(reason="long; run with -m long"))


@pytest.fixture(scope="session")
def template_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new record of Venezuela, never opened for writing: copy it."""
    path = tmp_path_factory.mktemp("template") / "tracker.db"
    Store.create(path, SETTINGS)
    return path


@pytest.fixture
def store(template_database: Path, tmp_path: Path) -> Store:
    """An empty record of this test's own."""
    path = tmp_path / "tracker.db"
    shutil.copy(template_database, path)
    return Store.open(path)
