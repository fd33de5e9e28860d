"""The README's worked examples, run as written: each ```console block, command by command, in one folder per chapter.

`python tests/house/readme.py` runs them all and writes today's output back into README.md; the test compares.
What differs from run to run (refs, hashes, times, today) is folded away before comparing.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

README = Path(__file__).parents[2] / "README.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEW_FOLDER = "<!-- a new folder -->"

FOLDED = (
    (re.compile(r"\b([PDYRFSCKQ])-[0-9a-hjkmnp-tv-z]{6,}"), r"\1-……"),
    (re.compile(r"\(([0-9a-f]{8,16})\)"), "(hash)"),
    (re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d[-+]\d\d:\d\d"), "WHEN"),
    (re.compile(r"tracker-demo-\w+"), "tracker-demo-…"),
    (re.compile(r"[^\s']*/tracker\.db"), "…/tracker.db"),
    (re.compile(r"(Standing: as of |, as of )\d{4}-\d\d-\d\d"), r"\1TODAY"),  # where nothing says which day
    (re.compile(r"-{4,}"), "----"),
    (re.compile(r" {2,}"), "  "),
    (re.compile(r" +$", re.MULTILINE), ""),
)


class Command(NamedTuple):
    """A command as typed (several lines where they are continued), and the output shown under it."""

    typed: str
    shown: str


def commands(block: str) -> list[Command]:
    """Return the commands of a block with their output. Lines beginning with `> ` continue a command."""
    found: list[list[str]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append([line, ""])
        elif line.startswith("> ") and not found[-1][1]:
            found[-1][0] += "\n" + line
        else:
            found[-1][1] += line + "\n"
    return [Command(*pair) for pair in found]


def as_script(typed: str) -> str:
    """Return what the shell is given: without the prompts."""
    return "\n".join(line[2:] for line in typed.splitlines())


def run(typed: str, folder: Path) -> str:
    """Run a command in `folder` as a user would and return all it prints, both streams in order."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("TRACKER", "COV_", "PYTEST"))}
    env |= {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{env.get('PATH', '')}",
        "HOME": str(folder), "XDG_DATA_HOME": str(folder / ".local"), "LC_ALL": "C.UTF-8", "COLUMNS": "100",
        "TRACKER_ACTOR": "maria",
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", as_script(typed)], cwd=folder, env=env, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    return done.stdout if done.stdout.endswith("\n") or not done.stdout else done.stdout + "\n"


def folded(text: str) -> str:
    """Return `text` without what differs from run to run."""
    for pattern, instead in FOLDED:
        text = pattern.sub(instead, text)
    return text.strip()


def chapters(text: str) -> list[list[str]]:
    """Return the blocks of each chapter; a chapter begins in a folder of its own."""
    return [BLOCK.findall(part) for part in text.split(NEW_FOLDER)]


def rewritten(text: str) -> str:
    """Return the README with the output of today."""
    parts = []
    for part in text.split(NEW_FOLDER):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "data").mkdir()

            def again(block: re.Match[str], folder: Path = folder) -> str:
                lines = [f"{one.typed}\n{run(one.typed, folder)}" for one in commands(block[1])]
                return "```console\n" + "".join(lines).replace(f"{folder}/", "") + "```"

            parts.append(BLOCK.sub(again, part))
    return NEW_FOLDER.join(parts)


if __name__ == "__main__":
    README.write_text(rewritten(README.read_text(encoding="utf-8")), encoding="utf-8")
