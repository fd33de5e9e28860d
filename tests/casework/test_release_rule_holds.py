"""Random statements about one person: the rule of "the same release or another?" leaves nothing twice and loses nothing."""

import shutil
from dataclasses import dataclass, replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.casework.arrest import Arrest
from tracker.casework.citations import Cited
from tracker.casework.custody import add_detention
from tracker.casework.faults import detentions_of, faults, releases_of
from tracker.casework.people import Person, add_person
from tracker.casework.release_request import Request, stored_told
from tracker.casework.releases import Undecided, add_release
from tracker.casework.sources import add_source
from tracker.domain.date_bounds import partial
from tracker.domain.same_release import agrees, same_release, sharper
from tracker.domain.vocabulary import STATUS_RANK
from tracker.store import Store

DATES = [None, "2026", "2026-01", "2026-02", "2026-01-10..2026-01-14", "..2026-01-20"]
DATES += [f"2026-01-{day:02}" for day in range(5, 27)] + ["2026-01-12T23:45", "2026-02-01", "2026-02-10"]
KINDS = ["unstated", "unstated", "full", "precautionary", "house_arrest"]
STATUSES = ["announced", "reported", "verified"]
MOST = 7


@dataclass(frozen=True)
class Statement:
    on: str | None
    kind: str
    status: str
    conditions: str | None


statements = st.lists(
    st.builds(
        Statement,
        st.sampled_from(DATES),
        st.sampled_from(KINDS),
        st.sampled_from(STATUSES),
        st.sampled_from([None, None, "may not travel", "reports every 15 days"]),
    ),
    min_size=1,
    max_size=MOST,
)


@pytest.fixture(scope="module")
def prepared(template_database, tmp_path_factory):
    """A person in prison and as many sources as there can be statements, for all examples: each is taken back."""
    path = tmp_path_factory.mktemp("rule") / "tracker.db"
    shutil.copy(template_database, path)
    store = Store.open(path)
    with store.writing("prepare") as change:
        person = add_person(change, Person(name="Ana Ruiz Prieto"))
        add_detention(change, person, Arrest(began="2025-05-23"))
        sources = [add_source(change, title=f"fuente {n}") for n in range(MOST)]
    return store, person, sources


def live(change, person):
    return [
        row
        for held in detentions_of(change.db, person)
        for row in releases_of(change.db, held["id"])
        if row["status"] != "retracted"
    ]


def stated_by(change, release, source):
    """Return what the source is cited for of a release: fact → (value, stance); the record as a whole is None."""
    rows = change.db.execute("SELECT * FROM citations WHERE release = ? AND source = ?", (release, source))
    return {row["field"]: (row["value"], row["stance"]) for row in rows}


def check_kept(change, source, statement, release):
    """The source of a statement is cited, and what it stated can be read from the record or its citations."""
    cited = stated_by(change, release["id"], source)
    assert cited[None] == (None, "supports")
    date, stance = cited.get("released_on", (release["released"], "supports"))
    assert date == (statement.on or ("unknown" if "released_on" in cited else None))
    if statement.on is not None:
        fits = agrees(partial(statement.on), partial(release["released"]))
        assert stance == ("supports" if fits else "disputes")
    if statement.kind != "unstated":
        assert cited.get("release_kind", (release["kind"],))[0] == statement.kind
    if statement.conditions is not None:
        assert cited.get("conditions", (release["conditions"],))[0] == statement.conditions


def check_weighed(before, after, status):
    """A release on record changed only as the status of the statement allows."""
    gain = STATUS_RANK[status] - STATUS_RANK[before["status"]]
    if gain > 0:
        assert after["status"] == status
        return
    assert after["status"] == before["status"]
    if after["released"] != before["released"]:
        assert gain == 0
        assert before["released"] is None or sharper(partial(after["released"]), partial(before["released"]))
    if after["kind"] != before["kind"]:
        assert gain == 0
        assert before["kind"] == "unstated"
    if after["conditions"] != before["conditions"]:
        assert before["conditions"] is None


def check_once(change, person):
    for one, other in combinations(live(change, person), 2):
        assert not same_release(stored_told(one), stored_told(other)), (dict(one), dict(other))


@settings(max_examples=150, deadline=None)
@given(said=statements)
def test_no_release_twice_no_status_lowered_nothing_lost(said, prepared):
    store, person, sources = prepared
    with store.writing("try", dry_run=True) as change:
        kept = {}
        for source, statement in zip(sources, said, strict=False):
            before = {row["id"]: dict(row) for row in live(change, person)}
            request = Request(
                on=partial(statement.on),
                kind=statement.kind,
                status=statement.status,
                conditions=statement.conditions,
                cited=Cited(source),
            )
            try:
                outcome = add_release(change, person, request)
            except Undecided:
                assert {row["id"]: dict(row) for row in live(change, person)} == before
                continue
            kept[source] = (statement, outcome.release)
            after = {row["id"]: dict(row) for row in live(change, person)}
            for one, row in before.items():
                if one == outcome.release:
                    check_weighed(row, after[one], statement.status)
                else:
                    assert {**row, "step": None} == {**after[one], "step": None}
            check_once(change, person)
            for other, (told, release) in kept.items():
                check_kept(change, other, told, change.get("releases", release))
        steps = [row["step"] for row in live(change, person)]
        assert steps == list(range(1, len(steps) + 1))
        assert faults(change.db, person) == []


@settings(max_examples=60, deadline=None)
@given(said=statements)
def test_saying_it_all_again_changes_nothing(said, prepared):
    store, person, sources = prepared
    with store.writing("try", dry_run=True) as change:
        accepted = []
        for source, statement in zip(sources, said, strict=False):
            request = Request(
                on=partial(statement.on), kind=statement.kind, status=statement.status, cited=Cited(source)
            )
            try:
                accepted.append((request, add_release(change, person, request).ref))
            except Undecided:
                continue
        rows = [tuple(row) for row in live(change, person)]
        for request, ref in accepted:
            add_release(change, person, replace(request, status="announced"), answer=ref)
        assert [tuple(row) for row in live(change, person)] == rows
