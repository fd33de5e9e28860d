"""Questions about rows as a table, a row each, for a spreadsheet; and the answers that come back."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.domain.vocabulary import read
from tracker.errors import BadValue
from tracker.i18n import N_, _
from tracker.importing.lists.answering import VERDICTS, Answer, Question, cells_of
from tracker.importing.mapping import map_header
from tracker.importing.problems import Problems
from tracker.importing.reading import open_list
from tracker.importing.rows import Line
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
