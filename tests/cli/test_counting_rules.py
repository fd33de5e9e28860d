"""`--rule` and the rule a record keeps, through the shell."""

import pytest
from shell import Tracker

from tracker import i18n


def enter(tracker: Tracker) -> None:
    tracker.ok("claimant", "add", "Diario", "--kind", "media")
    tracker.ok("detainee", "add", "Ana Ruiz", "--detained-on", "2025-05-01")
    tracker.ok("source", "add", "Nota", "--slug", "nota", "--published", "2026-01-13")
    tracker.ok("release", "add", "Ana Ruiz", "--on", "2026-01-12", "-c", "Diario", "-s", "nota")


def test_a_question_counts_by_the_rule_named(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(tracker)
    assert "Ana Ruiz" in tracker.ok("remaining", "--csv").out
    assert "Ana Ruiz" not in tracker.ok("remaining", "--csv", "--rule", "press").out
    shown = tracker.ok("released", "--rule", "press", "--format", "md")
    assert "Ana Ruiz" in shown.out
    assert "Counting rule “press”: Reported releases end a detention" in shown.out
    monkeypatch.setattr(i18n, "_language", "es")
    spanish = tracker.ok("released", "--rule", "press", "--format", "md")
    assert "Regla de conteo “press”: Las excarcelaciones reportadas" in spanish.out


def test_a_record_can_keep_a_rule(tracker: Tracker) -> None:
    words = ("--country", "VE", "--zone", "UTC", "--we", "Nosotros", "--start", "2026-01-08", "--db", "press.db")
    tracker.ok("init", *words, "--rule", "press")
    tracker.ok("--db", "press.db", "detainee", "add", "Ana Ruiz", "--detained-on", "2025-05-01")
    tracker.ok("--db", "press.db", "release", "add", "Ana Ruiz", "--on", "2026-01-12", "--status", "reported")
    assert "Ana Ruiz" not in tracker.ok("--db", "press.db", "remaining", "--csv").out
    assert "Ana Ruiz" in tracker.ok("--db", "press.db", "remaining", "--csv", "--rule", "default").out


def test_a_rule_that_is_no_rule_is_refused(tracker: Tracker, tmp_path) -> None:
    enter(tracker)
    wrong = tracker("remaining", "--rule", "wild")
    assert (wrong.code, wrong.out) == (3, "")
    assert "There is no counting rule" in wrong.err
    assert "default, monitor, press, wide" in wrong.err
    path = tmp_path / "ours.toml"
    path.write_text('deprived = ["detained"]\nexcept = "Ana"\n', encoding="utf-8")
    bad = tracker("remaining", "--rule", str(path))
    assert (bad.code, bad.out) == (3, "")
    assert "unknown key" in bad.err
    kept = tracker("init", "--db", "x.db", "--country", "VE", "--zone", "UTC", "--rule", str(path))
    assert kept.code == 3
    assert "that a record can keep" in kept.err
