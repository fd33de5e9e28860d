"""One statement about a list of people: `release add` with its names, whole or not at all.

A name not on record refuses the list, all such names told with their near misses; people are created only where
that was asked for and no name on record (or in the list) is near, or for a name that was forced.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, NamedTuple

from tracker.casework.citations import Cited
from tracker.casework.people import Person, add_person
from tracker.casework.release_alike import alike_in_list
from tracker.casework.release_choice import ANOTHER, Question, Undecided
from tracker.casework.release_request import Request
from tracker.casework.releases import Outcome, add_release
from tracker.domain.names import clean, exact, fold
from tracker.domain.text import quoted
from tracker.errors import Ambiguous, NotFound, Refused
from tracker.i18n import _, ngettext
from tracker.matching.who import NearNames, find_person, find_record
from tracker.store import Change, Connection, Row
from tracker.store.ids import read_ref

BULLET: Final = re.compile(r"^\s*(?:(?:\(?[0-9]{1,4}\s*[.):\-–—]+|[0-9]{1,4}\s)\s*|[-*•·–—]\s*)")
QUOTES: Final = {'"': '"', "'": "'", "“": "”", "«": "»", "‘": "’", "„": "“"}
"""What a name may stand in, as a spreadsheet or a text writes it: opening → closing."""
MOST_UNNAMED: Final = 1000
MOST_ALIKE: Final = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """Who is meant: `names` on record (names or refs), `new` names forced, and `unnamed` people.

    `create` makes the names that nobody on record comes near; `answers` (person id → a release's ref or ANOTHER),
    `same` (refs of releases) and `another` say what the rule leaves open; for one person they also overrule it.
    """

    names: Sequence[str] = ()
    new: Sequence[str] = ()
    create: bool = False
    unnamed: int | None = None
    same: Sequence[str] = ()
    another: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a list: an outcome for each person, and the names that came twice.

    `unnamed_before`: releases of people without a name that this statement, too, may mean by its own.
    """

    outcomes: tuple[Outcome, ...]
    repeated: tuple[str, ...] = ()
    unnamed_before: int = 0


class Wanted(NamedTuple):
    """One person of the list: an id, the detention named if one was, whether made now."""

    person: str
    detention: str | None = None
    created: bool = False


def read_names(lines: Iterable[str]) -> list[str]:
    """Return the names of a list, one to a line: blank lines and `#` comments skipped.

    Numbers, bullets and the quotes around a whole name are stripped.
    """
    names: list[str] = []
    for text in lines:
        plain = text.strip().lstrip("\ufeff")
        if not plain or plain.startswith("#"):
            continue
        name = _unquoted(BULLET.sub("", plain).rstrip(" \t,;"))
        if name:
            names.append(name)
    return names


def _unquoted(name: str) -> str:
    """Return a name without the quotes it stands in; quotes inside it, as of a nickname, stay."""
    closing = QUOTES.get(name[:1])
    inner = name[1:-1].replace('""', "\0")  # how CSV writes a quote inside quotes
    if closing is None or len(name) < 2 or name[-1] != closing or name[0] in inner or closing in inner:  # noqa: PLR2004
        return name
    return inner.replace("\0", '"').strip()


def add_releases(change: Change, listed: Listed, request: Request) -> Result:
    """Take a statement about everybody of a list; nothing is left half done.

    Raises NotFound with every name that is not on record, Ambiguous with every name of several people, Undecided with
    every person whose release has to be told apart, Refused for dates that cannot be or nobody at all.
    """
    names, repeated = _once([*listed.names, *listed.new])
    if not names and listed.unnamed is None:
        raise Refused(_("Who was released? No name was given."), hint=_("Give names, '-' for stdin, or --unnamed N."))
    if listed.unnamed is not None and not 1 <= listed.unnamed <= MOST_UNNAMED:
        raise Refused(_("--unnamed takes a number from 1 to {most}.").format(most=MOST_UNNAMED))
    wanted, twice = _people(change, names, listed, request.cited)
    before = _unnamed_before(change.db, request) if listed.unnamed else 0
    wanted += _unnamed(change, listed.unnamed or 0, request)
    answers = _answers(change.db, wanted, listed)
    outcomes: list[Outcome] = []
    questions: list[Question] = []
    for one in wanted:
        try:
            outcome = add_release(change, one.person, request, detention=one.detention, answer=answers.get(one.person))
        except Undecided as undecided:
            if listed.another:
                outcome = add_release(change, one.person, request, detention=one.detention, answer=ANOTHER)
            else:
                questions += undecided.questions
                continue
        outcomes.append(replace(outcome, created=one.created))
    if questions:
        raise Undecided(questions)
    return Result(tuple(outcomes), (*repeated, *twice), before)


def _once(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the names once each, in order, and those that came again."""
    seen: dict[str, str] = {}
    repeated: list[str] = []
    for name in names:
        if exact(name) in seen:
            repeated.append(name)
        seen.setdefault(exact(name), name)
    return list(seen.values()), repeated


def _people(change: Change, names: list[str], listed: Listed, cited: Cited) -> tuple[list[Wanted], list[str]]:
    """Return everybody of the list, and the names that meant somebody named before."""
    forced = {exact(name) for name in listed.new}
    found: dict[str, Wanted | None] = {}
    several: list[Ambiguous] = []
    for name in names:
        try:
            found[name] = None if exact(name) in forced else _on_record(change.db, name)
        except Ambiguous as error:
            several.append(error)
        except NotFound:
            if read_ref(name) is not None:
                raise
            found[name] = None
    if several:
        raise _told_apart(several)
    unknown = [name for name, one in found.items() if one is None and exact(name) not in forced]
    if unknown:
        _refuse_unknown(change.db, unknown, names, create=listed.create)
    wanted: dict[str, Wanted] = {}
    twice: list[str] = []
    for name, one in found.items():
        person = one or Wanted(add_person(change, Person(name=name), cited=cited, another=True), created=True)
        if person.person in wanted:
            twice.append(name)
        wanted.setdefault(person.person, person)
    return list(wanted.values()), twice


def _on_record(db: Connection, word: str) -> Wanted:
    """Return the person of a name or ref, or the one of a detention's ref."""
    ref = read_ref(word)
    if ref is not None and ref.startswith("D-"):
        detention = find_record(db, ref)[1]
        return Wanted(detention["detainee"], detention["id"])
    return Wanted(find_person(db, word)["id"])


def _told_apart(several: list[Ambiguous]) -> Ambiguous:
    """Return one refusal for all the names that several people have."""
    if len(several) == 1:
        return several[0]
    return Ambiguous(
        _("{n} names mean several people each:").format(n=len(several)),
        candidates=[line for error in several for line in (error.message, *error.candidates)],
        hint=_("Use the refs of those you mean. Nothing was changed."),
    )


def _refuse_unknown(db: Connection, unknown: list[str], names: list[str], *, create: bool) -> None:
    """Raise NotFound for the names not on record, unless they may all be created."""
    near = NearNames(db)
    lines = []
    refused = 0
    any_near = False
    for name in unknown:
        clean(name)
        alike = near.near(name, limit=3)
        single = len(fold(name).split()) == 1
        told = "; ".join(f"{one.ref} {one.name} ({one.reason})" for one in alike)
        if create and not alike and not single:
            continue
        refused += 1
        any_near = any_near or bool(alike)
        lines.append(f"{quoted(name)}  " + (_("near: {people}").format(people=told) if told else _("nobody near")))
    if create:
        lines += _alike_in_list(unknown)
    if not lines:
        return
    message = ngettext(
        "{n} of {total} names is not on record:", "{n} of {total} names are not on record:", refused
    ).format(n=refused, total=len(names))
    if len(names) == 1:
        message = _("Nobody on record has this name:")
    elif not refused:
        message = _("Nobody was created:")
    raise NotFound("\n  ".join([message, *lines]), hint=_how_to_go_on(unknown, near=any_near, create=create))


def _alike_in_list(unknown: list[str]) -> list[str]:
    """Return a line for each name to be created that could be the person of one before it; the first few of many."""
    lines = [
        _("{one} and {other}, both in this list, could be one person ({reason})").format(
            one=quoted(one), other=quoted(other), reason=reason
        )
        for one, other, reason in alike_in_list(unknown)
    ]
    if len(lines) > MOST_ALIKE:
        lines[MOST_ALIKE:] = [_("… and {n} more").format(n=len(lines) - MOST_ALIKE)]
    return lines


def _how_to_go_on(unknown: list[str], *, near: bool, create: bool) -> str:
    said = []
    if any(len(fold(name).split()) == 1 for name in unknown):
        said.append(_("Put the name in quotes where it has several words: 'Ana Ruiz'."))
    if near:
        said.append(
            _("Somebody on record: use the ref; 'tracker detainee edit' adds this spelling to their other names.")
        )
    if create:
        said.append(_("Somebody new: force it with --new NAME."))
    else:
        said.append(_("Somebody new: --create makes all names that nobody comes near, --new NAME forces one."))
    return "\n".join([*said, _("Nothing was changed.")])


def _unnamed(change: Change, count: int, request: Request) -> list[Wanted]:
    """Make people without a name, described by what is known."""
    if not count:
        return []
    told = _("unnamed, released {date}").format(date=request.on.text or _("on an unknown date"))
    who = Person(description=told)
    return [Wanted(add_person(change, who, cited=request.cited), created=True) for _number in range(count)]


def _unnamed_before(db: Connection, request: Request) -> int:
    """Return how many releases of unnamed people its source, or its claimant for its day, has on record already."""
    sql = """SELECT count(DISTINCT r.id) FROM citations q JOIN releases r ON r.id = q.release
          JOIN detentions t ON t.id = r.detention JOIN detainees d ON d.id = t.detainee
        WHERE d.name IS NULL AND r.status <> 'retracted' AND q.stance = 'supports'
          AND (q.source = :source OR (q.claimant = :claimant AND r.released = :day))"""
    cited = request.cited
    given = {"source": cited.source, "claimant": cited.claimant, "day": request.on.text}
    return int(db.execute(sql, given).fetchone()[0])


def _answers(db: Connection, wanted: list[Wanted], listed: Listed) -> dict[str, str]:
    """Return the answers by person. Raises Refused for a release of nobody in the list."""
    answers = dict(listed.answers)
    people = {one.person for one in wanted}
    for ref in listed.same:
        table, row = find_record(db, ref)
        owner: Row | None = None
        if table == "releases":
            owner = db.execute("SELECT detainee FROM detentions WHERE id = ?", (row["detention"],)).fetchone()
        if owner is None or owner["detainee"] not in people:
            raise Refused(_("--same {ref}: that is no release of anybody named here.").format(ref=ref))
        answers[owner["detainee"]] = row["ref"]
    if listed.another and len(wanted) == 1:
        answers.setdefault(wanted[0].person, ANOTHER)
    return answers
