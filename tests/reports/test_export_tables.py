"""Exported lists: what the columns cannot hold is told, the public sees less, and many processes write what one would."""

import json

import pytest
from list_content import as_blocks, as_rows
from shell import PSEUDONYM, faceless

from tracker.domain import lists
from tracker.reports.asked import asking
from tracker.reports.exporting import columns, parts, tables
from tracker.store import Store


@pytest.fixture
def record(store: Store) -> Store:
    """Five people: one to be named, one not, one withheld, one a minor, one excluded."""
    with store.writing("people") as change:
        open_source = change.insert(
            "sources", {"slug": "diario-2026-01-12", "published": "2026-01-12", "title": "Lista"}
        )
        call = change.insert(
            "sources", {"slug": "call-2026-01-12", "published": "2026-01-12", "public": 0, "note": "x"}
        )
        family = change.insert(
            "claimants", {"name": "Marta Ruiz", "kind": "family", "default_status": "verified", "note": "aunt"}
        )
        monitor = change.insert("claimants", {"name": "Foro Uno", "kind": "monitor", "default_status": "verified"})
        prison = change.insert("facilities", {"name": "Zona 7"})

        def person(name, publish, **more):
            row = change.insert("detainees", {"name": name, "publish": publish, "note": f"note on {name}", **more})
            change.insert("identifiers", {"detainee": row, "scheme": "foro", "value": f"case {name}"})
            change.insert("names", {"detainee": row, "name": f"{name} Paz", "kind": "alias"})
            change.insert("nationalities", {"detainee": row, "country": "VE"})
            spell = change.insert("detentions", {"detainee": row, "began": "2025-03-02", "entered": "2026-01-12"})
            stay = change.insert("stays", {"detention": spell, "step": 1, "facility": prison})
            out = change.insert(
                "releases",
                {
                    "detention": spell,
                    "step": 1,
                    "released": "2026-01-12",
                    "status": "verified",
                    "conditions": f"{name} reports weekly",
                    "entered": "2026-01-12",
                },
            )
            change.insert(
                "citations", {"source": open_source, "claimant": monitor, "release": out, "locator": f"{name}, p. 1"}
            )
            change.insert("citations", {"source": call, "claimant": family, "release": out, "locator": "aunt says"})
            change.insert("citations", {"source": open_source, "stay": stay})
            change.insert(
                "citations",
                {
                    "source": open_source,
                    "detention": spell,
                    "field": "detained_on",
                    "value": "2025-04",
                    "stance": "disputes",
                },
            )
            return row

        person("Ana Ruiz", "named", born="1980")
        person("Eva Sol", None, age=41, age_on="2026-01-12")
        person("Luz Mar", "withheld")
        person("Rosa Paz", "named", born="2010")
        person("Inés Gil", "named", excluded=1, excluded_reason="common crime")
        scope = json.dumps({"facility": prison, "sex": "female"})
        claim = change.insert(
            "claims",
            {
                "claimant": monitor,
                "measure": "released",
                "min": 4,
                "max": 4,
                "as_of": "2026-01-12",
                "scope": scope,
                "note": "n",
            },
        )
        change.insert("citations", {"source": open_source, "claim": claim, "locator": "p. 1"})
        change.insert("claims", {"claimant": family, "measure": "held", "min": 1, "as_of": "2026-01-13"})
    return store


def shown(store: Store, make, **raw) -> tuple[list[dict], list[str], bool]:
    with asking(store, **raw) as (db, asked):
        table = make(store, db, asked)
        rows = [dict(zip(table.keys(), row, strict=True)) for row in table.rows]
        return rows, list(table.foot), table.private


def releases(_store, db, asked):
    return tables.releases_table(db, asked)


def sources(_store, db, asked):
    return tables.sources_table(db, asked)


def claims(_store, db, asked):
    return tables.claims_table(db, asked)


def test_columns_are_those_that_lists_are_read_by():
    assert [one.key for one in columns.LIST] == list(lists.LIST)
    assert [one.key for one in columns.CLAIMS] == list(lists.CLAIMS)
    assert [one.key for one in columns.SOURCES] == list(lists.SOURCES)


def test_the_list_holds_everybody_but_the_excluded_and_says_what_does_not_fit(record):
    rows, foot, private = shown(record, tables.list_table)
    assert {row["name"] for row in rows} == {"Ana Ruiz", "Eva Sol", "Luz Mar", "Rosa Paz"}
    assert foot[:2] == [
        "1 excluded person is not in it.",
        "5 disputing citations do not fit a list's columns; 'tracker export all' holds everything.",
    ]
    assert private
    (first, *others) = (row for row in rows if row["name"] == "Ana Ruiz")
    assert first["identifier"] == ("foro=case Ana Ruiz",)
    assert first["other_names"] == ("Ana Ruiz Paz",)
    assert {(row["source"], row["claimant"]) for row in others} == {
        ("diario-2026-01-12", None),
        ("diario-2026-01-12", "Foro Uno"),
        ("call-2026-01-12", "Marta Ruiz"),
    }


SECRETS = (
    "Eva",
    "Luz",
    "Rosa",
    "Inés",
    "case ",
    "note on",
    "call-2026",
    "Marta",
    "aunt",
    "weekly Eva",
    "2010",
    "2025-04",
)


@pytest.mark.parametrize("make", [tables.list_table, releases, sources, claims])
def test_in_public_nothing_is_told_of_those_who_may_not_be_named(record, make):
    rows, foot, private = shown(record, make, public=True)
    text = json.dumps([rows, foot], ensure_ascii=False)
    assert rows
    assert not [secret for secret in SECRETS if secret in text]
    assert not private


def test_in_public_the_unnamed_are_counted_under_a_pseudonym_and_the_withheld_not_at_all(record):
    rows, _foot, _private = shown(record, tables.list_table, public=True)
    unnamed = {row["ref"] for row in rows if row["name"] is None}
    assert len(unnamed) == 2
    assert all(PSEUDONYM.fullmatch(f"[person {ref}]") for ref in unnamed)
    named = [row for row in rows if row["name"] == "Ana Ruiz"]
    assert all(row["ref"].startswith("P-") for row in named)
    assert {row["conditions"] for row in named if row["release_status"]} == {"Ana Ruiz reports weekly"}
    assert {row["source"] for row in rows} == {None, "diario-2026-01-12", "[unpublished source]"}
    assert {row["claimant"] for row in rows} == {None, "Foro Uno", "[family]"}
    out, _foot, _private = shown(record, releases, public=True)
    assert [(row["ref"] is None, faceless(row["name"])) for row in out] == [
        (False, "Ana Ruiz"), (True, "[not named]"), (True, "[not named]")]  # fmt: skip
    assert {row["name"].strip("[]").removeprefix("person ") for row in out[1:]} <= unnamed


def test_claims_go_out_by_the_names_of_places_one_row_for_each_source(record):
    rows, _foot, private = shown(record, claims)
    assert [(row["claimant"], row["facility"], row["sex"], row["source"], row["locator"]) for row in rows] == [
        ("Foro Uno", "Zona 7", "female", "diario-2026-01-12", "p. 1"),
        ("Marta Ruiz", None, None, None, None),
    ]
    assert private


def test_sources_go_out_with_unknown_days_said(record):
    with record.writing("source") as change:
        change.insert("sources", {"slug": "hoja-undated"})
    rows, _foot, _private = shown(record, sources)
    assert [(row["slug"], row["published"], row["public"]) for row in rows] == [
        ("call-2026-01-12", "2026-01-12", "no"),
        ("diario-2026-01-12", "2026-01-12", "yes"),
        ("hoja-undated", "unknown", "yes"),
    ]
    public, foot, _private = shown(record, sources, public=True)
    assert [row["slug"] for row in public] == ["diario-2026-01-12", "hoja-undated"]
    assert "1 source that is not public is left out." in foot


def test_a_list_as_it_was_known_leaves_out_what_came_later(record):
    with record.reading() as db:
        seq = record.head(db).seq
    with record.writing("another") as change:
        change.insert("detainees", {"name": "Sol Nuevo", "publish": "named"})
    before, foot, _private = shown(record, tables.list_table, known_by=str(seq))
    now, _foot, _private = shown(record, tables.list_table)
    assert {row["name"] for row in now} - {row["name"] for row in before} == {"Sol Nuevo"}
    assert f"As this record knew it by {seq}." in foot


def test_several_processes_write_what_one_would(record, monkeypatch):
    monkeypatch.setattr(parts, "available", lambda: 2)
    with record.reading() as db:
        together = list(parts.blocks(record, db, many=1, size=2))
    text = ",".join(lists.LIST) + "\r\n" + "".join(block for _rows, block in together)
    assert text == as_blocks(record) == as_rows(record)
    assert sum(rows for rows, _block in together) == text.count("\r\n") - 1


def test_one_process_is_enough_for_few_people_or_one_processor(record, monkeypatch):
    monkeypatch.setattr(parts, "available", lambda: 1)
    with record.reading() as db:
        assert "".join(block for _rows, block in parts.blocks(record, db, many=1)) in as_blocks(record)
        monkeypatch.undo()
        assert "".join(block for _rows, block in parts.blocks(record, db)) in as_blocks(record)


def test_somebody_without_detention_or_name_is_in_the_list_too(store):
    with store.writing("two") as change:
        change.insert("detainees", {"name": "Ana Ruiz"})
        change.insert("detainees", {"description": "adolescent, 17", "note": "freed at night"})
    rows, _foot, _private = shown(store, tables.list_table)
    assert [(row["detention"], row["name"], row["note"]) for row in rows] == [
        (0, "Ana Ruiz", None),
        (0, None, "adolescent, 17"),
        (0, None, "freed at night"),
    ]


def test_an_empty_record_makes_an_empty_list(store):
    rows, foot, private = shown(store, tables.list_table)
    assert (rows, private, len(foot)) == ([], False, 1)
