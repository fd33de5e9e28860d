"""merge, split, judge through the front door: what is told, what is refused, and that old refs keep working."""

import pytest
from shell import Tracker

ONE, TWO = "Kenny Tejeda Jiménez", "Kennedy Tejeda"


@pytest.fixture
def case(tracker: Tracker) -> Tracker:
    """One man entered twice: a list has him held, an article has him out."""
    tracker.ok("facility", "add", "El Rodeo I")
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("source", "add", "Lista", "--slug", "lista", "--published", "2026-01-10")
    tracker.ok("source", "add", "Nota", "--slug", "nota", "--published", "2026-01-15")
    tracker.ok("detainee", "add", ONE, "--detained-on", "2024-08-02", "-f", "El Rodeo I", "-s", "lista", "--age", "24")
    tracker.ok("detainee", "add", TWO, "--detained-on", "2024-08", "-s", "nota", "--age", "25")
    tracker.ok("release", "add", TWO, "--on", "2026-01-14", "-s", "nota", "-c", "Foro Libre")
    return tracker


def refs(tracker: Tracker) -> dict[str, str]:
    return {row["name"]: row["ref"] for row in tracker.rows("detainee", "list", "--columns", "ref,name")}


def last(tracker: Tracker) -> dict[str, str]:
    return tracker.rows("history", "--limit", "1")[0]


def test_a_merge_is_told_line_by_line_and_is_one_change(case):
    ran = case.ok("detainee", "merge", ONE, TWO, "--yes")
    assert ran.out == ""
    assert ran.normal == (
        "Merged P-1  Kennedy Tejeda (arrested 2024-08, released 2026-01-14) into"
        " P-2  Kenny Tejeda Jiménez (arrested 2024-08-02, El Rodeo I).\n"
        "  “Kennedy Tejeda” stays on record as a printed name.\n"
        "  age stated: 24 on record (P-2), 25 kept beside it (P-1)\n"
        "  detention D-1, from 2024-08: joined with D-2, from 2024-08-02\n"
        "  R-1: moved to D-2\n"
        "To take them apart again: tracker detainee split P-2 P-1\n"
        "Undo with 'tracker undo 9'.\n"
    )
    assert last(case)["kind"] == "merge"
    [row] = case.rows("detainee", "list", "--columns", "name,other_names,standing")
    assert row == {"name": ONE, "other_names": TWO, "standing": "out"}


def test_a_dry_run_tells_the_same_and_changes_nothing(case):
    before = last(case)
    ran = case.ok("detainee", "merge", ONE, TWO, "--dry-run")
    assert "Would merge" in ran.err
    assert "R-1: moved to D-2" in ran.normal
    assert ran.err.endswith("Nothing was changed.\n")
    assert last(case) == before


def test_without_yes_and_without_a_terminal_a_merge_is_refused(case):
    ran = case("detainee", "merge", ONE, TWO)
    assert (ran.code, ran.out) == (3, "")
    assert "Say so with --yes. Nothing was changed." in ran.err
    assert len(refs(case)) == 2


def test_show_says_who_was_merged_in_and_the_old_ref_finds_them(case):
    ref = refs(case)
    case.ok("detainee", "merge", ONE, TWO, "--yes")
    by_name = case.ok("show", ONE)
    assert f"Merged in: “{TWO}” ({ref[TWO]}), " in by_name.err
    assert f"by tester. To take it apart: tracker detainee split {ref[ONE]} {ref[TWO]}" in by_name.err
    by_ref = case.ok("show", ref[TWO])
    assert by_ref.out == by_name.out
    assert f"{ref[TWO]} was merged into {ref[ONE]}." in by_ref.err
    assert case.ok("show", ref[TWO], "--known-by", "8").out.startswith(TWO)
    edited = case.ok("detainee", "edit", ref[TWO], "--sex", "male")
    assert edited.err.startswith(f"{ref[TWO]} was merged into {ref[ONE]}.\n{ONE} ({ref[ONE]}): sex")


def test_history_of_the_one_kept_tells_the_life_of_both(case):
    ref = refs(case)
    case.ok("detainee", "merge", ONE, TWO, "--yes")
    reasons = {row["reason"] for row in case.rows("history", ONE)}
    assert {f"detainee add {ref[TWO]}", f"detainee merge {ref[ONE]} {ref[TWO]}"} <= reasons


def test_split_gives_both_pages_back_as_they_were(case):
    pages = [case.ok("show", who, "--explain").out for who in (ONE, TWO)]
    case.ok("detainee", "merge", ONE, TWO, "--yes")
    ran = case.ok("detainee", "split", ONE, "--yes")
    assert "Two people again:" in ran.err
    assert "tracker detainee judge P-1 P-2 different" in ran.normal
    assert [case.ok("show", who, "--explain").out for who in (ONE, TWO)] == pages
    assert "Merged in" not in case.ok("show", ONE).err
    again = case("detainee", "split", ONE, "--yes")
    assert (again.code, "Nobody was merged into" in again.err) == (4, True)
    case.ok("undo")  # the split: they are one again
    assert len(refs(case)) == 1


def test_split_keeps_what_was_changed_later(case):
    ref = refs(case)
    case.ok("detainee", "merge", ONE, TWO, "--yes")
    case.ok("detainee", "edit", ONE, "--occupation", "lawyer", "--note", "seen in court")
    case.ok("detention", "edit", ONE, "--charges", "treason")
    release = case.rows("release", "list", ONE)[0]["ref"]
    case.ok("release", "edit", release, "--conditions", "may not travel")
    assert case("undo", "9").code == 3
    assert f"tracker detainee split {ref[ONE]} {ref[TWO]}" in case("undo", "9").err
    case.ok("detainee", "split", ref[ONE], ref[TWO], "--yes")
    page = case.ok("show", ONE).out
    assert all(word in page for word in ("lawyer", "seen in court", "treason", "El Rodeo I"))
    assert "released" not in page
    assert "may not travel" in case.ok("show", TWO).out


def test_split_is_refused_where_a_later_change_rests_on_the_merge(case):
    ref = refs(case)
    case.ok("detainee", "edit", TWO, "--sex", "male")
    case.ok("detainee", "merge", ONE, TWO, "--yes")
    case.ok("detainee", "edit", ONE, "--sex", "female")
    ran = case("detainee", "split", ONE, "--yes")
    assert ran.code == 3
    assert ran.err.startswith(
        f"{ref[TWO]} cannot be taken out of {ref[ONE]}: later changes rest on the merge (change 10):"
        f" 11 (detainee edit {ref[ONE]}); {ref[ONE]}: sex."
    )
    assert len(refs(case)) == 1


def test_merges_of_merges_come_apart_one_by_one(case):
    case.ok("detainee", "add", "K. Tejeda J.", "-s", "nota")
    ref = refs(case)
    case.ok("detainee", "merge", TWO, "K. Tejeda J.", "--yes")
    case.ok("detainee", "merge", ONE, TWO, "--yes")
    assert case.ok("show", ref["K. Tejeda J."]).out.startswith(ONE)
    first = case("detainee", "split", ONE, ref["K. Tejeda J."], "--yes")
    assert first.code == 3
    assert f"First: tracker detainee split {ref[ONE]} {ref[TWO]}" in first.err
    case.ok("detainee", "split", ONE, "--yes")
    case.ok("detainee", "split", TWO, "--yes")
    assert refs(case) == ref


def test_judged_different_is_said_and_wants_yes(case):
    said = case.ok("detainee", "judge", ONE, TWO, "different", "--why", "father and son")
    assert said.normal == (
        "Kenny Tejeda Jiménez (P-1) and Kennedy Tejeda (P-2): different people.\nUndo with 'tracker undo 9'.\n"
    )
    ran = case("detainee", "merge", ONE, TWO)
    assert ran.code == 3
    assert "were judged to be different people (tester, " in ran.err
    assert "father and son" in ran.err
    done = case.ok("detainee", "merge", ONE, TWO, "--yes")
    assert "were judged to be different people" in done.err
    case.ok("detainee", "split", ONE, "--yes")
    assert "were judged" in case("detainee", "merge", ONE, TWO).err


def test_judged_the_same_is_a_finding_until_merged(case):
    ran = case.ok("detainee", "judge", ONE, TWO, "same")
    assert "To make one of them: tracker detainee merge" in ran.err
    assert case("check", "judged-same", "--csv").out.count("judged-same") == 1
    again = case.ok("detainee", "judge", TWO, ONE, "unsure")
    assert "Judged before: same person." in again.err
    assert "judged-same," not in case("check", "judged-same", "--csv").out
    assert case("detainee", "judge", ONE, TWO, "perhaps").code == 3
    assert case("detainee", "judge", ONE, ONE, "same").code == 3
    assert case("detainee", "judge", ONE, "Nobody At All", "same").code == 4


REFUSED = {
    "themself": ((), ONE, ONE, 3, "one person, not two"),
    "nobody": ((), ONE, "Nobody At All", 4, "Nobody on record"),
    "two open detentions": (
        [("detainee", "add", "Kenny Tejeda", "--another", "--detained-on", "2026-02-01")],
        ONE, "Kenny Tejeda", 3, "(from 2024-08-02 and from 2026-02-01) are both open",
    ),
    "one excluded": (
        [("detainee", "exclude", TWO, "--reason", "a common crime")], ONE, TWO, 3, "left out of every count",
    ),
    "two deaths": (
        [("death", ONE, "--on", "2026-02-01"), ("death", TWO, "--on", "2026-03-01")], ONE, TWO, 3, "died on",
    ),
    "arrested after the death": (
        [("death", TWO, "--on", "2026-02-01"), ("detainee", "add", "K. T.", "--detained-on", "2026-03-01")],
        TWO, "K. T.", 3, "after the death",
    ),
    "keeping the nameless": (
        [("detainee", "add", "--description", "adolescent, 17")], "{unnamed}", TWO, 3, "keep the one with the name",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_one_is_refused_with_a_sentence(case, what):
    before, one, other, code, sentence = REFUSED[what]
    for words in before:
        case.ok(*words)
    unnamed = [row["ref"] for row in case.rows("detainee", "list") if "17" in row["name"]]
    then = last(case)
    ran = case("detainee", "merge", *(word.format(unnamed=(*unnamed, "")[0]) for word in (one, other)), "--yes")
    assert (ran.code, ran.out) == (code, "")
    assert sentence in ran.err
    assert last(case) == then


def test_a_person_without_a_name_is_merged_by_ref_and_keeps_the_description(case):
    case.ok("detainee", "add", "--description", "adolescent, 17", "-s", "nota")
    [unnamed] = [row["ref"] for row in case.rows("detainee", "list") if "17" in row["name"]]
    case.ok("detainee", "merge", ONE, unnamed, "--yes")
    case.ok("detainee", "split", ONE, "--yes")
    assert len(refs(case)) == 3


@pytest.mark.parametrize(
    ("mine", "theirs", "now"),
    [("named", "anonymous", "anonymous"), ("withheld", "named", "withheld"), ("unset", "named", "named")],
)
def test_the_narrower_publish_level_holds_and_is_told(case, mine, theirs, now):
    case.ok("publish", TWO, theirs)
    if mine != "unset":
        case.ok("publish", ONE, mine)
    ran = case.ok("detainee", "merge", ONE, TWO, "--yes")
    assert "  publication: " in ran.err
    assert [row["value"] for row in case.rows("show", ONE) if row["field"] == "publish"] == [now]


def test_duplicates_proposes_what_merge_and_judge_settle(case):
    ref = refs(case)
    [row] = case.rows("duplicates")
    assert list(row) == ["ref_a", "name_a", "ref_b", "name_b", "score", "reasons"]
    assert (row["ref_a"], row["name_a"], row["ref_b"], row["name_b"]) == (ref[ONE], ONE, ref[TWO], TWO)
    assert 50 < int(row["score"]) <= 100
    assert "tejeda" in row["reasons"]
    assert "tracker detainee merge REF OTHER" in case.ok("duplicates").err
    case.ok("detainee", "judge", ONE, TWO, "unsure")
    assert case.rows("duplicates") == []
    assert case.rows("duplicates", "--unsure") == [row]
    case.ok("detainee", "judge", ONE, TWO, "different")
    assert case.rows("duplicates", "--unsure") == []
    assert "No two people on record look like one." in case.ok("duplicates").out + case.ok("duplicates").err
    case.ok("detainee", "judge", ONE, TWO, "same")
    case.ok("detainee", "exclude", ONE, "--reason", "a common crime")
    case.ok("detainee", "exclude", TWO, "--reason", "a common crime")
    assert f"excluded: {ref[ONE]}; excluded: {ref[TWO]}" in case.rows("duplicates", "--limit", "1")[0]["reasons"]
    case.ok("detainee", "merge", ONE, TWO, "--yes")
    assert case.rows("duplicates") == []
    assert case("duplicates", "--limit", "few").code == 3


def test_who_is_only_said_to_be_out_is_never_told_as_released(tracker):
    tracker.ok("claimant", "add", "Agencia Dos", "--kind", "media")
    tracker.ok("source", "add", "Nota", "--slug", "nota", "--published", "2026-01-15")
    for name in (ONE, TWO):
        tracker.ok("detainee", "add", name, "--detained-on", "2024-08-02")
    tracker.ok("release", "add", TWO, "--on", "2026-01-12", "-s", "nota", "-c", "Agencia Dos")
    tracker.ok("detainee", "merge", ONE, TWO, "--yes")
    apart = tracker.ok("detainee", "split", ONE, "--yes").err
    assert f"{TWO} (arrested 2024-08-02, said to be out 2026-01-12: reported)" in apart
