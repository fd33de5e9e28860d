"""The root of the command line: commands found lazily, global options anywhere on the line, one error door."""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated, Any

import typer
from typer import TyperException
from typer.core import TyperGroup

from tracker.cli import context, door
from tracker.cli.command import Command, Noun, no_such_command
from tracker.cli.tree import TREE
from tracker.i18n import _


class Tree(Noun):
    """`tracker` itself. A command's module is imported only when it is named."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return every word that may follow `tracker`."""
        return [name for panel in TREE.values() for name in panel]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the named command's module and build it; None where there is no such command."""
        for panel in TREE.values():
            if cmd_name in panel and cmd_name not in self.commands:
                commands = import_module(f"tracker.cli.commands.{panel[cmd_name].module}").commands
                built = typer.main.get_command(commands)
                if isinstance(built, TyperGroup) and list(built.commands) == [cmd_name]:
                    built = built.commands[cmd_name]
                self.commands[cmd_name] = built
        return self.commands.get(cmd_name)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command; a miss is told with the nearest ones."""
        if self.get_command(ctx, args[0]) is None and not ctx.resilient_parsing and not args[0].startswith("-"):
            ctx.fail(no_such_command(args[0], self.list_commands(ctx)))
        return TyperGroup.resolve_command(self, ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """Offer the words of the tree without importing their modules."""
        from typer import core

        offered: Any = core.CompletionItem  # type: ignore[attr-defined]
        found = [
            offered(name, help=_(entry.help))
            for panel in TREE.values()
            for name, entry in panel.items()
            if name.startswith(incomplete)
        ]
        return found or super().shell_complete(ctx, incomplete)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """List the tree by panels, from the table alone."""
        for panel, entries in TREE.items():
            with formatter.section(_(panel)):
                formatter.write_dl([(name, _(entry.help)) for name, entry in entries.items()], col_max=14)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the global options out of the line, wherever they stand, then read the rest."""
        return super().parse_args(ctx, context.take_global(args, strict=not ctx.resilient_parsing))

    def invoke(self, ctx: Any) -> Any:
        """Run the command; whatever it raises leaves through the one door."""
        try:
            value = super().invoke(ctx)
            context.flush()
        except TyperException:
            raise
        except BaseException as error:
            raise typer.Exit(door.leave(error)) from error
        return value

    def main(self, args: Sequence[str] | None = None, **extra: Any) -> Any:  # type: ignore[override]
        """Read the line and run it; exits with the documented code."""
        standalone = extra.pop("standalone_mode", True)
        try:
            code = super().main(args, standalone_mode=False, **extra)
        except SystemExit:
            raise
        except BaseException as error:  # noqa: BLE001  (the door is where everything ends)
            if type(error).__name__ == "NoArgsIsHelpError":
                print(error.ctx.get_help())  # type: ignore[attr-defined]
                code = 0
            else:
                code = door.leave(error)
        if standalone:
            raise SystemExit(code if isinstance(code, int) else 0)
        return code


app = typer.Typer(
    name="tracker",
    cls=Tree,
    add_completion=True,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_("A record of political detainees and their releases: who remains detained, who said so, since when.")
    + "\n\n"
    + _("Accepted anywhere on the line: --db FILE, --lang en|es, --actor NAME, --no-input."),
)


def _version(asked: bool) -> None:
    if asked:
        from tracker import __version__

        print(f"tracker {__version__}")
        raise typer.Exit


@app.callback(cls=Tree)
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help=_("Show the version and exit.")),
    ] = False,
) -> None:
    """Nothing to do before a command."""


__all__ = ["Command", "app"]
