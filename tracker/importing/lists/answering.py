"""Rows of lists that wait for somebody's answer: who is meant? Each answer is kept at once, a change of its own.

The questions stand in `list_rows` until they are answered, whatever happens to the terminal. This module knows no
terminal: `questions` gives what is open, `answer` acts on what somebody said, from a prompt or from a spreadsheet.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any, Final, Literal, TypeAlias

from tracker.casework.judgements import judge
from tracker.casework.values import zone
from tracker.domain.clock import today_in
from tracker.importing.lists.bundles import Bundle, digest_of
from tracker.importing.lists.creating import Newcomers
from tracker.importing.lists.deciding import Decider
from tracker.importing.lists.intake import Intake
from tracker.importing.lists.record_directory import Creating, Made, directory_of
from tracker.importing.problems import Problems
from tracker.importing.rows import Line
from tracker.importing.spoken import Person
from tracker.matching.described import Match
from tracker.matching.who import find_record
from tracker.store import Change, Connection

Verdict: TypeAlias = Literal["same", "different", "unsure", "skip"]

VERDICTS: Final[tuple[Verdict, ...]] = ("same", "different", "unsure", "skip")

_OPEN: Final = """
SELECT r.*, l.ref AS list_ref, l.name AS list_name, l.file FROM list_rows r JOIN lists l ON l.id = r.list
WHERE r.state = 'open' ORDER BY l.id, r.key, r.row
"""


@dataclass(frozen=True, slots=True)
class Question:
    """Rows of one person, and who may be meant. `id` is the first row's; `reasons` say why it is asked."""

    id: str
    list: str
    list_ref: str
    list_name: str
    bundle: Bundle
    reasons: tuple[str, ...]
    candidates: tuple[Match, ...]


def questions(db: Connection) -> list[Question]:
    """Return what is open, in the order of the lists and their rows."""
    rows = db.execute(_OPEN).fetchall()
    found = [_question(db, list(group)) for _key, group in groupby(rows, key=lambda row: (row["list"], row["key"]))]
    return sorted(found, key=lambda one: (one.list, one.bundle.first.number))


def _question(db: Connection, rows: list[Any]) -> Question:
    lines = tuple(Line(row["file"], row["row"], json.loads(row["cells"])) for row in rows)
    first = rows[0]
    reasons, matches = json.loads(first["asked"])
    there = {row[0] for row in db.execute(_THERE, (json.dumps([match["id"] for match in matches]),))}
    candidates = tuple(
        Match(**{**match, "reasons": tuple(match["reasons"])}) for match in matches if match["id"] in there
    )
    bundle = Bundle(lines, first["key"], digest_of(lines), first["key"] != first["digest"])
    return Question(
        first["id"], first["list"], first["list_ref"], first["list_name"], bundle, tuple(reasons), candidates
    )


_THERE: Final = "SELECT id FROM detainees WHERE id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody said: for `same` a `person` (an id), or the `ref` of one; `release` for which release is meant."""

    verdict: Verdict
    person: str | None = None
    release: str | None = None
    ref: str | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """What an answer led to: the person it is about now (None: skipped), and what to tell."""

    person: str | None
    notes: tuple[str, ...] = ()
    asked_again: bool = False
    """Nobody was added: somebody who came on record since the question was asked may be meant."""


def answer(change: Change, question: Question, said: Answer, *, who: str | None = None) -> Answered:
    """Act on an answer of `who`: join, add a new person, or leave the rows out for good.

    `different` and `unsure` are remembered as judgements between the new person and each candidate; where somebody may
    be meant who was not on record when the question was asked, it is asked again with them. Raises Undecided
    where it is not clear which release the rows speak of, Refused for what may not be, BadValue for what no longer
    reads (a place gone from the record), NotFound for a ref that nobody has.
    """
    if said.verdict == "skip":
        _close(change, question, None, "skipped")
        return Answered(None)
    problems = Problems()
    directory = directory_of(change, Creating(), Made())
    intake = Intake(change, question.list_name, question.list, directory, problems)
    if said.verdict == "same":
        person = _meant(change.db, said)
        notes = intake.joined(question.bundle, person, release=said.release)
        _close(change, question, person, "taken")
        return Answered(person, notes)
    told = intake.read(question.bundle, problems)
    problems.stop_if_any()
    since = _come_since(change, question, told)
    if since:
        _ask_again(change, question, since)
        return Answered(None, asked_again=True)
    newcomers = Newcomers(today_in(zone(change.db)).isoformat())
    person = newcomers.add(told, problems)
    problems.stop_if_any()
    newcomers.insert(change)
    for match in question.candidates:
        judge(change, change.get("detainees", person), change.get("detainees", match.id), said.verdict, who=who)
    _close(change, question, person, "taken")
    return Answered(person)


def _meant(db: Connection, said: Answer) -> str:
    """Return the id of the person somebody named. Raises NotFound for a ref that nobody has."""
    return said.person or str(find_record(db, said.ref or "")[1]["id"])


def _come_since(change: Change, question: Question, told: Person) -> tuple[Match, ...]:
    """Return who may be meant and was not among those asked about: somebody an earlier answer added, mostly.

    Not people of the same list: its rows are different people.
    """
    asked = {match.id for match in question.candidates}
    there = change.db.execute("SELECT detainee FROM list_rows WHERE list = ?", (question.list,))
    decider = Decider.of(change.db)
    apart = asked | {row["detainee"] for row in there if row["detainee"] is not None}
    return decider.others(told, apart)


def _ask_again(change: Change, question: Question, since: tuple[Match, ...]) -> None:
    matches = [asdict(match) for match in (*since, *question.candidates)]
    asked = json.dumps([list(since[0].reasons), matches], ensure_ascii=False)
    rows = change.db.execute(
        "SELECT id FROM list_rows WHERE list = ? AND key = ? AND state = 'open'", (question.list, question.bundle.key)
    ).fetchall()
    for row in rows:
        change.update("list_rows", row["id"], {"asked": asked})


def _close(change: Change, question: Question, person: str | None, state: str) -> None:
    """Close the rows of a question; the same rows of other versions, which waited with it, are the same person."""
    if person is not None:
        waited = change.db.execute(
            "SELECT r.id FROM list_rows r JOIN lists l ON l.id = r.list"
            " WHERE l.name = ? AND r.key = ? AND r.state = 'skipped' AND r.detainee IS NULL",
            (question.list_name, question.bundle.key),
        ).fetchall()
        for row in waited:
            change.update("list_rows", row["id"], {"state": state, "detainee": person})
    rows = change.db.execute(
        "SELECT id FROM list_rows WHERE list = ? AND key = ? AND state = 'open'", (question.list, question.bundle.key)
    ).fetchall()
    for row in rows:
        change.update("list_rows", row["id"], {"state": state, "detainee": person, "cells": None, "asked": None})


def cells_of(question: Question) -> Iterator[tuple[str, str]]:
    """Yield what the rows say: (column, texts joined), without the source they share."""
    said: dict[str, list[str]] = {}
    for line in question.bundle.lines:
        for column, text in line.cells.items():
            if text not in said.setdefault(column, []):
                said[column].append(text)
    for column, texts in said.items():
        yield column, " | ".join(texts)
