"""`tracker check` through the front door: what it says, how much of it, and how it ends."""

import csv
import io

import pytest
from shell import Tracker

from tracker import i18n
from tracker.cli import context
from tracker.store import Store


@pytest.fixture
def held(tracker: Tracker) -> Tracker:
    """Ana, released by a cited account; her arrest and where she was held are cited by nobody."""
    tracker.ok("facility", "add", "Penal Norte", "--state", "Lara")
    tracker.ok("claimant", "add", "Observatorio Uno", "--kind", "monitor")
    tracker.ok("source", "add", "Lista", "--slug", "lista-2026-01-12", "--published", "2026-01-12")
    tracker.ok("detainee", "add", "Ana Ruiz", "--nationality", "VE")
    tracker.ok("detention", "add", "Ana Ruiz", "--on", "2025-03-02", "-f", "Penal Norte")
    tracker.ok("release", "add", "Ana Ruiz", "--on", "2026-01-12", "-k", "full", "-s", "lista-2026-01-12",
               "-c", "Observatorio Uno")  # fmt: skip
    return tracker


def findings(tracker: Tracker, *words: str) -> list[dict[str, str]]:
    ran = tracker("check", *words, "--csv")
    assert ran.code in (0, 5), ran
    return list(csv.DictReader(io.StringIO(ran.out)))


def written(tracker: Tracker, table: str, values: dict[str, str]) -> None:
    """Put something into every row of a table that no command would take."""
    with Store.open(tracker.database).writing("test") as change:
        for row in change.db.execute(f"SELECT id FROM {table}").fetchall():
            change.update(table, row["id"], values)


def test_a_future_date_is_told_by_what_it_is_the_date_of(held: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    written(held, "detentions", {"began": "2131-01-02"})
    written(held, "releases", {"released": "2131-02"})
    said = [row["message"] for row in findings(held, "future-date")]
    assert said == ["The arrest (2131-01-02) lies in the future.", "The release (2131-02) lies in the future."]
    monkeypatch.setattr(i18n, "_language", "es")
    assert findings(held, "future-date")[0]["message"] == "La detención (2131-01-02) está en el futuro."


def test_what_show_marks_as_uncited_is_what_check_finds(held: Tracker) -> None:
    found = findings(held, "uncited")
    marked = [row for row in held.rows("show", "Ana Ruiz") if row["stance"] == "uncited"]
    assert {row["ref"] for row in found if row["ref"][0] != "P"} == {row["ref"] for row in marked if row["ref"]}
    assert {row["part"] for row in marked} == {"nationality", "detention", "stay"}, "a release cites no arrest"
    assert sum(row["message"] == "No source is cited for a nationality." for row in found) == 1
    assert not any("this person" in row["message"] for row in found), "who reports a release says whose it was"
    short = held.ok("show", "Ana Ruiz").out.splitlines()
    assert sum(line.endswith("uncited") for line in short) == len(found)

    for row in found:
        if row["ref"][0] != "P":
            held.ok("cite", row["ref"], "-s", "lista-2026-01-12")
    held.ok("cite", "Ana Ruiz", "nationalities=VE", "-s", "lista-2026-01-12")
    assert findings(held, "uncited") == []
    assert "uncited" not in held.ok("show", "Ana Ruiz").out


def test_a_person_nothing_is_cited_for_is_uncited_in_both(held: Tracker) -> None:
    held.ok("detainee", "add", "Bruno Lara")
    assert [row["name"] for row in findings(held, "uncited") if "this person" in row["message"]] == ["Bruno Lara"]
    assert {row["stance"] for row in held.rows("show", "Bruno Lara") if row["field"] == "name"} == {"uncited"}


def test_a_release_entered_twice_is_told(held: Tracker) -> None:
    held.ok("release", "add", "Ana Ruiz", "--on", "2026-01-14", "-k", "bail", "-s", "lista-2026-01-12", "--another")
    assert findings(held, "release-twice") == []
    first, second = held.rows("release", "list")
    held.ok("release", "edit", second["ref"], "--kind", "full")
    (twice,) = findings(held, "release-twice")
    assert (twice["ref"], twice["severity"], twice["name"]) == (second["ref"], "warning", "Ana Ruiz")
    assert twice["message"].startswith(f"{first['ref']} ({first['on']}) of the same detention says nearly the same")
    held.ok("release", "retract", second["ref"], "--reason", "entered twice")
    assert findings(held, "release-twice") == []


def test_a_day_of_publication_without_effect_is_told(held: Tracker) -> None:
    held.ok(
        "release",
        "edit",
        held.rows("release", "list")[0]["ref"],
        "--publish",
        "anonymous",
        "--publish-from",
        "2026-02-04",
    )
    (day,) = findings(held, "publish-from")
    assert (day["severity"], day["name"]) == ("warning", "Ana Ruiz")
    assert day["message"].startswith("To be published from 2026-02-04, but marked anonymous")
    explained = held.ok("check", "--list-checks").out
    assert "publish-from" in explained
    assert "release-twice" in explained


def test_a_terminal_gets_a_page_of_each_check_and_a_pipe_everything(
    held: Tracker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(50):
        held.ok("source", "add", "Nada", "--slug", f"nada-{n}", "--published", "2026-01-12")
    assert len(findings(held, "unused-source")) == 50
    assert len(findings(held, "unused-source", "--limit", "7")) == 7
    monkeypatch.setattr(context, "on_terminal", lambda: True)
    page = held("check", "unused-source", "uncited")
    assert page.code == 5
    assert page.out.count("nada-") == 40
    assert page.out.count("No source is cited") == 3
    lines = page.out.splitlines()
    assert lines[-2:] == [
        "unused-source: 40 of 50 shown; --limit all shows all.",
        "2 checks were run: warning 3, note 50.",
    ]
    assert held("check", "unused-source", "--limit", "all").out.count("nada-") == 50
    assert held("check", "--limit", "none").code == 3
