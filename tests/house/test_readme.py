"""The README tells the truth: every example is run as written and prints what is shown under it."""

import re
from pathlib import Path

import pytest
import readme

TEXT = readme.README.read_text(encoding="utf-8")
CHAPTERS = [blocks for blocks in readme.chapters(TEXT) if blocks]


def test_there_are_examples_to_run() -> None:
    assert sum(len(blocks) for blocks in CHAPTERS) >= 6


@pytest.mark.parametrize("number", range(len(CHAPTERS)))
def test_examples_print_what_the_readme_shows(number: int, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for block in CHAPTERS[number]:
        for command in readme.commands(block):
            printed = readme.run(command.typed, tmp_path).replace(f"{tmp_path}/", "")
            assert readme.folded(printed) == readme.folded(command.shown), command.typed


def test_every_command_the_readme_names_exists() -> None:
    from reference import leaves

    known = {leaf.words[0] for leaf in leaves()}
    named = set(re.findall(r"tracker ([a-z]+)\b", "".join(re.findall(r"`[^`\n]*`|^\$ .*$", TEXT, re.MULTILINE))))
    assert named <= known | {"demo"}, named - known
