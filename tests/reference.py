"""Every command of the program, walked from the tree: for the README's reference (cog) and for the tests."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import typer

from tracker.cli.app import app
from tracker.cli.tree import TREE


class Leaf(NamedTuple):
    """One command that can be run: its words after `tracker`, and the built command."""

    words: tuple[str, ...]
    command: Any

    @property
    def examples(self) -> list[str]:
        return (self.command.epilog or "").splitlines()

    @property
    def first_line(self) -> str:
        return (self.command.help or "").splitlines()[0] if self.command.help else ""


def leaves() -> Iterator[Leaf]:
    """Yield every command in the order of the tree."""
    root: Any = typer.main.get_command(app)
    for panel in TREE.values():
        for name in panel:
            built = root.get_command(None, name)
            verbs = getattr(built, "commands", None)
            if verbs is None:
                yield Leaf((name,), built)
            else:
                for verb, command in verbs.items():
                    yield Leaf((name, verb), command)


def markdown() -> str:
    """Return the reference as a Markdown table, one line per command."""
    lines = ["| command | does |", "|---|---|"]
    lines += [
        f"| `tracker {' '.join(leaf.words)}` | {leaf.first_line.replace('|', chr(92) + '|')} |" for leaf in leaves()
    ]
    return "\n".join(lines)
