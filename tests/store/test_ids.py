"""Ids: unique, sorted by creation, deterministic for seeds; refs as people type them."""

import pytest

from tracker.store import ids


def test_ids_are_26_characters_of_crockford_base32():
    made = ids.new()
    assert len(made) == 26
    assert set(made) <= set("0123456789abcdefghjkmnpqrstvwxyz")


def test_ids_only_grow_within_a_process():
    made = [ids.new() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_ids_grow_when_the_clock_runs_backwards(monkeypatch):
    first = ids.new()
    monkeypatch.setattr(ids.time, "time_ns", lambda: 0)
    assert ids.new() > first


def test_ids_of_one_millisecond_end_differently(monkeypatch):
    now = ids.time.time_ns() + 3_600_000_000_000
    monkeypatch.setattr(ids.time, "time_ns", lambda: now)
    tails = {ids.new()[-6:] for _ in range(1_000)}
    assert len(tails) == 1_000


def test_time_part_sorts_ids_of_different_moments(monkeypatch):
    later = ids.time.time_ns() + 7_200_000_000_000
    early = ids.new()
    monkeypatch.setattr(ids.time, "time_ns", lambda: later)
    late = ids.new()
    assert early[:10] < late[:10]


def test_a_deterministic_id_is_the_same_on_every_machine():
    assert ids.deterministic("venezuela-2026", "rocio", "2026-01-09") == "01keg0v20005hg0y6pqhp0vfnz"


def test_deterministic_ids_differ_by_namespace_key_and_time():
    one = ids.deterministic("a", "bc", "2026-01-09")
    assert len({one, ids.deterministic("ab", "c", "2026-01-09"), ids.deterministic("a", "bc", "2026-01-10")}) == 3


def test_deterministic_ids_take_a_moment_without_offset_as_utc():
    assert ids.deterministic("a", "b", "2026-01-09T04:00-04:00") == ids.deterministic("a", "b", "2026-01-09T08:00")


def test_tails_begin_at_six_characters_and_grow_to_the_whole_id():
    made = ids.new()
    assert ids.tail(made) == made[-6:]
    assert ids.tail(made, 7) == made[-7:]
    assert ids.tail(made, ids.LENGTH) == made


@pytest.mark.parametrize("identifier", ["", "1", "persona-1", "Ñ" * 26])
def test_an_id_from_another_program_still_has_tails(identifier):
    tail = ids.tail(identifier)
    assert len(tail) == 6
    assert ids.read_ref(f"P-{tail}") == f"P-{tail}"


@pytest.mark.parametrize(
    ("typed", "ref"),
    [
        ("P-7k3m9q", "P-7k3m9q"),
        ("p-7K3M9Q", "P-7k3m9q"),
        (" r-7k3m9q2 ", "R-7k3m9q2"),
        ("P-OIL000", "P-011000"),
        ("P-7k3m9", None),
        ("P7k3m9q", None),
        ("PP-7k3m9q", None),
        ("1-7k3m9q", None),
        ("P-7k3m9u", None),
        ("P-" + "0" * 27, None),
        ("Ana Ruiz", None),
        ("ñ-7k3m9q", None),
    ],
)
def test_a_ref_is_read_in_any_case_and_with_letters_that_look_like_digits(typed, ref):
    assert ids.read_ref(typed) == ref
