"""One person's page, search, the log and taking back, through the front door."""

import csv
import io
import json
import re

import pytest
from shell import Tracker


@pytest.fixture
def record(tracker: Tracker) -> Tracker:
    """A small invented record: Ana released on 12 January by two accounts, one of them of another day."""
    tracker.ok("facility", "add", "Penal Norte", "--state", "Lara")
    tracker.ok("claimant", "add", "Observatorio Uno", "--kind", "monitor")
    tracker.ok("source", "add", "https://diario.example/2026/01/12/lista", "--published", "2026-01-12")
    tracker.ok("source", "add", "https://hoja.example/2026/01/13/lista", "--published", "2026-01-13")
    tracker.ok("detainee", "add", "Ana Pérez [/red] Ruiz", "--other-name", "Anita Ruiz", "--detained-on", "2025-03",
               "--facility", "Penal Norte", "--publish", "named")  # fmt: skip
    tracker.ok("detainee", "add", "Bruno Lara", "--detained-on", "2025-04-01", "--publish", "anonymous")
    tracker.ok("release", "add", "Anita Ruiz", "--on", "2026-01-12", "-k", "precautionary", "-c", "Observatorio Uno",
               "-s", "diario-2026-01-12")  # fmt: skip
    tracker.ok("cite", ref_of_release(tracker), "released_on=2026-01-13", "-s", "hoja-2026-01-13")
    return tracker


def rows(tracker: Tracker, *words: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(tracker.ok(*words, "--csv").out)))


def ref_of_release(tracker: Tracker) -> str:
    return rows(tracker, "release", "list")[0]["ref"]


def test_the_page_says_standing_facts_voices_and_disputes_side_by_side(record: Tracker) -> None:
    ran = record.ok("show", "Anita Ruiz", "--on", "2026-01-14")
    assert ran.normal.splitlines()[:2] == [
        "Ana Pérez [/red] Ruiz · P-1",
        "out under measures, as of 2026-01-14 · since 2026-01-12",
    ]
    lines = [" ".join(line.split()) for line in ran.normal.splitlines()]
    assert (
        "2026-01-12 released R-1: precautionary measures; verified (quoted) Observatorio Uno (diario-2026-01-12)"
        in lines
    )
    assert "✗ released: 2026-01-13 hoja-2026-01-13" in lines
    released = next(place for place, line in enumerate(lines) if "released R-1" in line)
    assert lines[released + 1].startswith("✗"), "a dispute stands right below what it disputes"


def test_the_page_of_a_day_before_says_so(record: Tracker) -> None:
    assert (
        "detained, as of 2026-01-11 · since 2025-03 · Penal Norte"
        in record.ok("show", "ana perez red ruiz", "--on", "2026-01-11").out
    )


def test_facts_nobody_is_cited_for_are_marked(record: Tracker) -> None:
    assert "uncited" in record.ok("show", "Bruno Lara").out
    long = json.loads(record.ok("show", "Bruno Lara", "--json").out)
    assert {row["stance"] for row in long if row["field"] in ("name", "detained_on")} == {"uncited"}


def test_every_citation_is_a_row_for_machines(record: Tracker) -> None:
    found = json.loads(record.ok("show", "Anita Ruiz", "--json").out)
    disputes = [row for row in found if row["stance"] == "disputes"]
    assert [(row["field"], row["value"], row["source"]) for row in disputes] == [
        ("released_on", "2026-01-13", "hoja-2026-01-13")
    ]


def test_part_of_a_name_is_enough_to_read_and_never_to_write(record: Tracker) -> None:
    assert "Bruno Lara" in record.ok("show", "bruno").out
    refused = record("release", "add", "bruno", "--on", "2026-01-14")
    assert refused.code == 4
    assert not refused.out


def test_a_page_as_known_before_the_release_does_not_have_it(record: Tracker) -> None:
    before = next(row["seq"] for row in rows(record, "history") if row["reason"].startswith("release add"))
    ran = record.ok("show", "Anita Ruiz", "--on", "2026-01-14", "--known-by", str(int(before) - 1))
    assert "released" not in ran.out
    assert "detained, as of 2026-01-14" in ran.out


def test_search_ignores_accents_case_order_and_takes_parts_of_words(record: Tracker) -> None:
    for text in ("perez ANA", "ruiz anit", "PÉREZ", "rui ana"):
        found = rows(record, "find", text)
        assert [row["name"] for row in found] == ["Ana Pérez [/red] Ruiz"], text
    assert [(row["what"], row["name"]) for row in rows(record, "find", "norte")] == [("facility", "Penal Norte")]
    assert [(row["what"], row["name"]) for row in rows(record, "find", "hoja")] == [("source", "hoja-2026-01-13")]
    assert "answers to" in record.ok("find", "nadie").out


@pytest.mark.parametrize("text", ["%", "_", "!", "…"])
def test_a_search_for_no_letter_is_refused_and_wildcards_are_letters(record: Tracker, text: str) -> None:
    ran = record("find", text)
    assert ran.code == 3 or not rows(record, "find", text)


def test_a_public_search_does_not_tell_who_stands_behind_a_hidden_name(record: Tracker) -> None:
    assert rows(record, "find", "Bruno Lara", "--public") == []


def test_the_log_names_changes_people_as_refs(record: Tracker) -> None:
    entries = rows(record, "history")
    assert [entry["seq"] for entry in entries] == sorted((entry["seq"] for entry in entries), key=int, reverse=True)
    assert {entry["actor"] for entry in entries[:-1]} == {"tester"}
    assert not any("Ana" in entry["reason"] or "Bruno" in entry["reason"] for entry in entries)


def test_the_log_of_a_person_holds_their_records_field_by_field(record: Tracker) -> None:
    found = rows(record, "history", "Anita Ruiz")
    assert ("added", "kind", "", "precautionary") in {
        (row["action"], row["field"], row["before"], row["after"]) for row in found
    }
    of_release = rows(record, "history", ref_of_release(record))
    assert of_release
    assert len(of_release) < len(found)


def test_the_log_of_a_person_reads_without_columns_keys_or_ids(record: Tracker) -> None:
    record.ok("release", "edit", ref_of_release(record), "--kind", "house_arrest")
    record.ok("nationality", "add", "Anita Ruiz", "ES")
    read = record.ok("history", "Anita Ruiz").normal
    lines = [" ".join(line.split()) for line in read.splitlines()]
    for wanted in (
        r"tester person P-1 added publication named",
        r"tester person P-1 added other name Anita Ruiz \(alias\)",
        r"tester person P-1 added nationality Spain",
        r"tester stay Y-1 added held at Penal Norte",
        r"tester release R-1 changed terms precautionary measures house arrest",
        r"tester release R-1 added citation Observatorio Uno \(diario-2026-01-12\): says so",
        r"tester release R-1 added citation hoja-2026-01-13: disputes it, released 2026-01-13",
    ):
        pattern = re.compile(r"\d+ \d{4}-\d\d-\d\d \d\d:\d\d " + wanted)
        assert any(pattern.fullmatch(line) for line in lines), (wanted, read)
    assert not re.search(r"step|entered|_key|_from|_to\b|house_arrest|precautionary\b(?! measures)", read)
    assert {"kind", "step", "entered"} <= {row["field"] for row in rows(record, "history", "Anita Ruiz")}


def test_undo_takes_back_and_undoing_the_undo_brings_back(record: Tracker) -> None:
    page = record.ok("show", "Anita Ruiz", "--json").out
    dry = record.ok("undo", "--dry-run")
    assert "Nothing was changed" in dry.err
    assert record.ok("show", "Anita Ruiz", "--json").out == page
    undone = record.ok("undo")
    assert "✗ released" not in record.ok("show", "Anita Ruiz").out
    record.ok("undo", undone.err.rsplit(" ", 1)[1].strip())
    assert record.ok("show", "Anita Ruiz", "--json").out == page


def test_undo_is_refused_with_a_sentence_where_later_changes_depend(record: Tracker) -> None:
    added = next(row["seq"] for row in rows(record, "history") if row["reason"].startswith("detainee add"))
    before = record.ok("history", "--csv").out
    people = [row for row in rows(record, "history") if row["reason"].startswith("detainee add")]
    refused = record("undo", people[-1]["seq"])
    assert refused.code == 3, added
    assert "R-" in refused.err or "Q-" in refused.err
    assert record.ok("history", "--csv").out == before


@pytest.mark.parametrize("what", ["99999", "abc", "0", "-1"])
def test_undo_of_nothing_is_a_sentence(record: Tracker, what: str) -> None:
    ran = record("undo", "--", what)
    assert ran.code in (3, 4)
    assert ran.err.count("\n") <= 2
