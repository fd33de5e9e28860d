"""`tracker timeline` through the shell."""

import json

import pytest
from shell import Tracker

from tracker import i18n


@pytest.fixture
def january(tracker: Tracker) -> Tracker:
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("claimant", "add", "Ministerio", "--kind", "detaining_state")
    tracker.ok("claimant", "add", "Diario", "--kind", "media")
    tracker.ok("source", "add", "Nota", "--slug", "nota", "--published", "2026-01-14")
    tracker.ok("facility", "add", "El Rodeo I")
    for name in ("Ana Ruiz Prieto", "Luis Paz Mora", "Eva Gil Soto", "Iris León Vidal"):
        tracker.ok("detainee", "add", name, "--detained-on", "2025-05-01", "-f", "El Rodeo I", "-s", "nota")
    cited = ("-s", "nota", "-c", "Foro Libre")
    tracker.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-09", *cited)
    tracker.ok("retake", "Ana Ruiz Prieto", "--on", "2026-01-13", *cited)
    tracker.ok("release", "add", "Luis Paz Mora", "--on", "2026-01-12", "-s", "nota", "-c", "Diario")
    tracker.ok("release", "add", "Eva Gil Soto", "--on", "2026-01-12", "-k", "house_arrest", *cited)
    tracker.ok("release", "add", "Eva Gil Soto", "--on", "2026-01-14", "-k", "full", "--another", *cited)
    tracker.ok(
        "claim", "add", "Foro Libre", "released", "24", "--as-of", "2026-01-12", "--since", "2026-01-08", "-s", "nota"
    )
    tracker.ok("claim", "add", "Ministerio", "held", "at least 116", "--as-of", "2026-01-13", "-s", "nota")
    tracker.ok("claim", "add", "Ministerio", "held", "2", "--as-of", "2026-01-13", "--sex", "female", "-s", "nota")
    return tracker


DAYS = ("--from", "2026-01-08", "--to", "2026-01-14")


def test_a_row_for_each_day_and_one_for_each_claim(january: Tracker) -> None:
    rows = january.rows("timeline", *DAYS)
    days = [row for row in rows if not row["claimant"]]
    figures = ("arrests", "released", "verified", "reported", "announced", "died", "held")
    assert {row["period"][-2:]: tuple(int(row[key]) for key in figures) for row in days} == {
        "08": (0, 0, 0, 0, 0, 0, 4),
        "09": (0, 1, 1, 0, 0, 0, 3),
        "10": (0, 0, 0, 0, 0, 0, 3),
        "11": (0, 0, 0, 0, 0, 0, 3),
        "12": (0, 0, 0, 1, 0, 0, 3),  # Luis only by a newspaper; Eva went home, still deprived of liberty
        "13": (1, 0, 0, 0, 0, 0, 4),
        "14": (0, 1, 1, 0, 0, 0, 3),
    }
    assert [
        (row["claimant"], row["period"], row["from"], row["claimed_min"], row["claimed_max"]) for row in rows[7:]
    ] == [
        ("Foro Libre", "2026-01-12", "2026-01-08", "24", "24"),
        ("Ministerio", "2026-01-13", "", "116", ""),
    ]


def test_weeks_and_months_are_named_and_cut_off_at_the_ends(january: Tracker) -> None:
    weeks = january.rows("timeline", *DAYS, "--per", "week")[:2]
    assert [(row["period"], row["from"], row["to"], row["released"]) for row in weeks] == [
        ("2026-W02", "2026-01-08", "2026-01-11", "1"),
        ("2026-W03", "2026-01-12", "2026-01-14", "1"),
    ]
    [month] = json.loads(january.ok("timeline", *DAYS, "--per", "mes", "--json", "--limit", "1").out)
    assert (month["period"], month["released"], month["arrests"], month["held"]) == ("2026-01", 2, 1, 3)
    assert month["claimant"] is None


def test_the_rule_counts(january: Tracker) -> None:
    [row] = january.rows("timeline", *DAYS, "--per", "month", "--rule", "press", "--limit", "1")
    assert (row["released"], row["reported"], row["held"]) == ("3", "1", "2")
    [row] = january.rows("timeline", *DAYS, "--per", "month", "--rule", "wide", "--limit", "1")
    assert (row["released"], row["held"]) == ("3", "2")


def test_claims_stand_beside_the_people_they_speak_of(january: Tracker) -> None:
    january.ok("detainee", "edit", "Iris León Vidal", "--sex", "female")
    rows = january.rows("timeline", *DAYS, "--sex", "female", "--per", "month")
    assert [(row["held"], row["claimed_min"]) for row in rows] == [("1", ""), ("", "2")]
    ran = january.ok("timeline", *DAYS, "--standing", "detained", "--per", "month")
    assert "none can stand beside these people" in ran.err


def test_the_chart(january: Tracker) -> None:
    text = january.ok("timeline", *DAYS).out
    assert text.splitlines() == [
        "Timeline, 2026-01-08 to 2026-01-14, by day: 2 left deprivation of liberty; 3 held on 2026-01-14",
        "",
        "left: █ verified ▒ reported   held: █ at the end, certain",
        "period      taken  died  left                        held",
        "2026-01-08                  0                           4 █████████████████████",
        "2026-01-09                  1 █████████████████████     3 ████████████████",
        "2026-01-10                  0                           3 ████████████████",
        "2026-01-11                  0                           3 ████████████████",
        "2026-01-12                  0 ▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒     3 ████████████████",
        "2026-01-13      1           0                           4 █████████████████████",
        "2026-01-14                  1 █████████████████████     3 ████████████████",
        "",
        "What others stated, on the scale of each heading",
        "figure: █ on record ● stated",
        "period      stated by   figure",
        "released since 2026-01-08",
        "2026-01-12  on record        1 ██",
        "            Foro Libre      24 " + "·" * 48 + "●",
        "held",
        "2026-01-13  on record        4 █▌",
        "            Ministerio   ≥ 116 " + "·" * 47 + "●▶",
    ]


def test_without_a_start_it_begins_with_the_first_that_is_known(january: Tracker) -> None:
    rows = january.rows("timeline", "--to", "2025-06-10")
    assert [(row["period"], row["arrests"]) for row in rows] == [
        ("2025-W18", "4"), ("2025-W19", "0"), ("2025-W20", "0"), ("2025-W21", "0"), ("2025-W22", "0"),
        ("2025-W23", "0"), ("2025-W24", "0"),
    ]  # fmt: skip
    ran = january.ok("timeline", "--to", "2024-06-10")
    assert "Nothing is on record in this time." in ran.out


def test_one_persons_life_in_order(january: Tracker) -> None:
    rows = january.rows("timeline", "Ana Ruiz Prieto")
    assert [(row["on"], row["event"], row["value"], row["standing"], row["claimants"]) for row in rows] == [
        ("2025-05-01", "arrest", "", "detained", ""),
        ("", "stay", "El Rodeo I", "detained", ""),
        ("2026-01-09", "released", "unstated", "out", "Foro Libre"),
        ("2026-01-13", "retaken", "", "detained", "Foro Libre"),
    ]
    eva = january.rows("timeline", "Eva Gil Soto", "--from", "2026-01-01")
    assert [(row["event"], row["standing"]) for row in eva] == [("moved_home", "house_arrest"), ("released", "free")]
    luis = january.rows("timeline", "Luis Paz Mora", "--from", "2026-01-01")
    assert [(row["event"], row["status"], row["standing"]) for row in luis] == [("said_out", "reported", "detained")]
    [accepted] = january.rows("timeline", "Luis Paz Mora", "--from", "2026-01-01", "--rule", "press")
    assert (accepted["event"], accepted["standing"]) == ("released", "out")


def test_disputes_stand_below_what_they_dispute_and_a_death_ends_a_life(january: Tracker) -> None:
    arrest = january.rows("timeline", "Ana Ruiz Prieto")[0]["ref"]
    january.ok("cite", arrest, "detained_on=2025-04", "-s", "nota", "-c", "Diario")
    january.ok("death", "Ana Ruiz Prieto", "--on", "2026-02-03", "-s", "nota")
    rows = january.rows("timeline", "Ana Ruiz Prieto")
    assert [row["event"] for row in rows] == ["arrest", "disputed", "stay", "released", "retaken", "died"]
    assert (rows[1]["value"], rows[1]["claimants"], rows[1]["standing"]) == ("detained_on=2025-04", "Diario", "")
    assert (rows[5]["standing"], rows[5]["sources"]) == ("died", "nota")
    text = january.ok("timeline", "Ana Ruiz Prieto").out
    assert "✗ disputed: arrested: 2025-04" in text
    assert "Diario (nota)" in text


def test_a_vague_date_keeps_its_precision_and_its_doubt(january: Tracker) -> None:
    january.ok("release", "add", "Iris León Vidal", "--on", "2026-01", "-s", "nota", "-c", "Foro Libre")
    row = january.rows("timeline", "Iris León Vidal")[-1]
    assert (row["on"], row["standing"], row["uncertain"]) == ("2026-01", "out", "detained")


def test_what_is_excluded_has_no_standing(january: Tracker) -> None:
    january.ok("detainee", "exclude", "Iris León Vidal", "--reason", "a common crime")
    assert {row["standing"] for row in january.rows("timeline", "Iris León Vidal")} == {""}


def test_spanish(january: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_language", "es")
    text = january.ok("timeline", *DAYS).out
    assert "Lo que otros declararon" in text
    assert "en el registro" in text
    assert "reaprehensión" in january.ok("timeline", "Ana Ruiz Prieto").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--per", "year"), 3, "--per takes day / week / month"),
        (("--per", "day", "--from", "1990-01-01"), 3, "more than 1500 periods"),
        (("--from", "2026-02-30"), 3, "2026-02-30"),
        (("--from", "2026-03-01", "--to", "2026-02-01"), 3, "ends"),
        (("Nadie Nadie",), 4, "Nadie"),
        (("",), 3, "empty"),
        (("Ana Ruiz Prieto", "--per", "day"), 3, "--per"),
        (("Ana Ruiz Prieto", "--sex", "female"), 3, "--sex"),
        (("Ana Ruiz Prieto", "--public"), 3, "not for publication"),
        (("--rule", "none"), 3, "rule"),
        (("--columns", "mood"), 3, "mood"),
        (("--sort", "mood"), 3, "mood"),
    ],
)
def test_bad_input_is_a_sentence(january: Tracker, words: tuple[str, ...], code: int, said: str) -> None:
    ran = january("timeline", *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err


def test_in_public_nobody_unnamed_is_named(january: Tracker) -> None:
    january.ok("publish", "Luis Paz Mora", "withheld")
    [row] = january.rows("timeline", *DAYS, "--public", "--per", "month", "--limit", "1")
    assert (row["released"], row["reported"], row["held"]) == ("2", "0", "2")
