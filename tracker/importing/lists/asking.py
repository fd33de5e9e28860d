"""Questions about rows as tables: side by side for a person at the terminal, a row each for a spreadsheet."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from tracker.domain.countries import country_name
from tracker.domain.date_bounds import PartialDate
from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.domain.vocabulary import label, read
from tracker.errors import BadValue
from tracker.i18n import N_, _
from tracker.importing.lists.answering import VERDICTS, Answer, Question, cells_of
from tracker.importing.lists.deciding import described
from tracker.importing.lists.intake import Intake
from tracker.importing.lists.record_directory import Creating, Made, directory_of
from tracker.importing.mapping import map_header
from tracker.importing.problems import Problems
from tracker.importing.reading import open_list
from tracker.importing.rows import Line
from tracker.matching.described import Described
from tracker.matching.people import people_described
from tracker.store import Change, Connection
from tracker.store.ids import read_ref
from tracker.table import Column, Table

SHEET: Final = ("question", "list", "row", "printed_name", "says", "candidates", "reasons", "answer")
_LISTED: Final = (
    Column("question", N_("question"), "ref"),
    Column("list", N_("list")),
    Column("row", N_("row"), "count"),
    Column("printed_name", N_("name on the list"), "name"),
    Column("says", N_("what it says")),
    Column("candidates", N_("who may be meant")),
    Column("reasons", N_("reasons")),
    Column("answer", N_("answer")),
)


def open_table(asked: Iterable[Question]) -> Table:
    """Return what is open, a row for each question; the column `answer` is for the reader to fill in."""
    rows = [
        (
            one.id,
            one.list_name,
            one.bundle.first.number,
            one.bundle.printed or None,
            tuple(f"{column}: {text}" for column, text in cells_of(one) if column not in ("name", "source")),
            tuple(f"{match.ref} {match.name} ({round(match.score * 100)})" for match in one.candidates),
            tuple(dict.fromkeys((*one.reasons, *(why for match in one.candidates[:1] for why in match.reasons)))),
            None,
        )
        for one in asked
    ]
    return Table(
        _LISTED,
        rows,
        title=_("Rows that wait for an answer: {n}").format(n=len(rows)),
        total=len(rows),
        empty=_("No row of any list waits for an answer."),
        foot=[
            _("An answer is the ref of the person meant, or one of: different, unsure, skip; empty leaves it open."),
        ],
    )


def side_by_side(db: Connection, question: Question, told: Described) -> Table:
    """Return the row and its candidates as columns, a fact to a line."""
    people = people_described(db, [match.id for match in question.candidates])
    shown = [told, *(people[match.id] for match in question.candidates)]
    facts = [
        (name, *cells) for name, cells in ((name, [of(db, one) for one in shown]) for name, of in _FACTS) if any(cells)
    ]
    why = [None, *("; ".join(match.reasons) or None for match in question.candidates)]
    score = [None, *(str(round(match.score * 100)) for match in question.candidates)]
    headers = [f"{number}. {match.ref}" for number, match in enumerate(question.candidates, 1)]
    return Table(
        [
            Column("fact", ""),
            Column("list", N_("the list")),
            *(Column(header, header) for header in headers),
        ],
        [*facts, (_("score"), *score), (_("reasons"), *why)],
        title=_("{list}, row {row}: {name}").format(
            list=question.list_name, row=question.bundle.first.number, name=quoted(question.bundle.printed)
        ),
        foot=[] if question.candidates and question.reasons == question.candidates[0].reasons else question.reasons,
    )


def _dates(found: Iterable[PartialDate]) -> str | None:
    return ", ".join(dict.fromkeys(one.text for one in found if one.text)) or None


def _places(db: Connection, one: Described) -> str | None:
    named = [
        db.execute("SELECT name FROM facilities WHERE id = ?", (place,)).fetchone()["name"] for place in one.facilities
    ]
    return ", ".join(sorted(named)) or None


_FACTS: Final = (
    (N_("name"), lambda _db, one: one.name),
    (N_("other names"), lambda _db, one: ", ".join(one.other_names) or None),
    (N_("sex"), lambda _db, one: label("sex", one.sex) if one.sex else None),
    (N_("born"), lambda _db, one: one.born.text),
    (N_("age"), lambda _db, one: None if one.age is None else str(one.age)),
    (N_("nationality"), lambda _db, one: ", ".join(sorted(country_name(code) for code in one.nationalities)) or None),
    (N_("role"), lambda _db, one: ", ".join(one.roles) or None),
    (N_("service"), lambda _db, one: label("service", one.service) if one.service else None),
    (N_("arrested"), lambda _db, one: _dates(one.arrested)),
    (N_("held at"), _places),
    (N_("released"), lambda _db, one: _dates(one.released)),
    (N_("died"), lambda _db, one: one.died.text),
)


def told_of(change: Change, question: Question) -> Described:
    """Return what the rows of a question say, as matching compares it."""
    directory = directory_of(change, Creating(), Made())
    intake = Intake(change, question.list_name, question.list, directory, Problems())
    return described(intake.read(question.bundle, Problems()))


def read_answers(path: Path, asked: Iterable[Question]) -> Iterator[tuple[Question, Answer]]:
    """Yield the answers of a spreadsheet that `open_table` was written into. Raises BadValue for what is none."""
    by_id = {one.id: one for one in asked}
    problems = Problems()
    found: list[tuple[Question, Answer]] = []
    for line in _answered(path, problems):
        text = line.cells.get("answer", "").strip()
        question = by_id.get(line.cells.get("question", "").strip())
        if not text or question is None:
            continue
        try:
            found.append((question, read_answer(question, text)))
        except BadValue as problem:
            problems.add_error(problem, file=line.file, row=line.number, column="answer", value=text)
    problems.stop_if_any()
    yield from found


def _answered(path: Path, problems: Problems) -> Iterator[Line]:
    """Yield the rows of an answered sheet, in whatever encoding and with whatever delimiter a spreadsheet saved it."""
    reading = open_list(path)
    mapping = map_header(reading.header, columns=SHEET)
    missing = [column for column in ("question", "answer") if column not in mapping.fields]
    if missing:
        raise BadValue(
            _("{file} is no sheet of questions: the column {column} is missing.").format(
                file=reading.name, column=missing[0]
            ),
            hint=_("'tracker review --write FILE' writes one."),
        )
    yield from mapping.lines(reading, problems)


def read_answer(question: Question, text: str) -> Answer:
    """Return what an answer means: a ref, the number of a candidate, `same` where there is one, or a verdict.

    Raises BadValue with what it can be.
    """
    ref = read_ref(text)
    numbered = {str(number): match for number, match in enumerate(question.candidates, 1)}
    meant = next((match for match in question.candidates if match.ref == ref), numbered.get(text.strip()))
    if meant is not None:
        return Answer("same", meant.id)
    try:
        verdict = "skip" if fold(text) in ("skip", "omitir", "saltar") else read("verdict", text)
    except BadValue:
        verdict = ""
    if verdict == "same" and len(question.candidates) == 1:
        return Answer("same", question.candidates[0].id)
    for known in VERDICTS[1:]:
        if verdict == known:
            return Answer(known)
    raise BadValue(
        _("{value} is no answer here.").format(value=quoted(text)),
        hint=_("Give the ref of one of them ({refs}), or different, unsure, skip.").format(
            refs=", ".join(match.ref for match in question.candidates) or _("nobody")
        ),
    )
