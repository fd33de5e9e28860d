"""Ctrl-C while the program is still being loaded: one sentence and 130, as at any other time."""

import subprocess
import sys

import pytest

LOADED = """
import importlib.abc, os, signal, sys
class Stopper(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Stopper())
sys.argv = ["tracker", "remaining", "--lang", {language!r}]
from tracker.__main__ import main
main()
"""


@pytest.mark.parametrize(
    "module", ["tracker.cli.app", "typer.core", "tracker.cli.tree", "tracker.cli.commands.remaining"]
)
@pytest.mark.parametrize(
    ("language", "said"), [("en", "Stopped. Nothing was changed."), ("es", "Interrumpido. No se cambió nada.")]
)
def test_a_stop_while_modules_are_loaded_is_one_sentence(module: str, language: str, said: str) -> None:
    script = LOADED.format(module=module, language=language)
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr.strip()) == (130, "", said)
