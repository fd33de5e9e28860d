"""Help cannot drift: every command has a line of help and an example, and every option says what it is for."""

import shlex

import pytest
from reference import Leaf, leaves

from tracker.cli.tree import TREE

LEAVES = list(leaves())
NAMED = {" ".join(leaf.words): leaf for leaf in LEAVES}


@pytest.mark.parametrize("leaf", LEAVES, ids=NAMED)
def test_every_command_has_help_and_a_typed_example(leaf: Leaf) -> None:
    assert leaf.first_line.endswith("."), leaf.words
    assert leaf.examples, f"{leaf.words} has no example"
    for example in leaf.examples:
        assert f"tracker {' '.join(leaf.words)}" in example, (leaf.words, example)


@pytest.mark.parametrize("leaf", LEAVES, ids=NAMED)
def test_every_option_and_argument_is_explained(leaf: Leaf) -> None:
    for param in leaf.command.params:
        assert getattr(param, "help", None), (leaf.words, param.name)


@pytest.mark.parametrize("leaf", LEAVES, ids=NAMED)
def test_examples_use_options_that_exist(leaf: Leaf) -> None:
    known = {name for param in leaf.command.params for name in (*param.opts, *param.secondary_opts)}
    known |= {"--db", "--lang", "--actor", "--no-input", "--help", "-h"}
    for example in leaf.examples:
        words = shlex.split(example.partition("tracker ")[2].partition(" | ")[0])
        options = [word.partition("=")[0] for word in words if word.startswith("-") and len(word) > 1]
        assert set(options) <= known, (leaf.words, example, set(options) - known)


def test_the_tree_says_of_single_commands_what_their_help_says() -> None:
    entries = {name: entry for panel in TREE.values() for name, entry in panel.items()}
    for leaf in LEAVES:
        if len(leaf.words) == 1:
            assert leaf.first_line == entries[leaf.words[0]].help
