"""Commands and nouns as this program builds them: translated, with examples, their options declared once.

A command module reads:

    commands = Commands("release", N_("Add and correct releases."))

    @commands.verb("add", N_("Record that somebody left prison."), examples=("tracker release add 'Ana Ruiz' …",))
    def add(who: Who, cited: Cited, …) -> None: …

A parameter annotated with a dataclass whose fields are Typer options (`options.py`) is spread into those
options on the command line and arrives as one object.
"""

import inspect
from collections.abc import Callable, Sequence
from dataclasses import MISSING, fields, is_dataclass
from typing import Any, TypeVar, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from tracker.cli import context
from tracker.errors import BadValue
from tracker.i18n import _

Body = TypeVar("Body", bound=Callable[..., None])


def _translated_help(command: Any) -> None:
    """Give the built-in options their words in the language in force."""
    for param in command.params:
        if param.name == "install_completion":
            param.help = _("Install completion for the current shell.")
        elif param.name == "show_completion":
            param.help = _("Show completion for the current shell, to copy or adapt it.")


class _Helpful:
    """Help and usage lines in the language in force (Typer's own are English in the code)."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        pieces = [_(piece) for piece in self.collect_usage_pieces(ctx)]  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=_("Usage: "))

    def get_help_option(self, ctx: Any) -> Any:
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this message and exit.")
        _translated_help(self)
        return option

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        """Write the examples one to a line, as they would be typed."""
        if self.epilog:  # type: ignore[attr-defined]
            with formatter.section(_("Examples")):
                for line in self.epilog.splitlines():  # type: ignore[attr-defined]
                    formatter.write(f"  {line}\n")


RECORDING = frozenset({"add", "transfer", "identify", "verify", "retake", "death"})
"""Verbs that record something new: there an empty value is a fact lost (an unset variable), never one taken away."""
WITH_OWN_WORDS = frozenset({"output", "columns"})
"""Options that say in words of their own what they need."""


class Command(_Helpful, TyperCommand):
    """One command."""

    def invoke(self, ctx: Any) -> Any:
        """Run it. Raises `BadValue` for an empty option where something is recorded."""
        context.asked.publishes = any(param.name == "public" for param in self.params)
        if self.name in RECORDING:
            for param in self.params:
                if param.param_type_name == "option" and param.name not in WITH_OWN_WORDS:
                    refuse_empty(param.opts[0], ctx.params.get(str(param.name)))
        return super().invoke(ctx)


class Noun(_Helpful, TyperGroup):
    """A word with verbs: `tracker release add`."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the verb; a miss is told with the nearest ones."""
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing and not args[0].startswith("-"):
            ctx.fail(no_such_command(args[0], self.list_commands(ctx)))
        return super().resolve_command(ctx, args)


def refuse_empty(option: str, given: object) -> None:
    """Raise `BadValue` where an option's value, or one of its values, is an empty text."""
    for text in given if isinstance(given, list | tuple) else (given,):
        if isinstance(text, str) and not text.strip():
            raise BadValue(
                _("{option} is empty.").format(option=option),
                hint=_("Give it a value, or leave it out where nothing is known. Nothing was changed."),
            )


def no_such_command(word: str, known: Sequence[str]) -> str:
    """Return the sentence for a word that is not a command, with the nearest one."""
    from difflib import get_close_matches

    from tracker.domain.text import brief

    near = get_close_matches(word, known, n=1)
    message = _("There is no command {word!r}.").format(word=brief(word))
    return f"{message} {_('Did you mean {near!r}?').format(near=near[0])}" if near else message


def _spread(body: Callable[..., None]) -> Callable[..., None]:
    """Return `body` taking each field of its dataclass parameters as an option of its own."""
    hints = get_type_hints(body, include_extras=True)
    groups = {name: kind for name, kind in hints.items() if is_dataclass(kind)}
    taken: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(body).parameters.items():
        if name not in groups:
            taken.append(parameter.replace(annotation=hints[name]))
            continue
        inner = get_type_hints(groups[name], include_extras=True)
        for one in fields(groups[name]):
            default = one.default if one.default_factory is MISSING else one.default_factory()
            taken.append(
                inspect.Parameter(one.name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=inner[one.name])
            )
    arguments = [one for one in taken if one.kind is not inspect.Parameter.KEYWORD_ONLY]
    options = [one for one in taken if one.kind is inspect.Parameter.KEYWORD_ONLY]

    def run(**given: Any) -> None:
        for name, kind in groups.items():
            make: Any = kind
            given[name] = make(**{one.name: given.pop(one.name) for one in fields(kind)})
        body(**given)

    # Typer reads the options from the signature; it must not look through to the body's own.
    run.__name__, run.__doc__ = body.__name__, body.__doc__
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in (*arguments, *options)]
    )
    run.__annotations__ = {one.name: one.annotation for one in taken}
    return run


class Commands(typer.Typer):
    """The commands of one module: a noun with verbs, or a single command of the module's name."""

    def __init__(self, name: str, help_: str) -> None:
        super().__init__(
            name=name,
            help=_(help_),
            cls=Noun,
            no_args_is_help=True,
            add_completion=False,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
        )

    def verb(self, name: str, help_: str, *, examples: Sequence[str] = (), details: str = "") -> Callable[[Body], Body]:
        """Register a function as the verb `name`.

        `help_` and `details` are English marked with `N_`; `examples` are lines as they would be typed.
        """
        text = _(help_) + (f"\n\n{_(details)}" if details else "")

        def register(body: Body) -> Body:
            self.command(name, cls=Command, help=text, epilog="\n".join(examples) or None)(_spread(body))
            return body

        return register
