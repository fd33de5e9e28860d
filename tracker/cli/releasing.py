"""`release add` behind its options: names from a list, questions asked on a terminal, what is said afterwards."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tracker.cli import context, custody_words, recording
from tracker.errors import BadValue, NotFound, Refused
from tracker.i18n import _

if TYPE_CHECKING:
    from tracker.casework.arrest import Arrest
    from tracker.casework.citations import Cited
    from tracker.casework.release_choice import Question
    from tracker.casework.release_lists import Listed, Result
    from tracker.casework.release_request import Request
    from tracker.cli.custody_options import Listing, Over
    from tracker.cli.options import Cited as Given
    from tracker.cli.output import Output
    from tracker.store import Change, Store

LONGEST_LIST = 10_000_000
MOST_REFS = 12


def names_from(who: Sequence[str], file: str | None) -> list[str]:
    """Return the names given: each of `who` ('-': the lines of stdin), then those of the file.

    Raises BadValue for a list that is no text, OSError for a file that cannot be read.
    """
    names: list[str] = []
    for word in who:
        names += _list_in(sys.stdin.buffer.read(LONGEST_LIST + 1), _("stdin")) if word == "-" else [word]
    if file is not None:
        with Path(file).open("rb") as lines:
            names += _list_in(lines.read(LONGEST_LIST + 1), file)
    return names


def _list_in(data: bytes, where: str) -> list[str]:
    """Return the names in a list of bytes; `where` is what it came from."""
    from tracker.casework.release_lists import read_names

    if len(data) > LONGEST_LIST:
        raise BadValue(_("{where}: this is too long for a list of names.").format(where=where))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data[: error.start].count(b"\n") + 1
            raise BadValue(
                _("{where}, line {line}: this is not UTF-8 text.").format(where=where, line=line),
                hint=_("Save the list as UTF-8, one name to a line."),
            ) from error
    return read_names(text.splitlines())


def check_output(out: "Output") -> None:
    """Refuse, before anything is recorded, columns or a format that the table of outcomes does not have."""
    from tracker.casework.release_words import table

    out.chosen_format(context.on_terminal())
    context.picked(table([]), out.chosen_columns())


def record(
    store: "Store",
    names: Sequence[str],
    raw: dict[str, Any],
    *,
    listing: "Listing",
    given: "Given",
    out: "Output",
    dry_run: bool,
) -> None:
    """Record one statement (`raw`: the words of `read_request`) about everybody named, and say what was done.

    On a terminal, what the rule leaves open is asked, and the command runs again with the answers. The outcomes are
    shown as a table where `out` asks for one.
    """
    from tracker.casework.release_choice import Undecided
    from tracker.casework.release_lists import MOST_UNNAMED, Listed
    from tracker.casework.values import whole_number

    answers: dict[str, str] = {}
    if context.interactive():
        names = [_one_of(store, name) for name in names]
    while True:
        listed = Listed(
            names=names,
            new=listing.new or (),
            create=listing.create,
            unnamed=whole_number(listing.unnamed, "--unnamed", MOST_UNNAMED),
            same=listing.same or (),
            another=listing.another,
            answers=answers,
        )
        try:
            return _recorded(store, listed, raw, given=given, out=out, dry_run=dry_run)
        except Undecided as undecided:
            if not context.interactive():
                raise
            new = {question.person: answer for question, answer in _asked(undecided.questions)}
            if len(new) < len(undecided.questions) or new.items() <= answers.items():
                raise
            answers |= new


def _one_of(store: "Store", name: str) -> str:
    """Return the ref of whom is chosen where a name means several people; else the name."""
    from tracker.matching.who import find_person

    def meant(word: str) -> str:
        with store.reading() as db, suppress(NotFound, BadValue):  # told by `add_releases`, together with the others
            find_person(db, word)
        return word

    return recording.chosen(meant, name)


def _asked(questions: Sequence["Question"]) -> "Iterator[tuple[Question, str]]":
    """Ask each question on the terminal and yield the answers, until one is not answered."""
    for question in questions:
        answer = context.choose(question.text, question.choices)
        if answer is None:
            return
        yield question, answer


def _recorded(
    store: "Store", listed: "Listed", raw: dict[str, Any], *, given: "Given", out: "Output", dry_run: bool
) -> None:
    from tracker.casework.release_lists import add_releases
    from tracker.casework.release_words import table, told
    from tracker.casework.releases import read_request

    with context.writing(store, "release add", dry_run=dry_run) as change:
        cited = recording.cited_in(change, given)
        request = read_request(change.db, **raw, cited=cited)
        result = add_releases(change, listed, request)
        change.reason = _reason(result)
        lines = [*_converted(raw["on"], store.zone, request), *told(change.db, result, request)]
        if len(result.outcomes) == 1:
            lines.append(custody_words.standing_line(change, result.outcomes[0].person))
        if out.file is not None:  # a file that cannot be written keeps nothing
            context.show(table(result.outcomes), out, store)
    if dry_run:
        context.say(_("A dry run: this is what would happen."), *lines)
    recording.tell(change, [] if dry_run else lines, cited, given)
    if out.file is None and vars(out) != vars(type(out)()):
        context.show(table(result.outcomes), out, store)


def _reason(result: "Result") -> str:
    """Return what history says: the command with the people as refs."""
    refs = [one.person_ref for one in result.outcomes]
    more = f" +{len(refs) - MOST_REFS}" if len(refs) > MOST_REFS else ""
    return f"release add {' '.join(refs[:MOST_REFS])}{more}"


def _converted(text: str, zone: str, request: "Request") -> list[str]:
    """Return the sentence for a time that was given for another zone."""
    from tracker.domain.dates import converted

    if converted(text, zone) is None:
        return []
    return [_("{given} is {date} in {zone}.").format(given=text.strip(), date=request.on.text, zone=zone)]


def add_spell(
    change: "Change", ref: str, arrest: "Arrest", *, over: "Over", held: dict[str, Any], cited: "Cited"
) -> str:
    """Record a detention of the person of that ref, open or (with `over.released_on`) past, and return its id.

    `held`: facility, whereabouts_unknown, since. Raises Refused for terms of a release without its date.
    """
    from tracker.casework.custody import add_detention
    from tracker.casework.releases import add_past_detention, read_request
    from tracker.matching.who import find_person

    person = find_person(change.db, ref)["id"]
    if over.released_on is None:
        if over.kind or over.status:
            raise Refused(_("--kind and --status speak of a release: give --released-on too."))
        return add_detention(change, person, arrest, **held, cited=cited)
    request = read_request(change.db, on=over.released_on, kind=over.kind, status=over.status, cited=cited)
    return add_past_detention(change, person, arrest, request, **held)[0]
