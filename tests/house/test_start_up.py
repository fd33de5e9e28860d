"""Start-up stays light: what a command does not need is not imported (each of these costs 40 to 120 ms)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = (
    "rich",
    "sqlite_utils",
    "babel",
    "dateutil",
    "rapidfuzz",
    "platformdirs",
    "charset_normalizer",
    "pydantic",
    "anyascii",
    "pyrage",
    "jinja2",
    "xlsxwriter",
)


def modules_after(line: list[str], database: Path, **environ: str) -> set[str]:
    """The modules that `tracker LINE` has loaded when it ends."""
    code = (
        "import sys, runpy\n"
        f"sys.argv = ['tracker', *{line!r}]\n"
        "try:\n    runpy.run_module('tracker', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        "print('\\n' + ' '.join(sorted(sys.modules)), file=sys.stderr)\n"
    )
    env = {**os.environ, "TRACKER_DB": str(database), "LANG": "C.UTF-8", **environ}
    env.pop("COVERAGE_PROCESS_START", None)
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    return set(ran.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("line", [["--version"], ["--help"]])
def test_version_and_help_open_no_database_and_draw_nothing(line: list[str], template_database: Path) -> None:
    loaded = modules_after(line, template_database)
    assert not loaded & {*HEAVY, "sqlite3", "tracker.store"}
    assert not [name for name in loaded if name.startswith("tracker.cli.commands.")]


def test_completing_a_command_word_opens_no_database(template_database: Path) -> None:
    words = {"_TRACKER_COMPLETE": "complete_bash", "COMP_WORDS": "tracker rem", "COMP_CWORD": "1"}
    assert not modules_after([], template_database, **words) & {*HEAVY, "sqlite3", "tracker.store"}


def test_a_question_to_a_pipe_imports_neither_rich_nor_the_writing_side(template_database: Path) -> None:
    loaded = modules_after(["remaining", "--csv"], template_database)
    assert "sqlite3" in loaded
    assert not loaded & set(HEAVY)
    assert [name for name in loaded if name.startswith("tracker.cli.commands.")] == ["tracker.cli.commands.remaining"]
