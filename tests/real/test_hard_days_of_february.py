"""8 to 20 February 2026, hour by hour: freed, taken again at 23:45, house arrest on the 10th, full freedom on the 20th.

What the articles say of the opposition leader, in the order in which an analyst could enter it:

    held since 2025-05 (family); 9 January: "would be on the list" of those freed (La Razón), false: the press union had him
    among the held on the 15th; 8 February: freed (family; Foro Penal counts 35 that day); 23:45: taken again, whereabouts
    unknown (family); 10 February: house arrest (family; Foro Penal, printed "Juan Carlos"); 20 February: full freedom
    (printed on the 23rd by an outlet on its own; his son had said it was coming).

Foro Penal's other 34 of that day are entered without names: what counts here is the count.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from lists import article, published
from shell import Tracker

HIM = "Juan Pablo Guanipa"
FAMILY = f"Family of {HIM}"
FREED, RETAKEN, HOME, FREE = "2026-02-08T00:00", "2026-02-08T23:45", "2026-02-10T00:00", "2026-02-20T00:00"


def expected(moment: str) -> str | None:
    """Return his standing among the deprived at a minute, None where he is not; a day counts from its start."""
    if moment < FREED:
        return "detained"
    if moment < RETAKEN:
        return None
    if moment < HOME:
        return "whereabouts_unknown"
    return "house_arrest" if moment < FREE else None


def moments() -> Iterator[str]:
    """Yield the minutes asked about: every hour of 8–11 February, the turning minutes, then every day until the 21st."""
    start = datetime(2026, 2, 8)  # noqa: DTZ001  (local time of the record)
    for hour in range(4 * 24):
        yield (start + timedelta(hours=hour)).strftime("%Y-%m-%dT%H:%M")
    yield from ("2026-02-07T23:59", "2026-02-08T23:44", "2026-02-08T23:45", "2026-02-09T23:59", "2026-02-10T23:59")
    for day in range(12, 22):
        yield f"2026-02-{day}T23:59"
    yield from ("2026-02-19T23:59", "2026-02-20T00:00", "2026-02-20T12:00")


def standing(tracker: Tracker, on: str, *more: str) -> str | None:
    """Return what `remaining` says of him, None where it does not list him."""
    found = [row["standing"] for row in tracker.rows("remaining", "--on", on, "--columns", "name,standing", *more)
             if row["name"] == HIM]  # fmt: skip
    assert len(found) <= 1, found
    return found[0] if found else None


def said_out(tracker: Tracker, on: str, *more: str) -> str:
    [row] = [row for row in tracker.rows("remaining", "--on", on, "--columns", "name,said_out", *more)
             if row["name"] == HIM]  # fmt: skip
    return row["said_out"]


def source(tracker: Tracker, name: str) -> str:
    """Add the article as a source and return its slug."""
    page = article(name)
    said = tracker.ok("source", "add", page["url"], "--published", published(page)).err
    return re.findall(r"source ([\w-]+) \(S-", said)[0]


class Told:
    """The record, and the number of the change with which each thing became known."""

    def __init__(self, tracker: Tracker) -> None:
        self.tracker = tracker
        self.changes: dict[str, str] = {}
        self.slugs: dict[str, str] = {}

    def tell(self, event: str, *words: str) -> str:
        """Run a command that writes, and remember its change under `event`."""
        said = self.tracker.ok(*words).err
        self.changes[event] = re.findall(r"tracker undo (\d+)", said)[-1]
        return said

    def by(self, event: str) -> tuple[str, str]:
        """Return the option that asks as things were known when `event` had been entered."""
        return ("--known-by", self.changes[event])


@pytest.fixture(scope="module")
def told(new_record) -> Told:
    tracker: Tracker = new_record()
    tracker.ok("claimant", "add", "Foro Penal", "--kind", "monitor", "--house-arrest", "held")
    tracker.ok("claimant", "add", "SNTP", "--kind", "union")
    tracker.ok("claimant", "add", FAMILY, "--kind", "family")
    tracker.ok("claimant", "add", "Family of Perkins Rocha", "--kind", "family")
    union, reunion, missing = "175-swissinfo-20260115", "091-caraotadigital-20260208", "179-abccolor-20260209"
    names = ("288-larazon-20260109", union, reunion, missing, "087-radiolv11-20260208", "069-ambito-20260210",
             "250-ntn24-20260210", "077-expedientes-20260219", "238-diariolasamericas-20260223",
             "073-latinanoticias-20260210")  # fmt: skip
    slug = {name: source(tracker, name) for name in names}
    family = ("-c", FAMILY)
    told = Told(tracker)
    told.slugs = slug
    told.tell("held", "detainee", "add", HIM, "--sex", "male", "--detained-on", "2025-05", "-s",
              slug["073-latinanoticias-20260210"], *family)  # fmt: skip
    told.tell("printed as free", "release", "add", HIM, "--on", "2026-01-08", "-s", slug["288-larazon-20260109"])
    told.tell("false", "release", "retract", HIM, "-s", slug[union], "-c", "SNTP")
    told.tell("freed", "release", "add", HIM, "--on", "2026-02-08", "-s", slug[reunion], *family)
    told.tell("the 35", "release", "add", HIM, "--unnamed", "34", "--on", "2026-02-08", "-s",
              slug["087-radiolv11-20260208"], "-c", "Foro Penal")  # fmt: skip
    told.tell(
        "retaken", "retake", HIM, "--on", "2026-02-08T23:45", "--whereabouts-unknown", "-s", slug[missing], *family
    )
    told.tell("at home", "release", "add", HIM, "--on", "2026-02-10", "-k", "house_arrest", "-s",
              slug["069-ambito-20260210"], *family)  # fmt: skip
    told.tell("reported free", "release", "add", HIM, "--on", "2026-02-20", "-k", "full", "--basis", "court_review",
              "-s", slug["238-diariolasamericas-20260223"])  # fmt: skip
    [last] = [row["ref"] for row in tracker.rows("release", "list", HIM) if row["on"] == "2026-02-20"]
    told.tell("free", "release", "verify", last, "-s", slug["077-expedientes-20260219"], *family)
    told.tell("a second man", "detainee", "add", "Perkins Rocha", "--detained-on", "2024-08-27", "-s", slug[reunion])
    told.tell("a second man at home", "release", "add", "Perkins Rocha", "--on", "2026-02-08", "-k", "casa por cárcel",
              "-s", slug[reunion], "-c", "Family of Perkins Rocha")  # fmt: skip
    return told


@pytest.mark.shared
def test_remaining_is_right_at_every_hour(told):
    wrong = {}
    for moment in moments():
        if (found := standing(told.tracker, moment)) != expected(moment):
            wrong[moment] = (found, expected(moment))
    assert wrong == {}


@pytest.mark.shared
def test_where_the_day_is_all_that_is_known_of_it_its_hours_are_uncertain(told):
    def column(on: str, *more: str) -> str | None:
        asked = ("remaining", "--on", on, "--columns", "name,uncertain", *more)
        found = [row["uncertain"] for row in told.tracker.rows(*asked) if row["name"] == HIM]
        return found[0] if found else None

    # Freed on the 8th, nobody says when: until he is taken again he may still be in. On the 20th the same until midnight.
    assert column("2026-02-07T23:59") == ""
    for moment in ("2026-02-08T00:00", "2026-02-08T12:00", "2026-02-08T23:44", "2026-02-20T00:00", "2026-02-20T23:58"):
        assert column(moment) is None, moment
        assert column(moment, "--uncertain") is not None, moment
    for moment in ("2026-02-08T23:45", "2026-02-09T12:00", "2026-02-19T23:59", "2026-02-20T23:59"):
        assert column(moment, "--uncertain") is None, moment
    # Home on the 10th, nobody says when: deprived of liberty either way, so no doubt about the count, only about where.
    assert column("2026-02-10T12:00", "--uncertain") is None
    assert column("2026-02-10T12:00") == "whereabouts_unknown"
    assert column("2026-02-10T23:59") == ""


@pytest.mark.shared
def test_released_counts_the_35_of_whom_one_was_retaken_and_home_apart(told):
    head = told.tracker.ok("released", "--on", "2026-02-08")
    assert head.out.splitlines()[0] == "Left deprivation of liberty, 2026-02-08: 35, of whom 1 retaken"
    assert "Moved from prison to house arrest: 1 (--list moved_home)." in head.err  # Perkins Rocha: no exit
    rows = told.tracker.rows("released", "--on", "2026-02-08")
    assert (len(rows), [row["name"] for row in rows].count(HIM)) == (35, 1)
    home = told.tracker.rows("released", "--on", "2026-02-08", "--list", "moved_home")
    assert [row["name"] for row in home] == ["Perkins Rocha"]
    # House arrest on the 10th is a move, not an exit; leaving it on the 20th is one.
    assert told.tracker.rows("released", "--on", "2026-02-10") == []
    assert [row["name"] for row in told.tracker.rows("released", "--on", "2026-02-10", "--list", "moved_home")] == [HIM]
    [exit_] = told.tracker.rows("released", "--on", "2026-02-20")
    assert (exit_["name"], exit_["release_kind"], exit_["release_status"]) == (HIM, "full", "verified")
    # Over the whole time a person who left twice counts once.
    both = told.tracker.ok("released", "--from", "2026-02-08", "--to", "2026-02-20")
    assert both.out.splitlines()[0] == "Left deprivation of liberty, 2026-02-08 to 2026-02-20: 35, of whom 1 retaken"
    # January has the false report only, and that is no release.
    assert told.tracker.rows("released", "--from", "2026-01-01", "--to", "2026-01-31") == []


@pytest.mark.shared
@pytest.mark.parametrize(
    ("on", "says"),
    [
        ("2026-02-07", "detained"),
        ("2026-02-08T20:00", "out, terms not stated"),
        ("2026-02-09", "whereabouts unknown"),
        ("2026-02-10", "house arrest"),
        ("2026-02-19", "house arrest"),
        ("2026-02-20", "free"),
    ],
)
def test_show_on_a_day_says_how_he_stood(told, on, says):
    second = told.tracker.ok("show", HIM, "--on", on).out.splitlines()[1]
    assert second.startswith(says), second


@pytest.mark.shared
@pytest.mark.parametrize(
    ("event", "at"),
    [
        # what was known then → what it said of the moments, None: not among the held
        ("held", {"2026-02-09": "detained", "2026-02-25": "detained"}),
        ("printed as free", {"2026-01-09": "detained", "2026-02-25": "detained"}),
        ("freed", {"2026-02-07": "detained", "2026-02-08": None, "2026-02-25": None}),
        ("retaken", {"2026-02-08T23:44": None, "2026-02-08T23:45": "whereabouts_unknown", "2026-02-25": "whereabouts_unknown"}),
        ("at home", {"2026-02-09": "whereabouts_unknown", "2026-02-10": "house_arrest", "2026-02-25": "house_arrest"}),
        ("reported free", {"2026-02-20": "house_arrest", "2026-02-25": "house_arrest"}),
        ("free", {"2026-02-10": "house_arrest", "2026-02-20": None, "2026-02-25": None}),
    ],
)  # fmt: skip
def test_the_same_questions_as_they_stood_when_less_was_known(told, event, at):
    assert {on: standing(told.tracker, on, *told.by(event)) for on in at} == at


@pytest.mark.shared
def test_a_rumour_takes_nobody_off_the_list_but_is_told(told):
    assert said_out(told.tracker, "2026-01-09", *told.by("held")) == ""
    assert said_out(told.tracker, "2026-01-09", *told.by("printed as free")) == "reported"
    assert said_out(told.tracker, "2026-01-09", *told.by("false")) == ""
    assert said_out(told.tracker, "2026-02-25", *told.by("reported free")) == "reported"


@pytest.mark.shared
def test_released_as_it_stood_before_the_retaking_was_known(told):
    before = told.tracker.ok("released", "--on", "2026-02-08", *told.by("the 35"))
    assert before.out.splitlines()[0] == "Left deprivation of liberty, 2026-02-08: 35"
    after = told.tracker.ok("released", "--on", "2026-02-08", *told.by("retaken"))
    assert after.out.splitlines()[0] == "Left deprivation of liberty, 2026-02-08: 35, of whom 1 retaken"


@pytest.mark.shared
def test_what_had_been_published_day_by_day(told):
    # La Razón's false report (9 January) is the first page that speaks of him; the arrest's own source is of 10 February.
    told_by = {"2026-01-08": None, "2026-01-31": "detained", "2026-02-08": None, "2026-02-09": "whereabouts_unknown",
               "2026-02-10": "house_arrest", "2026-02-22": "house_arrest"}  # fmt: skip
    assert {day: standing(told.tracker, day, "--published-by", day) for day in told_by} == told_by
    # On the 23rd an outlet on its own says he is free: reported, as published; his son's page has no date.
    late = ("--published-by", "2026-02-23")
    assert standing(told.tracker, "2026-02-23", *late) == "house_arrest"
    assert said_out(told.tracker, "2026-02-23", *late) == "reported"


@pytest.mark.shared
def test_another_first_name_is_no_second_man(told, new_record):
    tracker = new_record(told.tracker)
    words = ("--on", "2026-02-10", "-k", "house_arrest", "-s", told.slugs["250-ntn24-20260210"], "-c", "Foro Penal")
    refused = tracker("release", "add", "Juan Carlos Guanipa", "--create", *words)
    assert (refused.code, refused.out, f"{HIM} (shares" in refused.err) == (4, "", True)
    tracker.ok("detainee", "edit", HIM, "--other-name", "Juan Carlos Guanipa")
    assert "the citation was added" in tracker.ok("release", "add", "Juan Carlos Guanipa", *words).err
    assert len(tracker.rows("detainee", "list")) == 36


@pytest.mark.shared
def test_the_couple_freed_on_20_january_became_public_on_4_february(new_record):
    tracker: Tracker = new_record()
    tracker.ok("claimant", "add", "Foro Penal", "--kind", "monitor")
    earlier, still, late = (source(tracker, name) for name in
                            ("223-a24-20260115", "061-c5n-20260125", "221-swissinfo-20260204"))  # fmt: skip
    couple = ["Montserrat Espinosa", "Roberto Baldo"]
    for name, country in zip(couple, ("ES", "AR"), strict=True):
        tracker.ok("detainee", "add", name, "--nationality", country, "--detained-on", "2024-11-29", "-s", earlier)
    tracker.ok("cite", "Roberto Baldo", "detained_on", "-s", still)
    tracker.ok("release", "add", *couple, "--on", "2026-01-20", "-s", late, "-c", "Foro Penal")

    def held(on: str, *more: str) -> list[str]:
        return [row["name"] for row in tracker.rows("remaining", "--on", on, "--sort", "name", *more)]

    assert held("2026-01-19") == couple
    assert held("2026-01-20") == held("2026-01-25") == []
    for day in ("2026-01-25", "2026-02-03"):
        assert held(day, "--published-by", day) == couple
        assert held(day, "--published-by", "2026-02-04") == []
    assert held("2026-01-14", "--published-by", "2026-01-14") == []  # nothing had been published of them
    assert held("2026-02-04", "--published-by", "2026-02-04") == []
    window = ("released", "--from", "2026-01-08", "--to", "2026-01-31")
    assert tracker.rows(*window, "--published-by", "2026-02-03") == []
    assert {row["name"] for row in tracker.rows(*window, "--published-by", "2026-02-04")} == set(couple)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Tracker:
    tracker = Tracker(tmp_path_factory.mktemp("seeded") / "tracker.db")
    tracker.ok("init", "--seed", "venezuela-2026", "--we", "Monitor de prueba")
    return tracker


def test_the_case_file_is_right_at_every_hour(seeded):
    found = {moment: standing(seeded, moment) for moment in moments()}
    assert found == {moment: expected(moment) for moment in found}


def test_the_case_file_keeps_the_rest_of_those_days(seeded):
    assert ", of whom 1 retaken" in seeded.ok("released", "--on", "2026-02-08").out.splitlines()[0]
    home = seeded.rows("released", "--on", "2026-02-10", "--list", "moved_home")
    assert HIM in [row["name"] for row in home]
    assert HIM in [row["name"] for row in seeded.rows("released", "--on", "2026-02-20")]
    # The false report of 8 January counts for nothing; but an outlet dates his release "2026-01", against all others, and
    # so somebody unverified did say by the end of January that he was out.
    assert said_out(seeded, "2025-12-31") == ""
    assert said_out(seeded, "2026-01-31") == "reported"


def test_the_case_file_knows_when_the_couple_became_public(seeded):
    couple = {"Montserrat Espinosa", "Roberto Baldo"}

    def held(on: str, *more: str) -> set[str]:
        return couple & {row["name"] for row in seeded.rows("remaining", "--on", on, "--columns", "name", *more)}

    assert held("2026-01-19") == couple
    assert held("2026-01-21") == held("2026-02-03") == set()
    assert "Roberto Baldo" in held("2026-02-03", "--published-by", "2026-02-03")
    assert held("2026-02-04", "--published-by", "2026-02-04") == set()
