"""`tracker` and `python -m tracker`: choose the language, then build the command line in it."""

import os
import signal
import sys
from typing import Any

from tracker import i18n


def main() -> None:
    """Run the command line on `sys.argv`; exits with the documented code."""
    i18n.set_language(i18n.choose_language(sys.argv[1:]))
    before = _stop_at_once()
    import gc
    import gettext

    gc.set_threshold(100_000)  # looking for garbage at every 700th object costs 5 ms of a start that makes none
    os.umask(0o077)  # whatever we write is for its owner alone
    # Typer takes its few words of its own ("Options", "required") from gettext when it is imported.
    gettext.gettext = i18n._
    from tracker.cli.app import app

    if before is not None:
        signal.signal(signal.SIGINT, before)  # from here on the error door says what became of it
    app(prog_name="tracker")


def _stop_at_once() -> Any:
    """Let Ctrl-C end the process with one sentence; return how it was met before, None where it is not ours to meet.

    For while the modules are loaded: a KeyboardInterrupt in the middle of an import can come out as any error.
    """
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        return None
    sentence = "\n" + i18n._("Stopped. Nothing was changed.") + "\n"

    def stop(*_signal: object) -> None:
        os.write(2, sentence.encode())
        os._exit(130)

    return signal.signal(signal.SIGINT, stop)


if __name__ == "__main__":
    main()
