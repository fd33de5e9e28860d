"""The four questions at the shell, whole outputs, on a small invented record."""

import csv
import io
import json
import re

import pytest
from shell import faceless

from tracker import i18n
from tracker.domain.clock import today_in
from tracker.store import Store

PEOPLE = (
    ("Ana Ruiz", "--nationality", "VE", "--nationality", "ES", "--sex", "female"),
    ("Luis Vega", "--nationality", "VE", "--sex", "male", "--service", "military"),
    ("Zoé Paz", "--nationality", "CO", "--sex", "female"),
    ("Íñigo Sanz", "--sex", "male"),
)


@pytest.fixture
def case(tracker):
    """Four people: one released and verified, one sent home, one only announced out, one whose release has no exact day."""
    tracker.ok("facility", "add", "El Rodeo I", "--state", "Miranda")
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("claimant", "add", "Ministerio", "--kind", "detaining_state")
    tracker.ok("source", "add", "Lista", "--slug", "lista-2026-01-12", "--published", "2026-01-12")
    for name, *words in PEOPLE:
        tracker.ok("detainee", "add", name, *words)
        tracker.ok("detention", "add", name, "--on", "2025-03-02", "-f", "El Rodeo I")
    cited = ("-s", "lista-2026-01-12", "-c")
    tracker.ok("release", "add", "Ana Ruiz", "--on", "2026-01-12", "-k", "precautionary", *cited, "Foro Libre")
    tracker.ok("release", "add", "Luis Vega", "--on", "2026-01-12", "-k", "house_arrest", *cited, "Foro Libre")
    tracker.ok("release", "add", "Zoé Paz", "--on", "2026-01-12", *cited, "Ministerio")
    tracker.ok("release", "add", "Íñigo Sanz", "--on", "2026-01-10..2026-01-20", *cited, "Foro Libre")
    return tracker


def whole(ran, database):
    """Both streams with refs numbered, the changeset's hash left out, and columns set apart by two spaces."""
    store = Store.open(database)
    with store.reading() as db:
        head = store.head(db)
    text = ran.normal.replace(f"change {head.seq} ({head.hash[:8]})", "change N")
    return re.sub(r"(?<=\S) {2,}", "  ", re.sub("-{3,}", "---", text))


def rows(ran):
    return list(csv.DictReader(io.StringIO(ran.out)))


def test_remaining_shows_who_is_held_and_what_to_know_of_it(case, database):
    assert (
        whole(case.ok("remaining", "--on", "2026-01-12"), database)
        == """\
Remaining deprived of liberty on 2026-01-12: 2 (between 2 and 3)

ref  name  standing  since  place  nationalities  said to be out
---  ---  ---  ---  ---  ---  ---
P-1  Luis Vega  house arrest  2026-01-12  El Rodeo I  VE
P-2  Zoé Paz  detained  2025-03-02  El Rodeo I  CO  announced
As of 2026-01-12 (America/Caracas).
1 detained; 1 house arrest.
1 not counted could be among them (tracker remaining --uncertain).
1 of them is said to be out, unverified: 1 announced.
Counting rule “default”: Only verified releases end a detention; house arrest and unknown whereabouts count as held.
tracker.db, change N.
"""
    )


def test_remaining_lists_both_sides_of_the_doubt(case, database):
    assert (
        whole(case.ok("remaining", "--on", "2026-01-12", "--uncertain"), database)
        == """\
Uncertain on 2026-01-12: 0 counted who may not be held, 1 not counted who may be

ref  name  standing  could also be  since  place  released  status
---  ---  ---  ---  ---  ---  ---  ---
P-1  Íñigo Sanz  out, terms not stated  detained  2026-01-10..2026-01-20  El Rodeo I  2026-01-10..2026-01-20  verified
As of 2026-01-12 (America/Caracas).
1 out, terms not stated.
Counting rule “default”: Only verified releases end a detention; house arrest and unknown whereabouts count as held.
tracker.db, change N.
"""
    )


def test_remaining_explains_each_person_by_records_and_who_says_so(case, database):
    assert (
        whole(case.ok("remaining", "--on", "2026-01-12", "--explain", "--limit", "1"), database)
        == """\
Remaining deprived of liberty on 2026-01-12: 2 (between 2 and 3): who says so

ref  name  record  fact  as stated  stance  who says so  source  where in it
---  ---  ---  ---  ---  ---  ---  ---  ---
P-1  Luis Vega  nationality  VE  uncited
                     detention  2025-03-02  uncited
                     stay  El Rodeo I  uncited
                     release  2026-01-12 · house arrest · verified  says so  Foro Libre  lista-2026-01-12
As of 2026-01-12 (America/Caracas).
1 detained; 1 house arrest.
1 not counted could be among them (tracker remaining --uncertain).
1 of them is said to be out, unverified: 1 announced.
Only the first person is explained; --limit all.
Counting rule “default”: Only verified releases end a detention; house arrest and unknown whereabouts count as held.
tracker.db, change N.
"""
    )
    explained = rows(case.ok("remaining", "--on", "2026-01-12", "--explain", "--csv"))
    assert {row["name"] for row in explained} == {"Luis Vega", "Zoé Paz"}
    assert {row["value"] for row in explained if row["fact"] == "release"} == {
        "2026-01-12 · house_arrest · verified", "2026-01-12 · unstated · announced"}  # fmt: skip


def test_a_day_when_nobody_was_held_says_so(case, database):
    assert (
        whole(case.ok("remaining", "--on", "2020-01-01"), database)
        == """\
Remaining deprived of liberty on 2020-01-01: 0

Nobody on record is deprived of liberty on 2020-01-01.
As of 2020-01-01 (America/Caracas).
Counting rule “default”: Only verified releases end a detention; house arrest and unknown whereabouts count as held.
tracker.db, change N.
"""
    )


def test_a_record_of_doubts_alone_says_that_somebody_could_be_held(tracker):
    tracker.ok("detainee", "add", "Ana Ruiz")
    tracker.ok("detention", "add", "Ana Ruiz", "--on", "2026-01-10")
    tracker.ok("release", "add", "Ana Ruiz", "--on", "2026-01-11..2026-01-20", "--status", "verified")
    empty = tracker.ok("remaining", "--on", "2026-01-15").out
    assert empty.endswith("1 person could be, for want of exact dates (see --uncertain).\n")
    assert "Nobody on record is in this situation on 2026-01-15.\n" in tracker.ok(
        "remaining", "--on", "2026-01-15", "--standing", "escaped").out  # fmt: skip


def test_released_counts_people_by_terms_status_and_who_verified(case, database):
    assert (
        whole(case.ok("released", "--from", "2026-01-08", "--to", "2026-01-15"), database).replace(
            today_in("America/Caracas").isoformat(), "TODAY"
        )
        == """\
Left deprivation of liberty, 2026-01-08 to 2026-01-15: 2 (between 1 and 2)
  by terms: 1 release, terms not stated; 1 precautionary measures
  by status: 2 verified
  verified by: 2 Foro Libre

ref  name  released  terms  status  verified by  place  standing  sources
---  ---  ---  ---  ---  ---  ---  ---  ---
P-1  Íñigo Sanz  2026-01-10..2026-01-20  release, terms not stated  verified  Foro Libre  El Rodeo I  \
out, terms not stated  lista-2026-01-12
P-2  Ana Ruiz  2026-01-12  precautionary measures  verified  Foro Libre  El Rodeo I  out under measures  lista-2026-01-12
As of 2026-01-15 (America/Caracas).
Not in this total: Moved from prison to house arrest: 1 (--list moved_home); Announced out, not verified: 1 \
(--list announced).
Standing: as of TODAY.
Counting rule “default”: Only verified releases end a detention; house arrest and unknown whereabouts count as held.
tracker.db, change N.
"""
    )


def test_a_summary_of_those_who_left_has_the_bounds_of_released(case):
    window = ("--from", "2026-01-08", "--to", "2026-01-15")
    for words in (("--by", "month"), ("--by", "sex"), (), ("--by", "month", "--explain")):
        title = case.ok("summary", *window, *words).out.partition("\n")[0]
        assert "2026-01-08 to 2026-01-15" in title
        assert ": 2 people (between 1 and 2)" in title
    [january, *_others] = rows(case.ok("summary", *window, "--by", "month", "--csv"))
    assert (january["value"], january["total"], january["uncertain"]) == ("2026-01", "2", "1")


def test_a_release_that_may_lie_before_the_window_is_uncertain_in_its_row(tracker):
    """Of somebody free for certain by its end: `..2026-01-14` counts on the 14th and may have been before the 8th."""
    tracker.ok("detainee", "add", "Ana Ruiz", "--detained-on", "2025", "--sex", "female")
    tracker.ok("release", "add", "Ana Ruiz", "--on", "..2026-01-14", "-k", "full", "--status", "verified")
    for start, between, doubtful in (("2026-01-08", " (between 0 and 1)", "1"), ("2024-01-01", "", "0")):
        window = ("--from", start, "--to", "2026-03-01")
        assert tracker.ok("released", *window).out.partition("\n")[0].endswith(f": 1{between}")
        assert tracker.ok("summary", *window, "--by", "sex").out.partition("\n")[0].endswith(f": 1 person{between}")
        [women] = [row for row in tracker.rows("summary", *window, "--by", "sex") if row["value"] == "female"]
        assert (women["total"], women["uncertain"]) == ("1", doubtful)


def test_lines_outside_the_total_have_bounds_as_well(tracker):
    """A death or a move home of `2026-01` counts on the 1st, and may as well have been after the 8th."""
    for name in ("Ana Ruiz", "Eva Paz", "Luis Vega"):
        tracker.ok("detainee", "add", name, "--detained-on", "2025")
    tracker.ok("death", "Ana Ruiz", "--on", "2026-01")
    tracker.ok("release", "add", "Eva Paz", "--on", "2026-01", "-k", "house_arrest", "--status", "verified")
    tracker.ok("release", "add", "Luis Vega", "--on", "2025-12", "-k", "bail", "--status", "verified")
    tracker.ok("release", "add", "Luis Vega", "--on", "2026-01", "-k", "full", "--status", "verified", "--another")
    for start, figure in (("2026-01-08", "0 (between 0 and 1)"), ("2026-01-01", "1")):
        window = ("--from", start, "--to", "2026-03-01")
        for line in ("died", "moved_home", "upgrades"):
            assert tracker.ok("released", *window, "--list", line).out.partition("\n")[0].endswith(f": {figure}")
        noted = tracker.ok("released", *window).err
        assert f"Died deprived of liberty: {figure} (--list died)" in noted
        assert f"Moved from prison to house arrest: {figure} (--list moved_home)" in noted
    assert "Not in this total" not in tracker.ok("released", "--from", "2026-02", "--to", "2026-03-01").err


def test_every_line_of_released_opens_into_names(case):
    window = ("--from", "2026-01-08", "--to", "2026-01-15")
    for line, names in (("exits", ["Íñigo Sanz", "Ana Ruiz"]), ("moved-home", ["Luis Vega"]), ("announced", ["Zoé Paz"]),
        ("uncertain", ["Íñigo Sanz"]), ("retaken", []), ("upgrades", []), ("reported", []), ("died", [])):  # fmt: skip
        assert [row["name"] for row in rows(case.ok("released", *window, "--list", line, "--csv"))] == names
    refused = case("released", "--list", "colours")
    assert (refused.code, refused.out) == (3, "")
    assert refused.err == (
        "There is no line “colours” to open into names.\n"
        "Use one of: exits, retaken, moved_home, upgrades, reported, announced, died, uncertain.\n"
    )


def test_the_freed_and_retaken_count_once(case):
    case.ok("retake", "Ana Ruiz", "--on", "2026-01-13")
    case.ok("release", "add", "Ana Ruiz", "--on", "2026-01-14", "-k", "full", "--status", "verified")
    out = case.ok("released", "--from", "2026-01-08", "--to", "2026-01-15").out
    assert out.startswith(
        "Left deprivation of liberty, 2026-01-08 to 2026-01-15: 2 (between 1 and 2), of whom 1 retaken\n"
    )
    [ana] = rows(case.ok("released", "--from", "2026-01-08", "--to", "2026-01-15", "--list", "retaken", "--csv"))
    assert (ana["name"], ana["release_on"], ana["release_kind"], ana["standing"]) == (
        "Ana Ruiz",
        "2026-01-14",
        "full",
        "free",
    )
    once = "1 person left more than once and is counted once, under the latest exit.\n"
    window = ("released", "--from", "2026-01-08", "--to")
    assert [once in case.ok(*window, day).err for day in ("2026-01-13", "2026-01-15")] == [False, True]
    assert once in case.ok(*window, "2026-01-15", "--explain").err
    assert once not in case.ok(*window, "2026-01-15", "--list", "retaken").err
    months = case.ok("summary", "--by", "kind", "--from", "2026-01-08", "--to", "2026-01-15", "--csv")
    assert [(row["value"], row["total"]) for row in rows(months)] == [
        ("unstated", "1"), ("full", "1"), ("precautionary", "1"), ("unknown", "0"), ("", "2")]  # fmt: skip
    assert "A person can stand in several rows; the total counts each once." in months.err


def test_summary_by_nationality_counts_duals_under_both(case, database):
    assert (
        whole(case.ok("summary", "--on", "2026-01-12", "--by", "nationality"), database)
        == """\
People on record on 2026-01-12, by nationality: 4 people, of whom deprived of liberty: 2 (between 2 and 3)

by  which  detained  whereabouts unknown  house arrest  deprived of liberty  under measures  free  \
out, terms not stated  died in custody  total  uncertain
---  ---  ---  ---  ---  ---  ---  ---  ---  ---  ---  ---
nationality  Venezuela (VE)  0  0  1  1  1  0  0  0  2  0
nationality  Colombia (CO)  1  0  0  1  0  0  0  0  1  0
nationality  Spain (ES)  0  0  0  0  1  0  0  0  1  0
nationality  unknown  0  0  0  0  0  0  1  0  1  1
---  ---  ---  ---  ---  ---  ---  ---  ---  ---  ---  ---
total  1  0  1  2  1  0  1  0  4  1
As of 2026-01-12 (America/Caracas).
A person can stand in several rows; the total counts each once.
Counting rule “default”: Only verified releases end a detention; house arrest and unknown whereabouts count as held.
tracker.db, change N.
"""
    )


def test_a_summary_without_a_grouping_is_one_line(case):
    [line] = rows(case.ok("summary", "--on", "2026-01-12", "--csv"))
    assert (line["group"], line["deprived"], line["total"]) == ("all", "2", "4")


def test_a_summary_opens_into_names(case):
    listed = rows(case.ok("summary", "--on", "2026-01-12", "--by", "sex", "--list", "--csv"))
    assert [(row["value"], row["standing"], row["name"]) for row in listed] == [
        ("female", "restricted", "Ana Ruiz"), ("female", "detained", "Zoé Paz"),
        ("male", "out", "Íñigo Sanz"), ("male", "house_arrest", "Luis Vega")]  # fmt: skip
    refused = case("summary", "--by", "colour")
    assert refused.code == 3
    assert refused.err.startswith("People cannot be grouped by “colour”.\nUse one of: nationality, nationality_type,")


def test_a_summary_opens_into_people_and_sources(case, database):
    assert (
        whole(case.ok("summary", "--on", "2026-01-12", "--by", "sex", "--explain", "--nationality", "CO"), database)
        == """\
People on record on 2026-01-12, by sex: 1 person, of whom deprived of liberty: 1: who says so

by  which  standing  ref  name  record  fact  as stated  stance  who says so  source  where in it
---  ---  ---  ---  ---  ---  ---  ---  ---  ---  ---  ---
sex  female  detained  P-1  Zoé Paz  nationality  CO  uncited
                                          detention  2025-03-02  uncited
                                          stay  El Rodeo I  uncited
                                          release  2026-01-12 · release, terms not stated · announced  says so  Ministerio  lista-2026-01-12
As of 2026-01-12 (America/Caracas).
Counting rule “default”: Only verified releases end a detention; house arrest and unknown whereabouts count as held.
Only: nationality Colombia.
tracker.db, change N.
"""
    )


@pytest.mark.parametrize("by", ["nationality", "facility", "sex", "kind", "month", "standing"])
def test_the_people_explained_are_those_a_summary_lists(case, by):
    words = ("summary", "--by", by, "--from", "2026-01-08", "--to", "2026-01-15")
    listed = {(row["value"], row["standing"], row["ref"]) for row in rows(case.ok(*words, "--list", "--csv"))}
    explained = json.loads(case.ok(*words, "--explain", "--json").out)
    assert listed
    assert {(row["which"], row["standing"], row["ref"]) for row in explained} == listed


def test_a_summary_explained_in_public_names_nobody_and_gives_no_tag_away(case):
    case.ok("detainee", "edit", "Zoé Paz", "--tag", "maestra")
    explained = rows(case.ok("summary", "--by", "tag", "--explain", "--public", "--csv"))
    assert {(faceless(row["name"]), row["ref"], row["which"]) for row in explained} == {("[not named]", "", "")}
    case.ok("publish", "Zoé Paz", "named")
    explained = rows(case.ok("summary", "--by", "tag", "--explain", "--public", "--csv"))
    assert {(faceless(row["name"]), row["which"]) for row in explained} == {("Zoé Paz", "maestra"), ("[not named]", "")}


def test_a_summary_of_one_speaks_of_one_person(case):
    ana = ("summary", "--on", "2026-01-12", "--nationality", "ES")
    assert ": 1 person, of whom deprived of liberty: 0\n" in case.ok(*ana).out
    try:
        i18n.set_language("es")
        assert ": 1 persona, de ellas privadas de libertad: 0\n" in case.ok(*ana).out
    finally:
        i18n.set_language("en")


def test_the_bulletin_adds_up_and_leads_from_the_last_one(case, database):
    assert (
        whole(case.ok("bulletin", "--on", "2026-01-13", "--since", "2026-01-09"), database)
        == """\
Bulletin of Monitor de prueba, 2026-01-13: 2 (between 2 and 3) deprived of liberty, and what moved since 2026-01-09

section  line  people
---  ---  ---
Deprived of liberty  2
How they are held  detained  1
                                             whereabouts unknown  0
                                             house arrest  1
Sex  female  1
                                             male  1
                                             unknown  0
Service  civilian  0
                                             military  1
                                             police  0
                                             unknown  1
Age group at arrest  adult  0
                                             adolescent  0
                                             unknown  2
Sentenced or not  sentenced  0
                                             not sentenced  0
                                             unknown  2
Nationality  home national  1
                                             foreigner, one nationality  1
                                             dual national  0
                                             unknown  0
Foreigners with one nationality, by country  Colombia (CO)  1
Place  El Rodeo I  1
                                             house arrest  1
                                             unknown  0
Since the last bulletin  deprived of liberty at the beginning  4
                                             out: release, terms not stated  1
                                             out: precautionary measures  1
                                             deprived of liberty at the end  2
In the same time, in no total  moved from prison to house arrest  1
                                             announced out, not verified  1
As of 2026-01-13 (America/Caracas).
1 not counted could be among them (tracker remaining --uncertain).
1 of them is said to be out, unverified: 1 announced.
Counting rule “default”: Only verified releases end a detention; house arrest and unknown whereabouts count as held.
tracker.db, change N.
"""
    )


def test_a_bulletin_for_machines_names_its_lines_by_keys(case):
    lines = json.loads(case.ok("bulletin", "--on", "2026-01-13", "--since", "2026-01-09", "--json").out)
    assert lines[0] == {"section": "total", "line": "deprived", "people": 2}
    assert {"section": "movement", "line": "released_precautionary", "people": 1} in lines
    assert {"section": "foreign", "line": "CO", "people": 1} in lines
    moved = json.loads(
        case.ok("bulletin", "--on", "2026-01-13", "--since", "2026-01-09", "--list", "movement", "--json").out
    )
    assert {(line["line"], line["name"]) for line in moved} == {
        ("released_precautionary", "Ana Ruiz"), ("released_unstated", "Íñigo Sanz")}  # fmt: skip
    refused = case("bulletin", "--list", "movement")
    assert (refused.code, refused.out) == (3, "")


def test_in_public_nobody_is_named_who_is_not_marked_so(case):
    held = rows(case.ok("remaining", "--on", "2026-01-12", "--public", "--csv"))
    assert [(row["ref"], faceless(row["name"]), row["facility"]) for row in held] == [
        ("", "[not named]", "El Rodeo I")
    ] * 2
    case.ok("publish", "Zoé Paz", "named")
    assert [faceless(row["name"]) for row in rows(case.ok("remaining", "--on", "2026-01-12", "--public", "--csv"))] == [
        "Zoé Paz", "[not named]"]  # fmt: skip


def test_columns_are_any_of_those_scripts_rely_on(case):
    every = ("ref,name,other_names,standing,since,facility,state,nationalities,sex,born,service,tags,release_on,release_kind,"
        "release_basis,release_status,conditions,verified_by,said_out,sources,uncertain")  # fmt: skip
    for command in ("remaining", "released", "detainee list"):
        out = case.ok(*command.split(), "--columns", every, "--csv").out
        assert out.splitlines()[0] == every
    refused = case("remaining", "--columns", "name,age")
    assert (refused.code, refused.err.splitlines()[0]) == (3, "There is no column “age” here.")


def test_rows_are_limited_and_ordered_as_asked(case):
    limited = case.ok("detainee", "list", "--limit", "2", "--sort", "-name", "--csv")
    assert [row["name"] for row in rows(limited)] == ["Zoé Paz", "Luis Vega"]
    assert case("remaining", "--limit", "none").code == 3
