"""Answers to questions about rows: from a key or a word, and from a spreadsheet of questions that comes back.

A sheet may come back twice, with other answers. What was answered already stays as it is, and is told where the sheet
says otherwise now, with the number of the change to take back.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from tracker.casework.judgements import between
from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.domain.vocabulary import label, read
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.lists.answering import VERDICTS, Answer, Question
from tracker.importing.lists.asking import SHEET, sheet_columns
from tracker.importing.mapping import map_header
from tracker.importing.problems import Problems
from tracker.importing.reading import open_list
from tracker.importing.rows import Line
from tracker.store import Connection, Row
from tracker.store.ids import read_ref

_SKIP: Final = ("skip", "omitir", "omitida", "omitido", "saltar")
_REFS: Final = re.compile(r"(?:^|; )(P-\w+)", re.ASCII)

_CLOSED: Final = """
SELECT r.row, r.printed, r.state, r.detainee, d.ref, l.name AS list_name, s.seq, s.reason
FROM list_rows r JOIN lists l ON l.id = r.list LEFT JOIN detainees d ON d.id = r.detainee
LEFT JOIN changesets s ON s.seq = (
    SELECT max(c.seq) FROM changes c
    WHERE c."table" = 'list_rows' AND c.row = r.id AND json_extract(c.before, '$.state') = 'open')
WHERE r.id = ?
"""
"""A question that is no longer open, and the changeset that closed it."""


class Otherwise(NamedTuple):
    """An answer to what was answered otherwise before: by change `seq`, or (None) by a newer version of the list."""

    list: str
    row: int
    printed: str
    before: str
    now: str
    seq: int | None


@dataclass(slots=True)
class Sheet:
    """What a sheet of questions says: answers to act on, how many were given before, and those that differ."""

    answered: list[tuple[Question, Answer]] = field(default_factory=list)
    before: int = 0
    otherwise: list[Otherwise] = field(default_factory=list)


def read_answers(db: Connection, path: Path, asked: Iterable[Question]) -> Sheet:
    """Return the answers of a spreadsheet that `open_table` was written into. Raises BadValue for what is none."""
    by_id = {one.id: one for one in asked}
    problems, sheet, seen = Problems(), Sheet(), set()
    for line in _rows(path, problems):
        text, key = line.cells.get("answer", "").strip(), line.cells.get("question", "").strip()
        if not text:
            continue
        if key in seen:
            problems.add(_("The question stands there twice."), file=line.file, row=line.number, column="question")
            continue
        seen.add(key)
        refs = _REFS.findall(line.cells.get("candidates", ""))
        try:
            if key in by_id:
                text = _meant(text, refs) if text.isdecimal() else text  # a number counts as the sheet shows them
                sheet.answered.append((by_id[key], read_answer(by_id[key], text)))
            else:
                _compare(db, sheet, key, text, refs)
        except BadValue as problem:
            problems.add_error(problem, file=line.file, row=line.number, column="answer", value=text)
    problems.stop_if_any()
    return sheet


def _rows(path: Path, problems: Problems) -> Iterator[Line]:
    """Yield the rows of an answered sheet, in whatever encoding and with whatever delimiter a spreadsheet saved it."""
    reading = open_list(path)
    mapping = map_header(reading.header, given=sheet_columns(reading.header), columns=SHEET)
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
    """Return what an answer means: anybody's ref, the number of a candidate, `same` where there is one, or a verdict.

    Raises BadValue with what it can be.
    """
    refs = [match.ref for match in question.candidates]
    said = _meant(text, refs)
    if said in VERDICTS:
        return Answer(said)
    among = next((match.id for match in question.candidates if match.ref == said), None)
    return Answer("same", among, ref=None if among else said)


def _meant(text: str, refs: list[str]) -> str:
    """Return the ref or the verdict (never `same`) that an answer means. Raises BadValue with what it can be."""
    ref = read_ref(text)
    if ref is not None and ref.startswith("P-"):  # of anybody: who is meant may be none of the candidates
        return ref
    if text.isdecimal() and 0 < int(text) <= len(refs):
        return refs[int(text) - 1]
    try:
        verdict = "skip" if fold(text) in _SKIP else read("verdict", text)
    except BadValue:
        verdict = ""
    if verdict == "same" and len(refs) == 1:
        return refs[0]
    if verdict in VERDICTS[1:]:
        return verdict
    raise BadValue(
        _("{value} is no answer here.").format(value=quoted(text)),
        hint=_("Give the ref of one of them ({refs}) or of anybody else, or different, unsure, skip.").format(
            refs=", ".join(refs) or _("nobody")
        ),
    )


def _compare(db: Connection, sheet: Sheet, key: str, text: str, refs: list[str]) -> None:
    """Note whether a closed question was answered so before. Raises BadValue where there is no such question."""
    closed: Row | None = db.execute(_CLOSED, (key,)).fetchone()
    if closed is None:
        raise BadValue(
            _("There is no such question on this record."),
            hint=_("'tracker review --write FILE' writes those that wait."),
        )
    now, before = _meant(text, refs), _before(db, closed, refs)
    if now == before:
        sheet.before += 1
        return
    by_import = (closed["reason"] or "").startswith("import")
    seq = None if by_import else closed["seq"]
    where = (closed["list_name"], closed["row"], closed["printed"] or "")
    sheet.otherwise.append(Otherwise(*where, label("verdict", before), label("verdict", now), seq))


def _before(db: Connection, closed: Row, refs: list[str]) -> str:
    """Return how a closed question was answered: skip, the ref of who was meant, different or unsure."""
    if closed["state"] == "skipped":
        return "skip"
    if closed["ref"] in refs:
        return str(closed["ref"])
    others = db.execute(f"SELECT id FROM detainees WHERE ref IN ({', '.join('?' * len(refs))})", refs).fetchall()
    verdicts = [found["verdict"] for other in others if (found := between(db, closed["detainee"], other["id"]))]
    return verdicts[0] if verdicts else str(closed["ref"])
