"""Random histories of a record, and the flow between any two states of knowledge, held against what was true at each.

After every step the plain rows and the standings are kept, as they are then: no view of the past is asked. From these the
lines follow by their definitions in words, person by person, people being identified by the merges this file itself did.
"""

import os
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_lives import a_store

from tracker.casework import merging
from tracker.domain.vocabulary import DEPRIVED
from tracker.errors import TrackerError
from tracker.reports.asked import asking
from tracker.reports.clocks import earlier
from tracker.reports.flow import ADDING, STOCKS, flow, flow_table
from tracker.reports.people import people_table
from tracker.store.merges import in_force

EXAMPLES = int(os.environ.get("TRACKER_FLOW_EXAMPLES", "20"))
DAYS = (
    "2025-06-01",
    "2025-12-20",
    "2026-01-05",
    "2026-01-07",
    "2026-01-08",
    "2026-01-12T08:00",
    "2026-02-08",
    "2026-02-20",
)
OPENING, FIRST, LAST = "2026-01-07T23:59", "2026-01-08", "2026-02-08"
KINDS = ("full", "full", "precautionary", "house_arrest", "escaped")

WORDS = ("arrest", "release", "release", "again", "status", "status", "redate", "rearrest", "exclude", "delete", "die", "merge",
    "merge", "merge", "split", "undo")  # fmt: skip
steps = st.lists(
    st.tuples(
        st.sampled_from(WORDS),
        st.integers(0, 20),
        st.integers(0, 20),
        st.sampled_from(DAYS),
        st.sampled_from(KINDS),
    ),
    min_size=6,
    max_size=14,
)


@dataclass
class State:
    """What was on record after a step: plain rows, who stood how, and who had been merged into whom (ids)."""

    seq: int
    people: dict[str, str] = field(default_factory=dict)
    detentions: dict[str, tuple[str, str]] = field(default_factory=dict)
    releases: list[tuple[str, str, str]] = field(default_factory=list)
    opening: dict[str, str] = field(default_factory=dict)
    closing: dict[str, str] = field(default_factory=dict)
    into: dict[str, str] = field(default_factory=dict)

    def held(self, standings):
        return {person for person, standing in standings.items() if standing in DEPRIVED}

    def now(self, person):
        """Return who somebody is in this state."""
        while person in self.into:
            person = self.into[person]
        return person

    def begun(self, detention):
        return detention in self.detentions and moment(self.detentions[detention][1]) <= OPENING

    def let_go(self, person):
        """Return whether a release by the opening let a person go, by any detention."""
        return any(
            self.detentions[detention][0] == person for detention, on, _kind in self.releases if moment(on) <= OPENING
        )

    def holding(self, person):
        """Return the detentions begun by the opening that no release had ended for good."""
        over = {detention for detention, on, _kind in self.releases if moment(on) <= OPENING}
        return [
            one
            for one, (whose, _began) in self.detentions.items()
            if whose == person and self.begun(one) and one not in over
        ]


def moment(day):
    return day if "T" in day else f"{day}T00:00"


class History:
    """A record that is written at random, and its states."""

    def __init__(self, store):
        self.store = store
        self.merged = {}
        self.states = []

    def begin(self):
        """Enter some people, held or out at the opening, as the first state."""
        for place, day in enumerate(("2025-06-01", "2025-06-01", "2025-06-01", "2025-12-20", "2026-01-12T08:00")):
            self.arrest(place, 0, day, "")
        for place in (2, 3):
            self.release(place, 0, "2026-01-07", "full")
        self.keep()

    def take(self, op, one, other, day, kind):
        """Do one step, if it can be done; keep the state after it."""
        try:
            getattr(self, op)(one, other, day, kind)
        except TrackerError:  # refused: two open detentions, a death before an arrest, nothing to undo …
            return
        self.keep()

    def keep(self):
        with self.store.reading() as db:
            state = State(self.store.head(db).seq, into=dict(self.merged.values()))
            rows = db.execute("SELECT id, ref FROM detainees").fetchall()
            state.people = {row["id"]: row["ref"] for row in rows}
            state.detentions = {
                row["id"]: (row["detainee"], row["began"]) for row in db.execute("SELECT * FROM detentions")
            }
            state.releases = [
                (row["detention"], row["released"], row["kind"])
                for row in db.execute("SELECT * FROM releases WHERE status = 'verified' AND kind <> 'house_arrest'")
            ]
        ids = {ref: person for person, ref in state.people.items()}
        for on, kept in ((OPENING, state.opening), (LAST, state.closing)):
            with asking(self.store, on=on, columns=["ref", "standing"]) as (db, asked):
                kept.update({ids[ref]: standing for ref, standing in people_table(db, asked).rows})
        self.states.append(state)

    def pick(self, change, table, place, where="1"):
        rows = change.db.execute(f"SELECT * FROM {table} WHERE {where} ORDER BY id").fetchall()
        return rows[place % len(rows)] if rows else None

    def arrest(self, one, _other, day, _kind):
        with self.store.writing("arrest") as change:
            person = change.insert("detainees", {"name": f"Persona {'abcdefghijklmnopqrstuvwxyz'[one]}"})
            change.insert("detentions", {"detainee": person, "began": day, "entered": "2026-03-01"})

    def release(self, one, _other, day, kind):
        with self.store.writing("release") as change:
            row = self.pick(change, "detentions", one)
            if row is not None:
                step = (
                    change.db.execute("SELECT count(*) FROM releases WHERE detention = ?", (row["id"],)).fetchone()[0]
                    + 1
                )
                change.insert("releases", {"detention": row["id"], "step": step, "released": max(day, row["began"]), "kind": kind,
                    "status": "verified", "entered": "2026-03-01"})  # fmt: skip

    def again(self, one, _other, day, _kind):
        free = "NOT EXISTS (SELECT 1 FROM detentions t WHERE t.detainee = detainees.id AND NOT EXISTS (SELECT 1 FROM releases r WHERE r.detention = t.id AND r.status = 'verified'))"
        with self.store.writing("again") as change:
            row = self.pick(change, "detainees", one, free)
            if row is not None:
                change.insert("detentions", {"detainee": row["id"], "began": day, "entered": "2026-03-01"})

    def status(self, one, other, _day, _kind):
        with self.store.writing("status") as change:
            row = self.pick(change, "releases", one)
            if row is not None:
                change.update("releases", row["id"], {"status": ("verified", "reported", "retracted")[other % 3]})

    def redate(self, one, _other, day, _kind):
        with self.store.writing("redate") as change:
            row = self.pick(change, "releases", one)
            if row is not None:
                change.update("releases", row["id"], {"released": day})

    def rearrest(self, one, _other, day, _kind):
        with self.store.writing("rearrest") as change:
            row = self.pick(change, "detentions", one)
            if row is not None:
                change.update("detentions", row["id"], {"began": day})

    def exclude(self, one, _other, _day, _kind):
        with self.store.writing("exclude") as change:
            row = self.pick(change, "detainees", one)
            if row is not None:
                change.update("detainees", row["id"], {"excluded": 1 - row["excluded"], "excluded_reason": "prueba"})

    def delete(self, one, _other, _day, _kind):
        with self.store.writing("delete") as change:
            row = self.pick(change, "detainees", one)
            if row is None:
                return
            for table, where in (("releases", "detention IN (SELECT id FROM detentions WHERE detainee = ?)"),
                    ("detentions", "detainee = ?"), ("names", "detainee = ?"), ("detainees", "id = ?")):  # fmt: skip
                for found in change.db.execute(f"SELECT id FROM {table} WHERE {where}", (row["id"],)).fetchall():
                    change.delete(table, found["id"])

    def die(self, one, other, day, _kind):
        with self.store.writing("die") as change:
            row = self.pick(change, "detainees", one)
            if row is not None:
                change.update("detainees", row["id"], {"died": day if other % 3 else None})

    def merge(self, one, other, _day, _kind):
        with self.store.writing("merge", kind="merge") as change:
            alike = "id IN (SELECT detainee FROM detentions WHERE began = '2025-06-01')"  # others are refused too often
            kept, gone = self.pick(change, "detainees", one, alike), self.pick(change, "detainees", other, alike)
            if kept is None or kept["id"] == gone["id"]:
                return
            merging.merge(change, kept, gone)
        self.merged[change.seq] = (gone["id"], kept["id"])

    def split(self, one, _other, _day, _kind):
        with self.store.reading() as db:
            found = in_force(db)
        if not found:
            return
        merge = found[one % len(found)]
        with self.store.writing("split", kind="undo") as change:
            merging.split(change, merge)
        del self.merged[merge.seq]

    def undo(self, _one, _other, _day, _kind):
        self.merged.pop(self.store.undo().undid, None)


def learned_of(then, now, person, ids):
    """Return the lines on which the people who are `person` now (their `ids` of then) may stand, by the definitions."""
    counted = [one for one in ids if one in then.held(then.opening)]
    held = person in now.held(now.opening)
    expected = Counter({"merged": len(counted) - 1} if len(counted) > 1 else {})
    if held and not counted:
        out = any(then.opening.get(one, "none") != "none" for one in ids)
        # A release of then is withdrawn if the detention that holds them now was on record then, or no other one frees them.
        known = [then.begun(detention) for detention in now.holding(person)]
        withdrawn = out and (any(known) or not now.let_go(person))
        return expected + Counter(withdrawn_releases=int(withdrawn), newly_documented=int(not withdrawn)), len(
            set(known)
        ) > 1
    if counted and not held:
        out = now.opening.get(person, "none") != "none"
        known = [now.begun(one) and now.detentions[one][0] == person for self in counted for one in then.holding(self)]
        late = out and (any(known) or not any(then.let_go(one) for one in counted))
        return expected + Counter(late_releases=int(late), delisted=int(not late)), len(set(known)) > 1
    return expected, False


def check_learned(then, now, moves):
    """Check the lines of what was learned, for everybody: by their number, and by whom they hold."""
    ids, lines = defaultdict(set), defaultdict(Counter)
    for person in (*then.people, *now.people):
        ids[now.now(person)].add(person)
    for move in moves:
        lines[now.now(move.detainee)][move.line] += 1
    for person, selves in ids.items():
        expected, open_ = learned_of(then, now, person, selves)
        found = lines.pop(person, Counter())
        if open_:  # of several detentions that hold one person, either may be meant
            signed = {line: 1 if line in ADDING else -1 for line in found}
            net = (person in now.held(now.opening)) - len(selves & then.held(then.opening))
            assert sum(signed[line] * n for line, n in found.items()) == net
        else:
            assert found == +expected, (person, found, expected)
    assert not lines


def check_crossings(now, moves):
    """Check that what happened leads everybody from what they were to what they are, by turns."""
    by_person = defaultdict(list)
    for move in moves:
        assert FIRST <= move.at <= f"{LAST}T23:59"
        by_person[move.detainee].append(move.line in ADDING)
    before, after = now.held(now.opening), now.held(now.closing)
    for person in {*by_person, *before, *after}:
        turns = by_person[person]
        assert all(one != other for one, other in pairwise(turns)), turns
        assert (person in before) + sum(1 if into else -1 for into in turns) == (person in after)


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(history=steps, first=st.integers(0, 6), second=st.integers(0, 1))
def test_the_flow_between_any_two_states_of_knowledge_says_what_was_learned_and_what_happened(
    template_database, history, first, second
):
    with a_store(template_database) as store:
        told = History(store)
        told.begin()
        for step in history:
            told.take(*step)
        then, now = told.states[first % (1 + len(told.states) // 2)], told.states[-1 - second % 2]
        if then.seq > now.seq:
            then, now = now, then
        with asking(store, from_=FIRST, to=LAST, known_by=f"#{now.seq}") as (db, asked):
            back = earlier(store, db, asked, f"#{then.seq}")
            found = flow(db, asked, back)
            assert found.learned is not None
            assert found.learned.then.people == len(then.held(then.opening))
            assert found.opening.people == len(now.held(now.opening))
            assert found.closing.people == len(now.held(now.closing))
            check_learned(then, now, found.learned.moves)
            check_crossings(now, found.crossings)
            rows = {str(line): (people, names or ()) for line, people, names in flow_table(db, asked, back).rows}
        figures = {line: people for line, (people, _names) in rows.items()}
        assert all(abs(people) == len(names) for people, names in rows.values())
        moved = sum(people for line, people in figures.items() if line not in STOCKS)
        assert figures["opening_then"] + moved == figures["closing"]
