"""The press of 2026, article after article in date order as a newsroom takes it in: no two merged, hardly anyone twice."""

import csv
import json
import re
import sqlite3
from collections import defaultdict
from pathlib import Path

import pytest
from lists import FOLDER, published

pytestmark = pytest.mark.shared

FACILITIES = Path(__file__).parents[2] / "seeds" / "venezuela-2026" / "facilities.csv"

COLUMNS = ("name", "other_names", "nationalities", "occupation", "detained_on", "facility", "charges", "released_on",
    "release_kind", "retaken_on", "died_on", "note")  # fmt: skip

REMARK = re.compile(r" \([^()]*\)$")
"""What the reader of an article added to a place: *Yare II (moved in December)*."""

KINDS = {
    "house arrest": "house_arrest",
    "with precautionary measures": "precautionary",
    "full liberty": "full",
    "full liberty (Amnesty Law)": "full",
}

TWICE = {
    "P012": "the article on Enrique Gorve says nothing else that is on record of Ernesto Gorbe",
}
"""Clusters of the labels that stay more than one person, and why."""


def said_of(person: dict) -> dict[str, str]:
    """Return what an article says of one person, in the columns of a list; of somebody unnamed, what they are."""

    def joined(value) -> str:
        return "; ".join(value) if isinstance(value, list) else value or ""

    event, on = person["event"], person.get("event_date_iso") or ""
    out = event in {"released", "house arrest", "full liberty", "announced"}
    unnamed = person["name"].startswith("(unnamed")
    return {
        "name": "" if unnamed else person["name"],
        "note": person["name"].strip("()") if unnamed else "",
        "other_names": joined(person.get("other_names_printed")),
        "nationalities": joined(person.get("nationalities")),
        "occupation": person.get("role") or "",
        "detained_on": person.get("arrested_iso") or "",
        "facility": REMARK.sub("", person.get("facility") or ""),
        "charges": person.get("charges") or "",
        "released_on": (on or "unknown") if out else "",
        "release_kind": KINDS.get(person["release_kind"], "") if out else "",
        "retaken_on": on if event == "rearrested" else "",
        "died_on": on if event == "died in custody" else "",
    }


def articles() -> list[tuple[str, dict]]:
    """Return (file, article) in order of publication, the undated last."""
    if not FOLDER.exists():
        pytest.skip(f"the real lists are not beside this checkout ({FOLDER})")
    read = [(path.name, json.loads(path.read_text(encoding="utf-8"))) for path in (FOLDER / "articles").glob("*.json")]
    return sorted(read, key=lambda one: (published(one[1]), one[0]))


@pytest.fixture(scope="module")
def taken_in(new_record, tmp_path_factory):
    """Return the record after all articles, and what was refused on the way: file → problems."""
    reports, refused = articles(), {}
    tracker, folder = new_record(), tmp_path_factory.mktemp("articles")
    for row in csv.DictReader(FACILITIES.read_text(encoding="utf-8").splitlines()):
        others = [word for name in row["other_names"].split("; ") if name for word in ("--other-name", name)]
        tracker.ok("facility", "add", row["name"], *others)
    tracker.ok("facility", "add", "El Rodeo", "--note", "which of the three is not said")
    for name, told in reports:
        if not told["people"]:
            continue
        path, bad = folder / f"{name}.csv", folder / f"{name}.bad.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, COLUMNS)
            writer.writeheader()
            writer.writerows(map(said_of, told["people"]))
        asked = ("-s", told["url"], "--one-person-by", "name", "--list", name, "--create-facilities")
        ran = tracker("import", str(path), *asked, "--skip-bad", str(bad))
        assert ran.code in {0, 5}, (name, ran)
        if ran.code:
            with bad.open(encoding="utf-8", newline="") as file:
                refused[name] = [row["tracker problem"] for row in csv.DictReader(file)]
    return tracker, refused


@pytest.fixture(scope="module")
def labels():
    with (FOLDER / "people_matches.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def became(taken_in, labels):
    """Return cluster → ids of the people its rows became, and person → clusters."""
    cluster = {
        (row["article_file"], row["printed_name"]): row["cluster_id"] for row in labels if row["relation"] == "same"
    }
    people, clusters = defaultdict(set), defaultdict(set)
    with sqlite3.connect(taken_in[0].database) as db:
        rows = db.execute("SELECT l.name, r.printed, r.detainee FROM list_rows r JOIN lists l ON l.id = r.list"
            " WHERE r.state = 'taken'").fetchall()  # fmt: skip
    for name, printed, person in rows:
        if found := cluster.get((name, printed)):
            people[found].add(person)
            clusters[person].add(found)
    return people, clusters


def test_only_what_no_nationality_is_was_refused(taken_in):
    _tracker, refused = taken_in
    assert list(refused) == ["149-noticiasmadeira-20260126.json"]
    assert all(
        "“Portuguese descent” is no country" in problem for problem in refused["149-noticiasmadeira-20260126.json"]
    )


def test_nobody_is_merged_who_the_labels_call_different(became, labels):
    people, clusters = became
    assert len(people) > 120
    assert {person: found for person, found in clusters.items() if len(found) > 1} == {}
    for row in labels:
        if row["relation"] == "different":
            assert not people[row["cluster_id"]] & people[row["other_cluster_id"]]


def test_nobody_is_on_record_twice_but_for_those_known(became):
    people, _clusters = became
    assert {found for found, ids in people.items() if len(ids) > 1} == set(TWICE)


def test_what_waits_is_a_part_and_shows_the_one_that_is_meant(taken_in, became, labels):
    """At most a fifth of the rows wait, each with a candidate; of those that have a person on record, it is shown."""
    tracker, _refused = taken_in
    people, _clusters = became
    cluster = {
        (row["article_file"], row["printed_name"]): row["cluster_id"] for row in labels if row["relation"] == "same"
    }
    with sqlite3.connect(tracker.database) as db:
        total = db.execute("SELECT count(*) FROM list_rows").fetchone()[0]
        rows = db.execute("SELECT l.name, r.printed, r.asked FROM list_rows r JOIN lists l ON l.id = r.list"
            " WHERE r.state = 'open'").fetchall()  # fmt: skip
    assert 0 < len(rows) <= total / 5
    shown = []
    for name, printed, asked in rows:
        candidates = {match["id"] for match in json.loads(asked)[1]}
        assert candidates
        known = people.get(cluster.get((name, printed), ""), set())
        shown += [bool(candidates & known)] * bool(known)
    assert sum(shown) >= 0.97 * len(shown)


def test_the_record_that_came_of_it_has_no_error(taken_in):
    tracker, _refused = taken_in
    found = tracker("check", "--severity", "error", "--csv")
    assert list(csv.DictReader(found.out.splitlines())) == []
