"""The real reports kept beside a checkout: facts of press articles, read only where they are there."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "venezuela-2026"


@cache
def article(name: str) -> dict[str, Any]:
    """Return what `articles/NAME.json` holds. Skips the test where the lists are absent."""
    path = FOLDER / "articles" / f"{name}.json"
    if not path.exists():
        pytest.skip(f"the real lists are not beside this checkout ({FOLDER})")
    return json.loads(path.read_text(encoding="utf-8"))


def published(of: dict[str, Any]) -> str:
    """Return the article's date as `source add --published` wants it."""
    return of["published"] or "unknown"
