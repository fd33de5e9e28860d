"""The reports of 12 January 2026, entered through the shell as an analyst would, and checked by hand.

Early that day Foro Penal named 24 people out: 9 women of La Crisálida, 15 men of El Rodeo I. Five outlets carried the list:

    outlet             women  men   which
    Tiempo de San Juan     9   15   all
    La Gaceta              9   15   all
    Perfil                 9   15   all; and two Argentines still held: Gallo in El Rodeo I, Giuliani in Yare II since December
    Univision              9   12   all but Trentini, Burló and González de Canales Plaza
    Diario República       3    4   Marcano, Polo, González Jiménez; Polo, Trentini, Burló, González de Canales Plaza
                         ---  ---
                          39   61   = 100 citations of 24 releases

The ministry for prisons said 116 and named nobody.
"""

from collections import Counter

import pytest
from lists import article, published
from shell import Tracker

pytestmark = pytest.mark.shared

FIRST = "027-tiempodesanjuan-20260112"
OTHERS = ("032-lagaceta-20260112", "197-perfil-20260112", "261-univision-20260112", "024-diariorepublica-20260112")
PARTIAL = "261-univision-20260112"
SLUGS = {
    FIRST: "tiempodesanjuan-2026-01-12",
    "032-lagaceta-20260112": "lagaceta-2026-01-12",
    "197-perfil-20260112": "perfil-undated",
    "261-univision-20260112": "univision-2026-01-12",
    "024-diariorepublica-20260112": "diariorepublica-undated",
}
STILL_HELD = {"Germán Giuliani": "Yare II", "Nahuel Gallo": "El Rodeo I"}


def printed(name: str, *, sex: str) -> list[str]:
    """Return whom the article prints as released from the women's prison, or from the other."""
    people = [person for person in article(name)["people"] if person["event"] == "released"]
    return [person["name"] for person in people if ("Crisálida" in (person["facility"] or "")) == (sex == "female")]


def add_source(tracker: Tracker, name: str) -> str:
    page = article(name)
    said = tracker.ok("source", "add", page["url"], "--published", published(page)).err
    assert f"source {SLUGS[name]} (S-" in said
    return SLUGS[name]


def prepare(tracker: Tracker) -> None:
    tracker.ok("facility", "add", "La Crisálida", "--other-name", "Las Crisálidas")
    tracker.ok("facility", "add", "El Rodeo I", "--other-name", "Internado Judicial Capital Rodeo I")
    tracker.ok("facility", "add", "El Rodeo II")
    tracker.ok("facility", "add", "Yare II")
    tracker.ok("claimant", "add", "Foro Penal", "--kind", "monitor", "--house-arrest", "held")
    tracker.ok("claimant", "add", "Ministry for Prisons", "--kind", "detaining_state")


def add_list(tracker: Tracker, name: str, *more: str) -> str:
    """Enter one outlet's list as it names the two prisons; return what was said."""
    slug = add_source(tracker, name)
    said = ""
    for sex, prison in (("female", "Las Crisálidas"), ("male", "Rodeo 1")):
        cited = ("--on", "2026-01-12", "-f", prison, "-s", slug, "-c", "Foro Penal")
        said += tracker.ok("release", "add", "-", *cited, *more, stdin="\n".join(printed(name, sex=sex)) + "\n").err
    return said


@pytest.fixture(scope="module")
def record(new_record) -> Tracker:
    """The five lists, the two men still held, and the ministry's number."""
    tracker: Tracker = new_record()
    prepare(tracker)
    said = add_list(tracker, FIRST, "--create")
    assert "9 people: 9 new releases, 0 citations" in said
    assert "15 people: 15 new releases, 0 citations" in said
    for name, women, men in zip(OTHERS, (9, 9, 9, 3), (15, 15, 12, 4), strict=True):
        said = add_list(tracker, name)
        for count in (women, men):
            assert f"{count} people: 0 new releases, {count} citations added to releases already on record" in said
        assert "by this source" not in said  # no outlet disagrees on the prison: Rodeo 1 = Rodeo I = El Rodeo 1
    # Perfil of 12 January: both were held that day, Giuliani moved to Yare II in December. When they were arrested it
    # does not say: by then, no more.
    tracker.ok("detainee", "add", "Nahuel Gallo", "--nationality", "argentino", "--detained-on", "..2026-01-12",
               "-f", "El Rodeo 1", "-s", "perfil-undated")  # fmt: skip
    tracker.ok("detainee", "add", "Germán Giuliani", "--nationality", "AR", "--detained-on", "..2025-12",
               "-f", "Yare II", "--facility-since", "2025-12", "-s", "perfil-undated")  # fmt: skip
    for slug in ("univision-2026-01-12", "lagaceta-2026-01-12"):
        tracker.ok("claim", "add", "Ministry for Prisons", "released", "116", "--as-of", "2026-01-12", "-s", slug)
    return tracker


def test_the_articles_say_what_the_numbers_above_come_from():
    counts = {name: (len(printed(name, sex="female")), len(printed(name, sex="male"))) for name in SLUGS}
    assert counts == dict(zip(SLUGS, [(9, 15), (9, 15), (9, 15), (9, 12), (3, 4)], strict=True))
    everybody = {name for slug in SLUGS for sex in ("female", "male") for name in printed(slug, sex=sex)}
    assert len(everybody) == 24


def test_released_that_day_names_each_of_the_24_once(record):
    rows = record.rows("released", "--on", "2026-01-12")
    assert [row["name"] for row in rows].count("Beverly Polo") == 1
    assert {row["name"] for row in rows} == {*printed(FIRST, sex="female"), *printed(FIRST, sex="male")}
    assert len(rows) == len({row["ref"] for row in rows}) == 24
    assert Counter(row["facility"] for row in rows) == {"La Crisálida": 9, "El Rodeo I": 15}
    assert {(row["release_on"], row["release_kind"], row["release_status"]) for row in rows} == {
        ("2026-01-12", "unstated", "verified")
    }
    assert {row["verified_by"] for row in rows} == {"Foro Penal"}  # five sources, one who says so
    head = record.ok("released", "--on", "2026-01-12").out.splitlines()[:4]
    assert head == [
        "Left deprivation of liberty, 2026-01-12: 24",
        "  by terms: 24 release, terms not stated",
        "  by status: 24 verified",
        "  verified by: 24 Foro Penal",
    ]


def test_released_around_that_day(record):
    assert record.rows("released", "--on", "2026-01-11") == []
    assert record.rows("released", "--on", "2026-01-13") == []
    assert len(record.rows("released", "--from", "2026-01-08", "--to", "2026-01-31")) == 24
    # What an outlet printed: all; 21 for Univision; 7 for Diario República.
    for name, count in zip(SLUGS, (24, 24, 24, 21, 7), strict=True):
        assert len(record.rows("released", "--on", "2026-01-12", "--source", SLUGS[name])) == count


def test_each_outlet_is_one_citation_more_and_no_release_more(record):
    rows = record.rows("release", "list")
    assert len(rows) == len({row["detainee"] for row in rows}) == 24
    sources = Counter(len(row["sources"].split("; ")) for row in rows)
    # Marcano, B. Polo, González Jiménez and G. Polo are in all five; the three foreigners are not in Univision, and the
    # other 17 not in Diario República.
    assert sources == {5: 4, 4: 20}
    assert {row["claimants"] for row in rows} == {"Foro Penal"}
    five = {row["name"] for row in rows if len(row["sources"].split("; ")) == 5}
    assert five == {"Yuli Marcano Rojas", "Beverly Polo", "Sonia Josefina González Jiménez", "Gilberto Rafael Polo"}


def test_remaining_before_and_after(record):
    # The day before: all 26. Of the 25 whose arrest is "by 12 January" or not known at all, a doubt stays for that day;
    # Giuliani was certainly held, since December.
    before = record.ok("remaining", "--on", "2026-01-11", "--csv")
    assert before.out.count("\n") == 1 + 26
    assert "25 of those counted are uncertain" in before.err
    after = record.rows("remaining", "--on", "2026-01-12")
    assert {row["name"]: row["facility"] for row in after} == STILL_HELD
    assert {row["standing"] for row in after} == {"detained"}
    assert "uncertain" not in record.ok("remaining", "--on", "2026-01-12").err
    assert record.ok("remaining", "--on", "2026-01-12").out.startswith(
        "Remaining deprived of liberty on 2026-01-12: 2\n"
    )
    # The minute: a release on a day counts from its start.
    assert len(record.rows("remaining", "--on", "2026-01-11T23:59")) == 26
    assert len(record.rows("remaining", "--on", "2026-01-12T00:00")) == 2


def by_place(tracker: Tracker, day: str) -> dict[str, tuple[int, int, int]]:
    """Return place → (deprived, out, total), places without anybody left out; the total stands under "total"."""
    rows = tracker.rows("summary", "--by", "facility", "--on", day)
    cells = {row["value"] or row["group"]: (int(row["deprived"]), int(row["out"]), int(row["total"])) for row in rows}
    return {place: counts for place, counts in cells.items() if any(counts)}


def test_summary_by_facility_before_and_after(record):
    before = {"La Crisálida": (9, 0, 9), "El Rodeo I": (16, 0, 16), "Yare II": (1, 0, 1), "total": (26, 0, 26)}
    after = {"La Crisálida": (0, 9, 9), "El Rodeo I": (1, 15, 16), "Yare II": (1, 0, 1), "total": (2, 24, 26)}
    assert by_place(record, "2026-01-11") == before
    assert by_place(record, "2026-01-12") == after  # nobody in El Rodeo II, whatever Rodeo 1 is called


def test_show_says_who_says_so_and_where(record):
    page = record.ok("show", "Beverly Polo", "--on", "2026-01-12")
    assert page.out.splitlines()[0].startswith("Beverly Polo · P-")
    assert "out, terms not stated" in page.out.splitlines()[1]
    release = next(line for line in page.out.splitlines() if line.startswith("2026-01-12"))
    assert "verified (quoted)" in release
    assert "Foro Penal (5 sources)" in release
    cited = [row for row in record.rows("show", "Beverly Polo") if row["source"]]
    assert {row["source"] for row in cited} == set(SLUGS.values())
    assert {row["stance"] for row in cited} == {"supports"}
    assert "uncited" not in page.out.lower()


def test_the_ministrys_number_stands_beside_and_is_added_to_nothing(record):
    [claim] = record.rows("claim", "list")
    assert (claim["claimant"], claim["measure"], claim["min"], claim["max"]) == (
        "Ministry for Prisons", "released", "116", "116",
    )  # fmt: skip
    assert claim["sources"] == "lagaceta-2026-01-12; univision-2026-01-12"
    assert len(record.rows("detainee", "list")) == 26


def test_names_printed_otherwise_are_refused_with_the_near_one_or_joined(record, new_record):
    tracker = new_record(record)
    # Ámbito (264) prints “Alejandro González”; Il Tempo and others print “Burlò”: an accent is no other man.
    ambito, near = article("264-ambito-20260112"), "Alejandro González"
    assert near in [person["name"] for person in ambito["people"]]
    tracker.ok("source", "add", ambito["url"], "--published", "unknown")
    refused = tracker("release", "add", near, "--create", "--on", "2026-01-12", "-s", "ambito-undated")
    assert (refused.code, refused.out) == (4, "")
    assert "near: P-" in refused.err
    assert "Alejandro González de Canales Plaza" in refused.err
    assert len(tracker.rows("detainee", "list")) == 26
    # Said to be the same: from then on the name is his, and the article one citation more.
    tracker.ok("detainee", "edit", "Alejandro González de Canales Plaza", "--other-name", near)
    joined = tracker.ok("release", "add", near, "Mario Burlò", "--on", "2026-01-12", "-s", "ambito-undated").err
    assert "2 people: 0 new releases, 2 citations added to releases already on record" in joined
    assert len(tracker.rows("detainee", "list")) == 26
    assert len(tracker.rows("released", "--on", "2026-01-12")) == 24


def test_the_order_in_which_the_outlets_are_entered_does_not_matter(record, new_record):
    tracker = new_record()
    prepare(tracker)
    assert "12 people were created" in add_list(tracker, PARTIAL, "--create")
    # The whole list after the part: 21 citations, three people more.
    said = add_list(tracker, FIRST, "--create")
    assert "9 people: 0 new releases, 9 citations" in said
    assert "15 people: 3 new releases, 12 citations" in said
    assert "3 people were created: Alberto Trentini" in said
    for name in OTHERS:
        if name != PARTIAL:
            add_list(tracker, name)
    asked = ("released", "--on", "2026-01-12", "--columns", "name,release_on,release_status,facility,sources")
    assert sorted(tracker.ok(*asked, "--csv").out.splitlines()) == sorted(record.ok(*asked, "--csv").out.splitlines())


def test_a_list_entered_twice_changes_nothing(record, new_record):
    tracker = new_record(record)
    before = tracker.ok("history", "--csv").out
    again = tracker.ok("release", "add", "-", "--on", "2026-01-12", "-s", SLUGS[FIRST], "-c", "Foro Penal",
                       stdin="\n".join(printed(FIRST, sex="male")))  # fmt: skip
    assert "15 releases were on record with this source already." in again.err
    assert "Nothing was changed." in again.err
    assert tracker.ok("history", "--csv").out == before
