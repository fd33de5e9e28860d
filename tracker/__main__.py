"""`tracker` and `python -m tracker`: choose the language, then build the command line in it."""

import gc
import gettext
import os
import sys

from tracker import i18n


def main() -> None:
    """Run the command line on `sys.argv`; exits with the documented code."""
    gc.set_threshold(100_000)  # looking for garbage at every 700th object costs 5 ms of a start that makes none
    os.umask(0o077)  # whatever we write is for its owner alone
    i18n.set_language(i18n.choose_language(sys.argv[1:]))
    # Typer takes its few words of its own ("Options", "required") from gettext when it is imported.
    gettext.gettext = i18n._
    from tracker.cli.app import app

    app(prog_name="tracker")


if __name__ == "__main__":
    main()
