"""Every command tried with what goes wrong: one sentence on stderr, the documented code, nothing changed, no traceback."""

import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from every_command import ANA, EVA, FOLDERS, LINES, OWN_DATABASE, READS, SOURCE, TWICE, WHOLE_FILES, fill, line
from reference import Leaf, leaves
from shell import Ran, Tracker

LEAVES = {" ".join(leaf.words): leaf for leaf in leaves()}
ON_RECORD = [name for name in LINES if name not in OWN_DATABASE | WHOLE_FILES]
WRITES = [name for name in ON_RECORD if name not in READS]
DOCUMENTED = {0, 2, 3, 4, 5, 10, 11, 12, 13, 130}
NOBODY = 65534


@pytest.fixture(scope="module")
def filled(template_database: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The record that the lines speak of, and the refs that they need."""
    path = tmp_path_factory.mktemp("filled") / "tracker.db"
    shutil.copyfile(template_database, path)
    return path, fill(Tracker(path))


@pytest.fixture
def case(filled: tuple[Path, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tracker:
    """A copy of that record."""
    monkeypatch.chdir(tmp_path)
    shutil.copyfile(filled[0], tmp_path / "tracker.db")
    return Tracker(tmp_path / "tracker.db")


def sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def changesets(path: Path) -> int:
    with sqlite3.connect(path) as db:
        return int(db.execute("SELECT count(*) FROM changesets").fetchone()[0])


def is_a_sentence(ran: Ran, what: object) -> None:
    """Insist that a refusal is told in a few plain lines on stderr, and on nothing else."""
    assert ran.out == "", (what, ran)
    assert "Traceback" not in ran.err, (what, ran)
    assert "should not have" not in ran.err, (what, ran)
    lines = ran.err.strip().splitlines()
    assert 1 <= len(lines) <= 8, (what, ran)
    assert all(len(text) < 1000 for text in lines), (what, ran)
    assert re.search(r"[.:?…”]$", lines[0]), (what, ran)


# Every command has a line, and the line works


def test_every_command_has_a_line():
    assert set(LINES) == set(LEAVES)
    assert set(LINES) >= READS | OWN_DATABASE


@pytest.mark.parametrize("name", ON_RECORD)
def test_the_line_of_each_command_works_and_only_writes_write(case, filled, name):
    before = changesets(case.database)
    ran = case.ok(*line(name, filled[1]))
    assert changesets(case.database) == before + (name not in READS)
    if name in READS - FOLDERS:
        assert ran.out, ran
    else:
        assert ran.out == "", ran
        assert ran.err.strip(), name


# The database


def folder(path: Path) -> None:
    path.mkdir()


def text_file(path: Path) -> None:
    path.write_text("Ana Ruiz,2025-03-02\n" * 200, encoding="utf-8")


def empty_file(path: Path) -> None:
    path.touch()


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.executescript("CREATE TABLE detainees (id TEXT, name TEXT); INSERT INTO detainees VALUES ('1', 'Ana')")
    db.close()


NOT_OURS: dict[str, Callable[[Path], None] | None] = {
    "nothing": None,
    "a folder": folder,
    "a text file": text_file,
    "an empty file": empty_file,
    "a foreign database": foreign,
}


@pytest.mark.parametrize("name", ON_RECORD)
def test_what_is_no_database_of_ours_is_refused_and_not_touched(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    for number, (kind, make) in enumerate(NOT_OURS.items()):
        path = tmp_path / str(number) / "tracker.db"
        path.parent.mkdir()
        if make is not None:
            make(path)
        before = sha(path) if path.is_file() else None
        ran = Tracker(path)(*line(name, {"unnamed": "P-000000", "claim": "K-000000"}))
        assert ran.code == 10, (kind, ran)
        is_a_sentence(ran, (name, kind))
        assert str(path) in ran.err, (kind, ran)
        assert [path.name] * (make is not None) == [file.name for file in path.parent.iterdir()], kind
        assert (sha(path) if path.is_file() else None) == before, kind
    assert not (tmp_path / "whole").exists()


def test_init_refuses_where_something_is_and_leaves_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for number, (kind, make) in enumerate(NOT_OURS.items()):
        path = tmp_path / str(number) / "tracker.db"
        path.parent.mkdir()
        if make is None:
            continue
        make(path)
        before = sha(path) if path.is_file() else None
        ran = Tracker(path)(*line("init", {}))
        assert ran.code in (3, 10, 13), (kind, ran)
        is_a_sentence(ran, kind)
        assert (sha(path) if path.is_file() else None) == before, kind


@pytest.mark.parametrize("name", ON_RECORD)
def test_another_process_holding_the_lock(case, filled, name):
    before = sha(case.database)
    with _held(case.database, "EXCLUSIVE"):
        ran = case(*line(name, filled[1]), env={"TRACKER_BUSY_SECONDS": "0.1"})
    assert ran.code == 11, ran
    is_a_sentence(ran, name)
    assert str(case.database) in ran.err
    assert sha(case.database) == before
    # A program that is only about to write disturbs no reader.
    with _held(case.database, "IMMEDIATE"):
        ran = case(*line(name, filled[1]), env={"TRACKER_BUSY_SECONDS": "0.1"})
    assert ran.code == (0 if name in READS else 11), ran
    assert sha(case.database) == before


class _held:  # noqa: N801  (reads as what it is: with _held(…))
    """Another connection that holds a lock on the database."""

    def __init__(self, path: Path, lock: str) -> None:
        self.db = sqlite3.connect(path, isolation_level=None)
        self.db.execute(f"BEGIN {lock}")

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        self.db.execute("ROLLBACK")
        self.db.close()


@pytest.fixture
def read_only(filled: tuple[Path, dict[str, str]]) -> Iterator[Path]:
    """The record in a folder that the user of the test may read and not write; root asks as nobody."""
    place = Path(tempfile.mkdtemp(prefix="tracker-read-only-"))
    path = place / "tracker.db"
    shutil.copyfile(filled[0], path)
    path.chmod(0o444)
    place.chmod(0o555)
    try:
        yield path
    finally:
        place.chmod(0o755)
        shutil.rmtree(place)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="this system has no users to change to")
@pytest.mark.parametrize("name", ON_RECORD)
def test_a_read_only_folder_can_be_asked_and_not_written(case, read_only, filled, name):
    words = line(name, filled[1])
    case(*words)  # whatever the command imports is imported while it may be read
    if name == "export all":
        words[-1] = str(read_only.parent / "whole")
    before, root = sha(read_only), os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        ran = Tracker(read_only)(*words)
    finally:
        if root:
            os.seteuid(0)
    if name in READS - FOLDERS:
        assert ran.code == 0, ran
        assert ran.out
    else:
        assert ran.code == 13, ran
        is_a_sentence(ran, name)
    assert sha(read_only) == before
    assert [file.name for file in read_only.parent.iterdir()] == ["tracker.db"]


# People, records and sources


def takes(name: str, metavar: str) -> bool:
    """Tell whether the command's line begins with somebody (or something) that is looked up."""
    first = next((param for param in LEAVES[name].command.params if param.param_type_name == "argument"), None)
    return first is not None and metavar in str(first.metavar) and bool(LINES[name])


ABOUT_SOMEBODY = [name for name in ON_RECORD if takes(name, "WHO")]


@pytest.mark.parametrize("name", ABOUT_SOMEBODY)
@pytest.mark.parametrize(
    "who",
    ["Nadie Conocido", "P-zzzzzz", "Nadie", TWICE, "\u202eNadie Conocido", "[bold]Ana[/bold]", "=cmd|' /C calc'!A0", "x" * 10_000],
    ids=["unknown", "unknown ref", "one word", "two of that name", "right to left", "markup", "formula", "10,000 long"],
)  # fmt: skip
def test_somebody_unknown_or_ambiguous_is_told_with_code_4(case, filled, name, who):
    before = sha(case.database)
    words = line(name, filled[1])
    words[len(name.split())] = who
    ran = case(*words)
    unstorable = len(who) == 10_000 or "\u202e" in who  # no name: `release add`, which could create them, says why
    assert ran.code == 4 or (unstorable and ran.code == 3), ran
    is_a_sentence(ran, (name, who))
    if who == TWICE:
        assert len(set(re.findall(r"P-[0-9a-z]{6,}", ran.err))) == 2, ran
    assert "\u202e" not in ran.err
    assert sha(case.database) == before


@pytest.mark.parametrize("name", ABOUT_SOMEBODY)
def test_an_empty_name_is_no_name(case, filled, name):
    before = sha(case.database)
    for empty in ("", "   ", "\u200b"):
        words = line(name, filled[1])
        words[len(name.split())] = empty
        ran = case(*words)
        assert ran.code in (3, 4), ran
        is_a_sentence(ran, (name, empty))
    assert sha(case.database) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("facility", "show", "Rodeo II"), 4),
        (("facility", "edit", "Ramo Verde", "--state", "Miranda"), 4),
        (("source", "show", "nadie-2026-01-12"), 4),
        (("source", "edit", "S-zzzzzz", "--title", "x"), 4),
        (("claimant", "edit", "Foro Penall", "--note", "x"), 4),
        (("claim", "add", "Foro Penall", "released", "3", "-s", SOURCE), 4),
        (("remaining", "--facility", "Rodeo II"), 4),
        (("remaining", "--source", "nadie"), 4),
        (("remaining", "--claimant", "Nadie"), 4),
        (("remaining", "--nationality", "Freedonia"), 3),
        (("remaining", "--standing", "happy"), 3),
        (("remaining", "--known-by", "99999"), 4),
        (("undo", "99999"), 4),
        (("release", "add", ANA, "--on", "2026-01-13", "-c", "Foro Penall", "-s", SOURCE), 4),
        (("release", "add", ANA, "--on", "2026-01-13", "-c", "Foro Libre"), 3),
        (("release", "add", ANA, "--on", "2026-01-13", "-s", "nadie-2026"), 4),
        (("release", "add", ANA, "--on", "2026-01-13", "-f", "Rodeo II"), 4),
        (("release", "add", ANA, "--on", "2026-01-13", "-k", "happily"), 3),
        (("release", "edit", "D-zzzzzz", "--on", "2026-01-13"), 4),
        (("relaese", "add", ANA), 2),
        (("release", "ad", ANA), 2),
        (("release", "add", ANA, "--when", "2026-01-13"), 2),
        (("release", "add", ANA), 2),
        (("show",), 2),
        (("show", "Ana", "Ruiz"), 2),
        (("summary", "--by", "mood"), 3),
        (("remaining", "--limit", "0"), 3),
        (("remaining", "--columns", "name,mood"), 3),
        (("remaining", "--sort", "mood"), 3),
        (("remaining", "--format", "xml"), 3),
        (("remaining", "--csv", "--json"), 3),
        (("check", "no_such_check"), 3),
        (("remaining", "--lang", "fr"), 3),
        (("remaining", "--db", ""), 3),
    ],
)
def test_what_is_not_there_has_its_documented_code(case, words, code):
    before = sha(case.database)
    ran = case(*words)
    assert ran.code == code, ran
    is_a_sentence(ran, words)
    assert sha(case.database) == before


# Values


def options(metavar: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Return (command, option) for each option that takes such a value, one command for what many share."""
    seen: set[tuple[str, str]] = set()
    found = []
    for name in ON_RECORD:
        for param in LEAVES[name].command.params:
            shared = (param.opts[0], str(getattr(param, "help", "")))
            if param.param_type_name != "option" or param.is_flag or not metavar(str(param.metavar)) or shared in seen:
                continue
            seen.add(shared)
            found.append((name, param.opts[0]))
    return found


def given(words: list[str], option: str, value: str, leaf: Leaf) -> list[str]:
    """Return the line with the option's value replaced, or added."""
    names = next(param.opts for param in leaf.command.params if option in param.opts)
    for at, word in enumerate(words):
        if word in names:
            return [*words[: at + 1], value, *words[at + 2 :]]
    return [*words, f"{option}={value}"]


BAD_DATES = ["2026-02-30", "03/04/2024", "mañana", "x" * 10_000, "2026-01\x1b[2J", "\u202e[x]", "[bold]",
             "=cmd|' /C calc'!A0", "2026-01-12T25:00", "2026-13", "1", "2026-02-01..2026-01-01", "0000-01-01",
             "9999999999-01-01", "2026-W01", "2026-02-08T23:45+99:00"]  # fmt: skip
DATES = options(lambda metavar: metavar in ("DATE", "DAY"))


@pytest.mark.parametrize(("name", "option"), DATES, ids=[f"{name} {option}" for name, option in DATES])
def test_a_date_that_cannot_be_read_is_refused(case, filled, name, option):
    before = sha(case.database)
    for value in BAD_DATES:
        ran = case(*given(line(name, filled[1]), option, value, LEAVES[name]))
        assert ran.code == 3, (value, ran)
        is_a_sentence(ran, (name, option, value))
        assert not re.search("[\x00-\x09\x0b-\x1f\u202a-\u202e]", ran.err), (value, ran)
        assert sha(case.database) == before, value


HOSTILE = {
    "empty": "",
    "spaces": "   ",
    "10,000 characters": "x" * 10_000,
    "a control character": "a\x1b[31mb\x07",
    "right to left": "\u202eAna",
    "zero width": "\u200b",
    "markup": "[bold]Ana[/bold] [/red]",
    "a formula": "=cmd|' /C calc'!A0",
    "a byte that is no text": "a\udcffb",
    "a number too long": "9" * 400,
    "a dash": "-",
    "SQL": "'; DROP TABLE detainees; --",
    "a brace": "{name} %s {0}",
}
VALUES = options(lambda metavar: metavar not in ("DATE", "DAY"))
SKIPPED = {"--output"}  # a file of any name may be written
HARMLESS = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def hold(case: Tracker, words: list[str], what: object) -> None:
    """Insist that a line, whatever is in it, either works or is refused in words with nothing changed."""
    before = sha(case.database)
    ran = case(*words)
    assert ran.code in DOCUMENTED, (what, ran)
    assert "should not have" not in ran.err, (what, ran)
    assert not HARMLESS.search(ran.err), (what, ran)
    if ran.code not in (0, 5):
        is_a_sentence(ran, what)
        assert sha(case.database) == before, what


@pytest.mark.parametrize(("name", "option"), VALUES, ids=[f"{name} {option}" for name, option in VALUES])
def test_hostile_values_are_taken_as_they_are_or_refused_in_words(case, filled, name, option):
    # Half of them for each option, by turns: neighbours are read by the same code. The rest with -m long.
    hostile_values(case, filled, name, option, VALUES.index((name, option)) % 2)


@pytest.mark.long
@pytest.mark.parametrize(("name", "option"), VALUES, ids=[f"{name} {option}" for name, option in VALUES])
def test_the_other_hostile_values(case, filled, name, option):
    hostile_values(case, filled, name, option, 1 - VALUES.index((name, option)) % 2)


def hostile_values(case: Tracker, filled: tuple[Path, dict[str, str]], name: str, option: str, turn: int) -> None:
    if option in SKIPPED:
        pytest.skip("a file of any name may be written")
    for kind, value in list(HOSTILE.items())[turn::2]:
        shutil.copyfile(filled[0], case.database)
        hold(case, given(line(name, filled[1]), option, value, LEAVES[name]), (name, option, kind))


@pytest.mark.parametrize("name", [name for name in ON_RECORD if LINES[name] and not LINES[name][0].startswith("-")])
def test_hostile_arguments_are_taken_as_they_are_or_refused_in_words(case, filled, name):
    words = line(name, filled[1])
    start = len(name.split())
    arguments = next((at for at, word in enumerate(words) if word.startswith("-")), len(words))
    for at in range(start, arguments):
        for kind, value in HOSTILE.items():
            if name == "export all" and kind != "empty":
                continue  # a folder of any name may be written
            shutil.copyfile(filled[0], case.database)
            hold(case, [*words[:at], value, *words[at + 1 :]], (name, at, kind))


def test_invisible_marks_pasted_around_a_date_or_a_name_do_not_matter(case):
    case.ok("release", "add", "\u200eAna Ruiz Prieto\u200f", "--on", "\u200e2026-01-13\u200f", "-s", SOURCE)
    [row] = case.rows("release", "list", ANA)
    assert row["on"] == "2026-01-13"


@pytest.mark.parametrize("text", ["[bold]Ana[/bold] Ruiz [/red]", "=cmd|' /C calc'!A0 Ruiz", "Ana {0} %s Ruiz"])
def test_a_strange_name_prints_as_it_is(case, text):
    case.ok("detainee", "add", text, "--detained-on", "2025", "--note", text)
    assert text in case.ok("remaining").out
    assert text in [row["name"] for row in case.rows("remaining")]
    assert text in case.ok("show", text).out
    spreadsheet = case.ok("remaining", "--csv", "--for-spreadsheet", "--columns", "name").out.splitlines()
    assert not any(cell.lstrip('"').startswith(("=", "+", "-", "@")) for cell in spreadsheet)


@pytest.mark.parametrize("text", ["Ana\x00Ruiz", "Ana\x1b[2JRuiz", "\u202eAna Ruiz", "x" * 10_000, "12345"])
def test_a_list_with_a_line_that_is_no_name_is_refused_whole(case, text):
    before = sha(case.database)
    ran = case("release", "add", "-", "--create", "--on", "2026-01-13", stdin=f"Iris León Vidal\n{text}\n")
    assert ran.code == 3, ran
    is_a_sentence(ran, text)
    assert not HARMLESS.search(ran.err), ran
    assert sha(case.database) == before


def test_numbers_and_lists_that_are_too_much(case):
    before = sha(case.database)
    for words in (
        ("release", "add", "--unnamed", "100000000", "--on", "2026-01-12"),
        ("release", "add", "--unnamed", "-1", "--on", "2026-01-12"),
        ("release", "add", "--unnamed", "0", "--on", "2026-01-12"),
        ("release", "add", "--on", "2026-01-12"),
        ("detainee", "add", "Iris León", "--age", "400"),
        ("claim", "add", "Foro Libre", "released", "80-50", "-s", SOURCE),
        ("claim", "add", "Foro Libre", "released", "9" * 30, "-s", SOURCE),
        ("claim", "add", "Foro Libre", "released", "-5", "-s", SOURCE),
    ):
        ran = case(*words)
        assert ran.code in (2, 3), (words, ran)
        is_a_sentence(ran, words)
        assert sha(case.database) == before, words


# Pipes and Ctrl-C


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("seeded") / "tracker.db"
    Tracker(path).ok("init", "--seed", "venezuela-2026")
    return path


def environment(path: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TRACKER_")}
    root = str(Path(__file__).parents[2])
    return {**kept, "TRACKER_DB": str(path), "PYTHONPATH": root, "PYTHONWARNINGS": "error", "LANG": "C.UTF-8"}


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
@pytest.mark.parametrize("words", ["remaining --limit all", "export list", "claim list --json", "remaining --help"])
def test_a_pipe_closed_early_is_no_error(seeded, words):
    ran = subprocess.run(
        ["bash", "-c", f"set -o pipefail; '{sys.executable}' -m tracker {words} | head -1"],
        env=environment(seeded), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran
    assert ran.stdout.count("\n") == 1
    assert not re.search("Traceback|Exception|Broken", ran.stderr), ran.stderr


def test_a_full_disk_under_stdout_is_told(seeded):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run([sys.executable, "-m", "tracker", "remaining", "--limit", "all"], stdout=full,
                             stderr=subprocess.PIPE, env=environment(seeded), text=True, timeout=60, check=False)  # fmt: skip
    assert ran.returncode == 13, ran
    assert "Traceback" not in ran.stderr, ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals here")
@pytest.mark.parametrize(
    ("words", "prompt"),
    [
        (["detainee", "delete", ANA, "--with-everything"], r"\[y/N\]"),
        (["release", "add", EVA, "--on", "2026-03-01"], "Enter"),
        (["detainee", "edit", TWICE, "--note", "x"], "Enter"),
        (["show", TWICE], "Enter"),
        (["release", "add", TWICE, "--on", "2026-01-13"], "Enter"),
        (["source", "delete", "sin-citas-2026-01-13"], r"\[y/N\]"),
    ],
)
def test_ctrl_c_at_a_prompt_changes_nothing(case, words, prompt):
    before = sha(case.database)
    said = _interrupted(words, prompt, case.database)
    assert said[0] == 130, said
    assert "Traceback" not in said[1]
    assert sha(case.database) == before


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals here")
def test_ctrl_c_while_init_asks_leaves_nothing(tmp_path):
    code, said = _interrupted(["init"], r"\?|:|\]", tmp_path / "new.db")
    assert code == 130, said
    assert list(tmp_path.iterdir()) == []


def _interrupted(words: list[str], prompt: str, path: Path) -> tuple[int | None, str]:
    """Run on a pseudo-terminal, press Ctrl-C at the prompt, return the exit code and all that was shown."""
    pexpect: Any = pytest.importorskip("pexpect")
    child = pexpect.spawn(
        sys.executable, ["-m", "tracker", *words], env=environment(path), encoding="utf-8", timeout=30
    )
    child.expect(prompt)
    said = child.before + child.after
    time.sleep(0.3)  # a person's time: until the program waits for the answer
    child.sendintr()
    child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus, said + child.before
