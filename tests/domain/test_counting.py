"""The counting rules: those we ship, a file of one's own, and files that are wrong."""

import tomllib

import pytest

from tracker.domain import counting
from tracker.domain.vocabulary import DEPRIVED
from tracker.errors import BadValue
from tracker.i18n import set_language

RULE = """
release_statuses = ["verified", "reported"]
deprived = ["house_arrest", "detained"]
released = ["free", "out"]
minimum_hours = 24
text = "As we count."
"""


def test_the_shipped_rules_count_as_they_say():
    rules = {name: counting.read_rule(name) for name in counting.names()}
    assert list(rules) == ["default", "monitor", "press", "wide"]
    assert {name: rule.accepted for name, rule in rules.items()} == {
        "default": ("verified",),
        "monitor": ("verified",),
        "press": ("reported", "verified"),
        "wide": ("announced", "reported", "verified"),
    }
    assert {name for name, rule in rules.items() if set(rule.deprived) == set(DEPRIVED)} == {
        "default",
        "monitor",
        "press",
    }
    assert {name: rule.min_hours for name, rule in rules.items() if rule.min_hours} == {"monitor": 48}
    assert [name for name, rule in rules.items() if "house_arrest" in rule.released] == ["wide"]


def test_every_shipped_rule_speaks_both_languages():
    for name in counting.names():
        texts = tomllib.loads((counting.FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["text"]
        assert set(texts) == {"en", "es"}
        set_language("es")
        try:
            assert counting.read_rule(name).text == texts["es"]
        finally:
            set_language("en")
        assert counting.read_rule(name).text == texts["en"]


def test_a_file_of_ones_own(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(RULE, encoding="utf-8")
    rule = counting.read_rule(str(path))
    assert (rule.name, rule.accepted, rule.deprived) == ("ours", ("reported", "verified"), ("detained", "house_arrest"))
    assert (rule.released, rule.min_hours, rule.text) == (("free", "out"), 24, "As we count.")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("minimum_hours = 24", "minimum_hours = 24\nhalf_days = 2", "unknown key"),
        ("minimum_hours = 24", "", "minimum_hours is missing"),
        ("minimum_hours = 24", "minimum_hours = -1", "whole number of hours"),
        ("minimum_hours = 24", "minimum_hours = true", "whole number of hours"),
        ('"reported"]', '"retracted"]', "release_statuses must be a list of"),
        ('["verified", "reported"]', "[]", "release_statuses must be a list of"),
        ('["house_arrest", "detained"]', '["house_arrest"]', "deprived must hold detained"),
        ('["free", "out"]', '["free", "house_arrest"]', "both deprived of liberty and released"),
        ('"As we count."', '""', "text must say in words"),
        ('"As we count."', "{en = 3}", "text must say in words"),
        ("released =", "released = =", "cannot be read"),
    ],
)
def test_a_bad_file_is_refused_with_what_is_wrong(tmp_path, old, new, said):
    path = tmp_path / "ours.toml"
    assert old in RULE
    path.write_text(RULE.replace(old, new), encoding="utf-8")
    with pytest.raises(BadValue, match=said):
        counting.read_rule(str(path))


@pytest.mark.parametrize("word", ["wild", "", "nowhere.toml", "."])
def test_a_rule_that_is_not_there(word):
    with pytest.raises(BadValue, match="counting rule"):
        counting.read_rule(word)


def test_a_record_keeps_shipped_rules_only(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(RULE, encoding="utf-8")
    assert counting.read_kept(" Press ") == "press"
    with pytest.raises(BadValue, match="that a record can keep"):
        counting.read_kept(str(path))


def test_records_of_before_rules_had_names_count_as_they_did():
    assert counting.rule_of({}).name == counting.rule_of({"rule": "verified"}).name == "default"
    assert counting.rule_of({"rule": "reported"}).accepted == ("reported", "verified")
