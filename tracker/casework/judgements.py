"""Judgements: what somebody decided about two people on record: the same, different, or nobody knows.

One row for each pair, the older person first; deciding anew changes the row, and the log keeps what was. A pair judged
different is never proposed again; a pair nobody is sure of stays two people.
"""

from typing import Any, Final

from tracker.casework.faults import called
from tracker.casework.values import line, zone
from tracker.domain.clock import now_moment
from tracker.domain.vocabulary import label, read
from tracker.errors import Refused
from tracker.i18n import _
from tracker.store import Change, Connection, Row

_WEIGHT: Final = {"same": 0, "unsure": 1, "different": 2}
"""Which of two verdicts on one pair stays: the one that joins nobody by mistake."""


def judge(
    change: Change, one: Row, other: Row, verdict: str, *, who: str | None = None, why: str | None = None
) -> tuple[str | None, str]:
    """Record what was decided about two people (rows of detainees); return the verdict before (None: none) and now.

    Raises Refused for one person and themself, BadValue for what is no verdict.
    """
    key = read("verdict", verdict)
    if one["id"] == other["id"]:
        raise Refused(_("{person}: that is one person, not two.").format(person=called(one)))
    first, second = sorted((one["id"], other["id"]))
    known = between(change.db, first, second)
    values = {"verdict": key, "who": who, "at": now_moment(zone(change.db)), "why": line(why, _("reason"), 1000)}
    if known is None:
        change.insert("judgements", {"one": first, "other": second, **values})
        return None, key
    if known["verdict"] != key or (values["why"] or known["why"]) != known["why"]:
        change.update("judgements", known["id"], values)
    return known["verdict"], key


def between(db: Connection, one: str, other: str) -> Row | None:
    """Return the judgement on two people (ids), None where there is none."""
    row: Row | None = db.execute(
        "SELECT * FROM judgements WHERE (one = :a AND other = :b) OR (one = :b AND other = :a)", {"a": one, "b": other}
    ).fetchone()
    return row


def hand_over(change: Change, kept: str, gone: str) -> list[str]:
    """Let what was decided about one person (an id) hold for the one they are merged into; return what was at odds.

    The verdict on the two themselves goes. Of two verdicts on one pair the more careful stays.
    """
    said = []
    rows = change.db.execute("SELECT * FROM judgements WHERE ? IN (one, other) ORDER BY id", (gone,)).fetchall()
    for row in rows:
        third = row["other"] if row["one"] == gone else row["one"]
        known = between(change.db, kept, third)
        if third == kept or known is not None:
            change.delete("judgements", row["id"])
        if third == kept:
            continue
        first, second = sorted((kept, third))
        if known is None:
            change.update("judgements", row["id"], {"one": first, "other": second})
        elif known["verdict"] != row["verdict"]:
            said.append(_more_careful(change, known, row, third))
    return said


def _more_careful(change: Change, known: Row, row: Row, third: str) -> str:
    stays = max(known, row, key=lambda one: _WEIGHT[one["verdict"]])
    values: dict[str, Any] = {name: stays[name] for name in ("verdict", "who", "at", "why")}
    change.update("judgements", known["id"], values)
    return _("{person} was judged {one} and {other}; {stays} stays.").format(
        person=called(change.get("detainees", third)),
        one=label("verdict", known["verdict"]),
        other=label("verdict", row["verdict"]),
        stays=label("verdict", stays["verdict"]),
    )
