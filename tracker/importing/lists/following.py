"""What changed from one version of a list to the next: found, and acted on where somebody says so."""

import shlex
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.casework.values import past_date
from tracker.domain.dates import PartialDate, partial
from tracker.domain.text import quoted, safe
from tracker.errors import BadValue, Refused
from tracker.i18n import _, ngettext
from tracker.importing.lists import absent, memory, unread
from tracker.importing.lists.absent import Seen
from tracker.importing.lists.asked import Done, Wanted
from tracker.importing.lists.differing import Passing
from tracker.importing.lists.versions import Follows, Place, Version, place, sure, timeline
from tracker.importing.reading import Reading
from tracker.importing.rows import Line
from tracker.store import Change, Row


def absent_on(change: Change, wanted: Wanted) -> PartialDate | None:
    """Return when those who are no longer on the list left, None where it is not said. Raises BadValue."""
    if wanted.absent_on is None:
        return None
    if wanted.absent != absent.RELEASED:
        raise BadValue(_("--absent-on says when people were released; it goes with --absent released."))
    return partial(past_date(change.db, wanted.absent_on, _("The release")))


@dataclass(slots=True)
class Following:
    """Holds each version against the one before; `on` is when the absent left, if somebody says so.

    Raises Refused where `--absent` is given with a list that is a version of none.
    """

    change: Change
    wanted: Wanted
    reading: Reading
    on: PartialDate | None

    def __post_init__(self) -> None:
        if self.wanted.absent is not None and self.reading.file.copy is not None and not self.named:
            raise Refused(
                _("A list that comes through a pipe has no name, so it is a version of no other."),
                hint=_("Give the name of the list with --list. Nothing was changed."),
            )

    @property
    def named(self) -> bool:
        """Whether somebody says which list this is a version of."""
        return bool((self.wanted.name or "").strip())

    def away(self, place: Place) -> dict[str, PartialDate]:
        """Return who was away on the version before, and between which days they were taken if they are on this one.

        Only where those who are absent are said to be released: then who is on the list is held.
        """
        if self.wanted.absent != absent.RELEASED or place.before is None:
            return {}
        since = absent.between(place.before.day, place.now.day)
        return dict.fromkeys(absent.away(self.change.db, place), since)

    def compare(self, done: Done, place: Place) -> None:
        """Find who is gone from one version to the next and who came back; do what was asked about the former."""
        db, before, now = self.change.db, place.before, place.now
        done.versions += 1
        if done.versions > 1:
            done.questions = memory.questions_open(db, done.name)
        done.later = place.later
        if before is None or (done.problems.count and not self.wanted.skip_bad):  # then nothing is kept
            return
        self._follow(done, before, now)
        gone, unclear = unread.parted(db, absent.absent(db, place), self.reading, done.problems)
        done.unclear += self._seen(unclear, before, now)
        away = absent.away(db, place)
        back = absent.on_list(db, now.id, away) if away else []
        if self.wanted.absent is not None:
            self._refuse_unsettled(done)
            on = self.on or absent.between(before.day, now.day)
            acted = absent.act_on(self.change, gone, self.wanted.absent, on=on, cited=done.cited, name=done.name)
            done.acted = (done.acted or 0) + acted
        done.absent += self._seen(gone, before, now)
        done.returned += self._seen([away[person] for person in back], before, now)

    def _seen(self, people: list[Row], before: Version, now: Version) -> list[Seen]:
        passing = Passing(self.change, self.wanted.rehearsal)
        return [Seen(one, passing.ref(one["ref"]), before.day, now.day) for one in people]

    def afterwards(self, done: Done, lines: Iterable[Line], file: tuple[str, str, str | None]) -> None:
        """Act on a file that was taken in before, now that its questions are answered.

        `file` is what `memory.of_file` wants. Raises Refused where a row of it is still open, or was never taken in.
        """
        if self.wanted.absent is None:
            return
        db = self.change.db
        of_file = memory.of_file(db, *file)
        read = sum(1 for _line in lines) + len(done.problems.by_row or {})
        missing = max(0, read - sum(rows for rows, _open in of_file.values()))
        _refuse(missing + sum(waiting for _rows, waiting in of_file.values()), [])
        for now in [one for one in timeline(db, done.name) if one.id in of_file]:
            here = place(db, done.name, now.id)
            if here.before is not None:
                self._take_again(done, here, here.before)
                self.compare(done, here)

    def _follow(self, done: Done, before: Version, now: Version) -> None:
        """Note which version this one follows. Raises Refused where that is a guess and something hangs on it."""
        follows = Follows(before, now, sure(before, now, named=self.named))
        if before.sha256 != now.sha256:
            done.follows = done.follows or follows
        if self.wanted.absent is not None and not follows.sure:
            raise Refused(
                _("Nobody says that this is a version of the list {name} as of {version}.").format(
                    name=quoted(done.name), version=before.told
                ),
                hint=_("If it is, add --list {name}; another list has another name. Nothing was changed.").format(
                    name=shlex.quote(safe(done.name))
                ),
            )

    def _take_again(self, done: Done, place: Place, before: Version) -> None:
        if self.wanted.absent != absent.RELEASED:
            return
        away = absent.away(self.change.db, place)
        back = [away[person] for person in absent.on_list(self.change.db, place.now.id, away)]
        absent.take_again(self.change, back, absent.between(before.day, place.now.day), done.cited)

    @staticmethod
    def _refuse_unsettled(done: Done) -> None:
        """Raise Refused where a row is open or bad."""
        open_ones = [one for one in done.taken.planned if one.action in ("review", "error")][:20]
        _refuse(
            done.problems.count + done.taken.counts.get("review", 0),
            [f"{_('row {row}').format(row=one.row)}  {one.printed}" for one in open_ones],
        )


def _refuse(unsettled: int, candidates: list[str]) -> None:
    """Raise Refused where rows of the list are open or bad: one of them may be about somebody who seems absent."""
    if unsettled:
        raise Refused(
            ngettext(
                "{n} row of this list is not settled, so nobody can be said to be no longer on it.",
                "{n} rows of this list are not settled, so nobody can be said to be no longer on it.",
                unsettled,
            ).format(n=unsettled),
            candidates=candidates,
            hint=_(
                "Import it without --absent, answer and correct its rows, then import it again with --absent."
                " Nothing was changed."
            ),
        )
