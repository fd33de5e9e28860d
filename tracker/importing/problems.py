"""What is wrong with a file: collected with its place, told all at once, and nothing is written."""

from dataclasses import dataclass, field

from tracker.domain.text import quoted
from tracker.errors import BadValue, TrackerError
from tracker.i18n import _, ngettext

MOST_TOLD = 20


@dataclass(slots=True)
class Problems:
    """The problems met so far: `told` has a line for each of the first ones, `count` is how many there are.

    `by_row`, where it is a dict, keeps every sentence under the number of its row.
    """

    told: list[str] = field(default_factory=list)
    count: int = 0
    by_row: dict[int, list[str]] | None = None
    repeated: int = 0
    """How many of them were told already of the same row."""

    broken: str | None = None
    """Where and why the file could not be read on; what follows is in no row."""

    _row: tuple[str, int] | None = None
    _of_row: set[tuple[str | None, str, str | None]] = field(default_factory=set)

    def add(
        self, message: str, *, file: str, row: int | None = None, column: str | None = None, value: str | None = None
    ) -> None:
        """Add one: `message` is a sentence in the user's language, `row` counts the header as 1.

        The same of one row again is the same problem: a row that names two sources is read for each.
        """
        self.count += 1
        if row is not None and self._told_already(file, row, (column, message, value)):
            self.repeated += 1
            return
        if self.by_row is not None and row is not None:
            about = "" if column is None else f"{column}: "
            self.by_row.setdefault(row, []).append(f"{about}{message}")
        if self.count - self.repeated > MOST_TOLD:
            return
        place = [file]
        if row is not None:
            place.append(_("row {row}").format(row=row))
        if column is not None:
            place.append(column if value is None else f"{column} {quoted(value, 40)}")
        self.told.append(f"{', '.join(place)}: {message}")

    def breaks_off(self, message: str, *, file: str, row: int) -> None:
        """Note that the file cannot be read on from a row: not one of its rows can be taken then."""
        self.broken = f"{file}, {_('row {row}').format(row=row)}: {message}"

    def stop_if_broken(self) -> None:
        """Raise `BadValue` where the file could not be read to its end."""
        if self.broken is not None:
            raise BadValue(
                self.broken,
                hint=_("What follows it cannot be read, so nothing was taken. Correct that row and try again."),
            )

    def _told_already(self, file: str, row: int, said: tuple[str | None, str, str | None]) -> bool:
        if self._row != (file, row):
            self._row = (file, row)
            self._of_row.clear()
        known = said in self._of_row
        self._of_row.add(said)
        return known

    def add_error(self, error: TrackerError, *, file: str, row: int, column: str, value: str) -> None:
        """Add what a field's reader refused, with its advice."""
        message = f"{error.message} {error.hint}" if error.hint else error.message
        # The sentence of most readers quotes the value already.
        self.add(message, file=file, row=row, column=column, value=None if quoted(value) in message else value)

    def take(self, others: "Problems") -> None:
        """Take over the problems that were collected apart."""
        self.count += others.count
        self.repeated += others.repeated
        self.told += others.told[: max(0, MOST_TOLD - len(self.told))]
        if self.by_row is not None:
            for row, sentences in (others.by_row or {}).items():
                self.by_row.setdefault(row, []).extend(sentences)

    def stop_if_any(self) -> None:
        """Raise `BadValue` with a line per problem, if there are any."""
        count = self.count - self.repeated
        if not count:
            return
        raise BadValue(
            ngettext(
                "{n} problem was found, and nothing was written:",
                "{n} problems were found, and nothing was written:",
                count,
            ).format(n=count),
            candidates=self.told,
            hint=_("Correct the file and try again.")
            if count <= MOST_TOLD
            else _("These are the first {shown}. Correct the file and try again.").format(shown=MOST_TOLD),
        )
