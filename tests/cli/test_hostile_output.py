"""Every command, found in the tree, on a record full of strings made to hurt: whatever the format, nothing of it acts."""

import csv
import io
import shutil
from pathlib import Path

import hostile
import pytest
from every_command import ANA, LINES, OWN_DATABASE, READS, WHOLE_FILES, fill, line
from reference import leaves
from shell import Tracker

from tracker.cli.output import FORMATS
from tracker.store import Store

LEAVES = {" ".join(leaf.words): {param.name for param in leaf.command.params} for leaf in leaves()}
WITH_FORMATS = [name for name in LINES if name in READS and {"format", "output"} <= LEAVES[name]]
OTHERS = [name for name in LINES if name not in {*WITH_FORMATS, *OWN_DATABASE, *WHOLE_FILES}]


@pytest.fixture(scope="module")
def record(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The record of every command's line, its first person and much else full of hostile strings."""
    folder = tmp_path_factory.mktemp("hostile")
    path = folder / "tracker.db"
    shutil.copyfile(template_database, path)
    with pytest.MonkeyPatch.context() as here:
        here.chdir(folder)
        refs = fill(Tracker(path))
    hostile.fill(Store.open(path), ANA)
    return path, refs


@pytest.fixture
def tracker(record: tuple[Path, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tracker:
    monkeypatch.chdir(tmp_path)
    return Tracker(Path(shutil.copyfile(record[0], tmp_path / "tracker.db")))


def check(tracker: Tracker, words: list[str], form: str, *more: str) -> None:
    """Run a question into a file, and hold the file against what its format must be."""
    file = Path(f"out.{form}")
    file.unlink(missing_ok=True)
    ran = tracker(*words, "--format", form, "-o", str(file), *more)
    assert ran.code in (0, 5), (words, form, ran.err[:500])
    hostile.terminal(ran.out + ran.err)
    if not file.exists():
        return
    if form == "xlsx":
        hostile.as_xlsx(file.read_bytes())
        return
    with file.open(encoding="utf-8", newline="") as opened:
        text = opened.read()
    if form == "csv":
        hostile.as_csv(text, spreadsheet="--for-spreadsheet" in more)
    else:
        {"table": hostile.terminal, "json": hostile.as_json, "md": hostile.as_markdown, "html": hostile.as_html}[form](
            text
        )


@pytest.mark.parametrize("place", range(len(WITH_FORMATS)), ids=WITH_FORMATS)
def test_no_answer_acts(tracker: Tracker, record: tuple[Path, dict[str, str]], place: int) -> None:
    """Two formats of each answer, in turn: each format is tried on many, and the long form tries all on all."""
    words = line(WITH_FORMATS[place], record[1])
    for form in (FORMATS[place % len(FORMATS)], FORMATS[(place + 3) % len(FORMATS)]):
        check(tracker, words, form)
    if place % 3 == 0:
        check(tracker, words, "csv", "--for-spreadsheet")


@pytest.mark.long
@pytest.mark.parametrize("name", WITH_FORMATS)
def test_no_format_of_any_answer_acts(tracker: Tracker, record: tuple[Path, dict[str, str]], name: str) -> None:
    words = line(name, record[1])
    for form in FORMATS:
        check(tracker, words, form)
    check(tracker, words, "csv", "--for-spreadsheet")


@pytest.mark.parametrize("name", WITH_FORMATS)
def test_nothing_acts_on_a_screen(
    tracker: Tracker, record: tuple[Path, dict[str, str]], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.cli.context.on_terminal", lambda: True)
    for form in ("table", "csv"):
        ran = tracker(*line(name, record[1]), "--format", form, *(["-o", "-"] if name.startswith("export") else []))
        assert ran.code in (0, 5), ran.err[:500]
        hostile.terminal(ran.out + ran.err)


@pytest.mark.parametrize("name", OTHERS)
def test_nothing_that_any_other_command_says_acts(
    tracker: Tracker, record: tuple[Path, dict[str, str]], name: str
) -> None:
    ran = tracker(*line(name, record[1]))
    assert ran.code != 1, ran.err
    hostile.terminal(ran.out + ran.err)


def test_nothing_is_lost_for_machines(tracker: Tracker) -> None:
    names = [
        row["name"] for row in csv.DictReader(io.StringIO(tracker.ok("detainee", "list", "--csv").out, newline=""))
    ]
    expected = {f"{text} {number}" for number, text in enumerate(hostile.STRINGS) if "\x00" not in text}
    assert expected <= set(names)


def test_what_was_written_is_shown_and_not_obeyed(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.cli.context.on_terminal", lambda: True)
    shown = "".join(
        tracker.ok("detainee", "list", "--columns", "name", "--limit", "all", "--format", "table").out.split()
    )
    for text in (
        "[boldred]Ana[/boldred]",
        "[/]",
        ":smile::warning:",
        "Ana[bloque4]Ruiz",
        "\\u001B[31mRojo",
        "A" * 10_000,
    ):
        assert text in shown
