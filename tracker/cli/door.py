"""The error door: every failure leaves through here, as one sentence on stderr and the documented exit code."""

import errno
import os
import sys
from contextlib import suppress
from typing import Any

from typer import Abort, Exit, TyperException

from tracker.errors import DiskTrouble, Interrupted, TrackerError
from tracker.i18n import N_, _

MOST_CANDIDATES = 20
LONGEST_PATH = 500
PUBLIC_INSTEAD = {
    "show": "export list",
    "history": "export list",
    "detention list": "export list",
    "release list": "export releases",
    "source list": "export sources",
    "source show": "export sources",
    "claim list": "export claims",
    "claimant list": "export claims",
    "facility list": "summary --by facility",
    "facility show": "summary --by facility",
    "nationality list": "summary --by nationality",
}
"""Commands that show what is not for publication → what tells the public of the same."""


def tell(error: TrackerError) -> int:
    """Print what went wrong and what to do, return the exit code."""
    from tracker.domain.text import safe

    lines = [safe(error.message, keep_newlines=True)] if error.message else []
    lines += [f"  {safe(line)}" for line in error.candidates[:MOST_CANDIDATES]]
    if len(error.candidates) > MOST_CANDIDATES:
        lines.append("  " + _("… and {n} more").format(n=len(error.candidates) - MOST_CANDIDATES))
    if error.hint:
        lines.append(safe(error.hint, keep_newlines=True))
    if lines:
        print("\n".join(lines), file=sys.stderr)
    return error.code


def usage(problem: TyperException) -> int:
    """Print what cannot be read on the command line, in the language in force; returns 2."""
    from tracker.domain.text import safe

    print(safe(_usage_sentence(problem)), file=sys.stderr)
    context = getattr(problem, "ctx", None)
    if context is not None:
        print(_("Try '{command} --help'.").format(command=context.command_path), file=sys.stderr)
    return 2


def _usage_sentence(problem: Any) -> str:  # noqa: PLR0911  (one line per kind of error)
    """Put a usage error into our words; Typer's own are English only."""
    kind = type(problem).__name__
    param = getattr(problem, "param", None)
    if kind == "NoSuchOption":
        if problem.option_name == "--public" and (said := _for_publication(problem)):
            return said
        near = list(problem.possibilities or ())[:1]
        sentence = _("There is no option {option}.").format(option=problem.option_name)
        return f"{sentence} {_('Did you mean {near}?').format(near=', '.join(near))}" if near else sentence
    if kind == "MissingParameter" and param is not None:
        if param.param_type_name == "argument":
            return _("{name} is missing.").format(name=param.make_metavar(problem.ctx))
        return _("{option} is missing.").format(option=" / ".join(param.opts))
    if kind == "BadOptionUsage":
        option = problem.option_name
        wants = "not take" not in problem.message
        sentence = _("{option} needs a value after it.") if wants else _("{option} takes no value.")
        return sentence.format(option=option)
    if kind == "BadParameter" and param is not None:
        return _("{option} cannot be read: it takes a whole number.").format(option=" / ".join(param.opts))
    if problem.message.startswith("Got unexpected extra"):
        extra = problem.message.rpartition("(")[2].rstrip(")")
        return _("There are words too many: {words}. Put a name of several words in quotes.").format(words=extra)
    return str(problem.message)


def _for_publication(problem: Any) -> str:
    """Return the sentence for `--public` where there is none, naming what gives the same to the public."""
    path = problem.ctx.command_path if problem.ctx is not None else ""
    public = PUBLIC_INSTEAD.get(path.partition(" ")[2])
    if public is None:
        return ""
    return _("'{command}' is not for publication, it has no --public. For publication: {public}").format(
        command=path, public=f"tracker {public} --public"
    )


def unexpected(error: BaseException) -> int:
    """Print that something is wrong with the program itself, never the error's text: it may hold names."""
    if os.environ.get("TRACKER_DEBUG"):
        import traceback

        traceback.print_exception(error)
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    where = f"{frame.tb_frame.f_globals.get('__name__', '?')}:{frame.tb_lineno}" if frame else "?"
    print(
        _("Something went wrong that should not have ({kind} at {where}). Nothing was changed.").format(
            kind=type(error).__name__, where=where
        ),
        file=sys.stderr,
    )
    print(_("Set TRACKER_DEBUG=1 to see the technical details; they may contain names."), file=sys.stderr)
    return 1


def leave(error: BaseException) -> int:  # noqa: PLR0911  (one line per way out)
    """Return the exit code for anything raised by a command, having said what there is to say."""
    if isinstance(error, TrackerError):
        return tell(error)
    if isinstance(error, Exit):
        return error.exit_code
    if isinstance(error, BrokenPipeError):
        _close_quietly()
        return 0
    if isinstance(error, OSError):
        return tell(disk_trouble(error))
    if isinstance(error, KeyboardInterrupt | Abort | EOFError):
        print(file=sys.stderr)
        return tell(Interrupted(_("Stopped. Nothing was changed.")))
    if isinstance(error, TyperException):
        return usage(error)
    return unexpected(error)


REASONS = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk quota is used up"),
    errno.EACCES: N_("no permission"),
    errno.EPERM: N_("no permission"),
    errno.EROFS: N_("the disk can only be read"),
    errno.ENOENT: N_("it is not there"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("part of its path is not a folder"),
    errno.ELOOP: N_("it is a link; name the file itself"),
    errno.ENAMETOOLONG: N_("the name is too long"),
}


def disk_trouble(error: OSError) -> DiskTrouble:
    """Return the sentence for a file or folder that cannot be read or written."""
    from tracker.domain.text import brief

    why = _(REASONS[error.errno]) if error.errno in REASONS else (error.strerror or type(error).__name__)
    path = brief(str(error.filename2 or error.filename or _("a file")), LONGEST_PATH)
    return DiskTrouble(
        _("Cannot read or write {path}: {why}.").format(path=path, why=why),
        hint=_("Nothing was changed. Name another file or folder, or make room."),
    )


def _close_quietly() -> None:
    """Point stdout at nothing, so that Python's own flush at exit does not complain about the closed pipe."""
    with suppress(BrokenPipeError, ValueError):
        sys.stdout.flush()
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
