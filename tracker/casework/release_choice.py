"""Which release does a statement speak of? The rule of `domain.same_release`, applied to one person's record.

First the detention: one that had begun by the date stated and was not followed by another one begun before it. Then the
release: one that the rule calls the same, an upgrade of the last, or a question.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.casework.faults import called, detentions_of, first_effective, releases_of, stored
from tracker.casework.release_request import Request, described, stored_told
from tracker.domain import rules
from tracker.domain.dates import PartialDate
from tracker.domain.same_release import is_upgrade, same_release
from tracker.errors import Ambiguous, Refused
from tracker.i18n import _, ngettext
from tracker.store import Connection, Row

ANOTHER = "another"
"""The answer that it is a release of its own."""


@dataclass(frozen=True, slots=True)
class Question:
    """What cannot be decided about a person (an id); a choice is an answer (a release's ref, or ANOTHER) in words."""

    person: str
    text: str
    choices: tuple[tuple[str, str], ...]


class Undecided(Ambiguous):
    """The same release or another? Somebody has to say; `questions` has one for each person."""

    def __init__(self, questions: Sequence[Question]) -> None:
        self.questions = tuple(questions)
        lines = []
        for question in questions:
            if len(questions) > 1:
                lines.append(question.text)
            lines += [_option(answer) + f"  {sentence}" for answer, sentence in question.choices]
        message = questions[0].text
        if len(questions) > 1:
            message = ngettext(
                "For {n} person it is not clear which release is meant:",
                "For {n} people it is not clear which release is meant:",
                len(questions),
            ).format(n=len(questions))
        super().__init__(
            message,
            candidates=lines,
            hint=_(
                "Say which: --same REF or --another. Taken again in between? Record 'tracker retake' first."
                " Nothing was changed."
            ),
        )


def _option(answer: str) -> str:
    return "--another" if answer == ANOTHER else f"--same {answer}"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a statement is: the release `same` on record, new terms after `upgrades`, or (neither) a new release.

    `detention` is the one it belongs to; None where the person has none on record.
    """

    detention: Row | None
    same: Row | None = None
    upgrades: Row | None = None


def choose(db: Connection, person: Row, request: Request, *, detention: str | None = None) -> Choice:
    """Decide by the rule. Raises Undecided where it does not decide, Refused for a date before every arrest."""
    possible = possible_detentions(db, person, request.on, detention)
    if not possible:
        return Choice(None)
    matches = [
        (held, release)
        for held in possible
        for release in releases_of(db, held["id"])
        if release["status"] != "retracted" and same_release(request.told, stored_told(release))
    ]
    target = possible[-1]
    if matches:
        sure = len(possible) == 1 or _is_day(request.on) or first_effective(db, target["id"]) is not None
        best = _best(matches, request) if sure else None
        if best is None:
            raise Undecided([_question(person, request, [release for _held, release in matches])])
        return Choice(best[0], same=best[1])
    rows = releases_of(db, target["id"])
    live = [row for row in rows if row["status"] != "retracted"]
    if live and is_upgrade(request.told, stored_told(live[-1])):
        return Choice(target, upgrades=live[-1])
    disproved = [row for row in rows if row not in live and same_release(request.told, stored_told(row))]
    if live or disproved:
        raise Undecided([_question(person, request, [*live, *disproved])])
    return Choice(target)


def another(db: Connection, person: Row, request: Request, *, detention: str | None = None) -> Choice:
    """Return the choice where somebody said that it is another release."""
    possible = possible_detentions(db, person, request.on, detention)
    if not possible:
        return Choice(None)
    target = possible[-1]
    live = [row for row in releases_of(db, target["id"]) if row["status"] != "retracted"]
    if live and is_upgrade(request.told, stored_told(live[-1])):
        return Choice(target, upgrades=live[-1])
    return Choice(target)


def possible_detentions(db: Connection, person: Row, on: PartialDate, detention: str | None) -> list[Row]:
    """Return the detentions that a release on that date can have ended, in time order, or the one that was named.

    Raises Refused where there are some and all began after it.
    """
    rows = [row for row in detentions_of(db, person["id"]) if detention in (None, row["id"])]
    begun = [row for row in rows if not rules.certainly_before(on, stored(row, "began"))]
    if rows and not begun:
        wrong = rules.release_before_arrest(stored(rows[-1], "began"), on)
        raise Refused(
            f"{called(person)}: {wrong}",
            hint=_(
                "If the arrest is wrong: tracker detention edit {ref} --on DATE. If it ended an older detention:"
                " tracker detention add {person} --on DATE --released-on {date}. Nothing was changed."
            ).format(ref=rows[-1]["ref"], person=person["ref"], date=on.text),
        )
    for place in range(len(begun) - 1, 0, -1):
        latest = begun[place]["began_to"]
        if latest is not None and on.earliest is not None and latest <= on.earliest:
            return begun[place:]
    return begun


def _is_day(on: PartialDate) -> bool:
    """Return whether a date is a day or a minute."""
    return on.earliest is not None and on.latest is not None and on.earliest[:10] == on.latest[:10]


def _best(matches: list[tuple[Row, Row]], request: Request) -> tuple[Row, Row] | None:
    """Return the match that is meant, None where that is unclear.

    Of several only one is taken that the statement leaves apart from the others, as they are now: the one of the very
    same date, or, for a statement without a date, of the very same kind.
    """
    if len(matches) == 1:
        return matches[0]
    if request.on.known:
        best = [match for match in matches if match[1]["released"] == request.on.text]
    else:
        best = [match for match in matches if match[1]["kind"] == request.kind]
    return best[0] if len(best) == 1 else None


def _question(person: Row, request: Request, releases: Sequence[Row]) -> Question:
    text = _("{person}: {told}. The release on record, or another?").format(
        person=called(person), told=described(request.told)
    )
    same = tuple((row["ref"], described(stored_told(row))) for row in releases)
    return Question(person["id"], text, (*same, (ANOTHER, _("a release, or new terms, of its own"))))
