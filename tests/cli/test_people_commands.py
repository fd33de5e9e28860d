"""`detainee …`, `nationality …`, `publish` and `cite` at the shell, with invented people."""

import csv
import io
import json

import pytest


@pytest.fixture
def case(tracker):
    tracker.ok("facility", "add", "El Rodeo I")
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("source", "add", "Uno", "--slug", "uno", "--published", "2026-01-12")
    tracker.ok("source", "add", "Dos", "--slug", "dos", "--published", "2026-01-20")
    return tracker


def rows(tracker, *words):
    return list(csv.DictReader(io.StringIO(tracker.ok(*words, "--csv").out)))


def test_a_person_is_recorded_with_detention_and_source_in_one_line(case):
    ran = case.ok(
        *("detainee", "add", "Ana", "Ruiz", "--sex", "mujer", "--nationality", "española", "--nationality", "VE"),
        *("--detained-on", "2025-03-02", "-f", "rodeo 1", "-s", "uno", "-c", "foro libre"),
    )
    assert ran.out == ""
    assert ran.normal == ("Recorded: Ana Ruiz (P-1).\nDetention D-1, from 2025-03-02.\nUndo with 'tracker undo 6'.\n")
    [row] = rows(case, "detainee", "list", "--columns", "name,standing,since,facility,nationalities,sex,sources")
    assert list(row.values()) == ["Ana Ruiz", "detained", "2025-03-02", "El Rodeo I", "ES; VE", "female", "uno"]


def test_near_misses_are_told_and_the_same_name_is_refused(case):
    case.ok("detainee", "add", "Denny Quejada Molina")
    ran = case.ok("detainee", "add", "Dennedy Quejada")
    assert "Near misses" in ran.err
    assert "Denny Quejada Molina (spelled alike: dennedy/denny)" in ran.err
    same = case("detainee", "add", "denny  quejada MOLINA")
    assert (same.code, same.out) == (3, "")
    assert "already on record" in same.err
    assert "--another" in same.err
    case.ok("detainee", "add", "Denny Quejada Molina", "--another")
    both = case("publish", "Denny Quejada Molina", "named")
    assert both.code == 4
    assert both.err.count("P-") == 2


def test_letters_that_only_look_alike_are_told(case):
    assert "several scripts" in case.ok("detainee", "add", "Jоsé Gil").err
    assert "several scripts" not in case.ok("detainee", "add", "Сергей Дубовой").err


def test_two_quoted_names_are_not_one_person(case):
    ran = case("detainee", "add", "Ana Ruiz", "Rosa Gil")
    assert ran.code == 3
    assert "One person at a time" in ran.err


def test_a_person_without_a_name_is_identified_later(case):
    ref = (
        case.ok("detainee", "add", "--description", "adolescent, 17", "--age", "17")
        .err.partition("(")[2]
        .partition(")")[0]
    )
    assert case("detainee", "identify", ref).code == 2
    ran = case.ok("detainee", "identify", ref, "--name", "Ana Ruiz", "-s", "dos")
    assert "name: (nothing) → Ana Ruiz" in ran.err
    assert case("detainee", "identify", "Ana Ruiz", "--name", "Ana Luz Ruiz").code == 3
    assert case("detainee", "add").code == 3


def test_an_edit_says_what_changed_and_what_did_not(case):
    case.ok("detainee", "add", "Ana Ruiz", "--age", "33", "--tag", "journalist", "-s", "uno")
    ran = case.ok(
        "detainee",
        "edit",
        "ana ruiz",
        "--name",
        "Ana María Ruiz",
        "--age",
        "34",
        "--remove-tag",
        "journalist",
        "-s",
        "dos",
    )
    lines = ran.normal.splitlines()
    assert lines[:4] == [
        "Ana Ruiz (P-1): name: Ana Ruiz → Ana María Ruiz",
        "Ana Ruiz (P-1): “Ana Ruiz” stays on record as another name.",
        "Ana Ruiz (P-1): age stated: 33 → 34",
        "Ana Ruiz (P-1): removed: “journalist”",
    ]
    before = json.loads(case.ok("history", "--json").out)
    again = case.ok("detainee", "edit", "Ana Ruiz", "--age", "34", "-s", "dos")
    assert again.err == "Nothing was changed.\n"
    assert json.loads(case.ok("history", "--json").out) == before
    assert case("detainee", "edit", "Ana Ruiz", "--clear", "ref").code == 3
    assert case("detainee", "edit", "Ana Ruiz", "--keep-name", "perhaps", "--name", "X Y").code == 3


def test_the_excluded_are_in_no_list_and_come_back(case):
    case.ok("detainee", "add", "Ana Ruiz", "--detained-on", "2025-03-02")
    assert case("detainee", "exclude", "Ana Ruiz").code == 3
    case.ok("detainee", "exclude", "Ana Ruiz", "--reason", "common crime", "-s", "uno")
    assert rows(case, "detainee", "list") == []
    case.ok("detainee", "exclude", "Ana Ruiz", "--undo")
    assert [row["name"] for row in rows(case, "detainee", "list")] == ["Ana Ruiz"]
    assert case("detainee", "exclude", "Ana Ruiz", "--undo").code == 3


def test_deleting_asks_and_names_what_hangs_on_the_person(case):
    case.ok("detainee", "add", "Ana Ruiz", "--detained-on", "2025-03-02", "-f", "rodeo 1")
    case.ok("detainee", "add", "Rosa Gil")
    assert case("detainee", "delete", "Rosa Gil").code == 3  # nobody to ask
    case.ok("detainee", "delete", "Rosa Gil", "--yes")
    refused = case("detainee", "delete", "Ana Ruiz", "--yes")
    assert refused.code == 3
    assert "detention D-" in refused.err
    assert "stay Y-" in refused.err
    case.ok("detainee", "delete", "Ana Ruiz", "--yes", "--with-everything")
    assert rows(case, "detainee", "list") == []
    case.ok("undo")
    assert [row["standing"] for row in rows(case, "detainee", "list")] == ["detained"]


def test_nationalities_are_counted_under_each_country_and_people_once(case):
    case.ok("detainee", "add", "Ana Ruiz", "--nationality", "ES", "--nationality", "VE")
    case.ok("detainee", "add", "Rosa Gil", "--nationality", "venezolana")
    case.ok("detainee", "add", "Luis Mora")
    case.ok("detainee", "add", "Out Of Count", "--nationality", "IT")
    case.ok("detainee", "exclude", "Out Of Count", "--reason", "not political")
    ran = case.ok("nationality", "list", "--csv")
    assert ran.out.splitlines() == [
        "country,name,people,of_whom_dual",
        "VE,Venezuela,2,1",
        "ES,Spain,1,1",
        "unknown,unknown,1,0",
        "total,total,3,1",
    ]
    assert "1 person with several nationalities" in ran.err
    assert rows(case, "nationality", "list", "--sort", "country")[0]["country"] == "ES"
    assert case("nationality", "list", "--sort", "size").code == 3


def test_nationalities_come_and_go(case):
    case.ok("detainee", "add", "Ana Ruiz")
    ran = case.ok("nationality", "add", "Ana Ruiz", "España", "italiana", "-s", "uno")
    assert "nationality added: Spain" in ran.err
    assert "on record already" in case.ok("nationality", "add", "Ana Ruiz", "ES", "-s", "dos").err
    assert "IT, with 1 citation" in case.ok("nationality", "remove", "Ana Ruiz", "italiana").err
    assert case("nationality", "remove", "Ana Ruiz", "italiana").code == 3
    assert case("nationality", "add", "Ana Ruiz", "Wonderland").code == 3
    assert case("nationality", "add", "Nobody Known", "ES").code == 4


def test_publish_levels_are_set_for_people_and_records(case):
    case.ok("detainee", "add", "Ana Ruiz", "--detained-on", "2025-03-02")
    assert "publication: (nothing) → named" in case.ok("publish", "Ana Ruiz", "named", "-s", "uno").err
    assert "Nothing was changed" in case.ok("publish", "Ana Ruiz", "con nombre", "-s", "uno").err
    assert case("publish", "Ana Ruiz", "named", "--from", "2026-02-04").code == 3
    assert case("publish", "Ana Ruiz", "loud").code == 3
    assert case("publish", "F-zzzzzz", "named").code == 4


def test_what_a_source_states_is_cited_for_or_against(case):
    case.ok("detainee", "add", "Ana Ruiz", "--age", "34", "--detained-on", "2025-03-02", "-s", "uno")
    assert "age stated (supports)" in case.ok("cite", "Ana Ruiz", "age=34", "-s", "dos").err
    assert "against “34” on record" in case.ok("cite", "Ana Ruiz", "age=35", "-s", "dos").err
    assert "(D-1): cited: arrested “2025-03”" in case.ok("cite", "Ana Ruiz", "detained_on=2025-03", "-s", "dos").normal
    assert "(disputes)" in case.ok("cite", "Ana Ruiz", "--against", "-s", "dos", "-c", "foro libre").err
    assert case("cite", "Ana Ruiz", "shoe_size=3", "-s", "dos").code == 3
    assert case("cite", "Ana Ruiz", "age=35").code == 3
    assert case("cite", "Ana Ruiz", "age=35", "-s", "tres").code == 4
    assert case("cite", "Ana Ruiz", "released_on=2026-01-12", "-s", "dos").code == 3  # no release to cite
    cited = rows(case, "source", "show", "dos")
    assert [(row["part"], row["field"], row["value"], row["stance"]) for row in cited] == [
        ("detainee", "age", "", "supports"),
        ("detainee", "age", "35", "disputes"),
        ("detention", "detained_on", "2025-03", "supports"),
        ("detainee", "record", "", "disputes"),
    ]


def test_the_environments_source_is_used_and_told(case):
    env = {"TRACKER_SOURCE": "uno", "TRACKER_CLAIMANT": "Foro Libre"}
    ran = case.ok("detainee", "add", "Ana Ruiz", env=env)
    assert "Source from $TRACKER_SOURCE: uno" in ran.err
    assert "Claimant from $TRACKER_CLAIMANT: Foro Libre" in ran.err
    alone = case.ok("detainee", "add", "Rosa Gil", env={"TRACKER_CLAIMANT": "Foro Libre"})
    assert "from $" not in alone.err


HOSTILE = ["", " ", "x" * 10_000, "Ana\x07Ruiz", "Ana\u202eRuiz", "\u200b", "12 34", "…"]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_that_are_none_get_a_sentence(case, name):
    ran = case("detainee", "add", name)
    assert (ran.code, ran.out) == (3, "")
    assert len(ran.err) < 400
    assert "Traceback" not in ran.err
    assert rows(case, "detainee", "list") == []


@pytest.mark.parametrize(
    "name", ["Ana [bloque 4] Ruiz", "Pérez [/red]", "=cmd|' /C calc'!A0", "Robert'); DROP TABLE detainees;--"]
)
def test_names_that_look_like_code_are_names(case, name):
    case.ok("detainee", "add", name)
    [row] = rows(case, "detainee", "list")
    assert row["name"] == name
    assert name in case.ok("detainee", "list").out


@pytest.fixture
def asked(case, monkeypatch):
    monkeypatch.setattr("tracker.cli.context.interactive", lambda: True)
    return case


def test_on_a_terminal_a_near_miss_is_asked_about(asked):
    asked.ok("detainee", "add", "Denny Quejada Molina")
    no = asked("detainee", "add", "Dennedy Quejada", stdin="\n")
    assert no.code == 3
    assert "Add Dennedy Quejada as another person?" in no.err
    asked.ok("detainee", "add", "Dennedy Quejada", stdin="s\n")
    assert len(rows(asked, "detainee", "list")) == 2
    assert asked("detainee", "add", "Denny Quejado Molina", stdin="").code == 130  # Ctrl-D at the question


def test_on_a_terminal_one_of_several_is_chosen(asked):
    for age in ("33", "44"):
        asked.ok("detainee", "add", "Ana Ruiz", "--another", "--age", age)
    ran = asked.ok("detainee", "edit", "Ana Ruiz", "--occupation", "abogada", stdin="7\n2\n")
    assert "That is not one of the numbers." in ran.err
    found = json.loads(asked.ok("detainee", "list", "--json", "--columns", "ref").out)
    assert found[1]["ref"] in ran.err.splitlines()[-2]
    stopped = asked("publish", "Ana Ruiz", "named", stdin="\n")
    assert stopped.code == 4


def test_on_a_terminal_what_is_missing_is_asked(asked):
    asked.ok("claimant", "add", "Comité Uno", stdin="4\n")
    [row] = [row for row in rows(asked, "claimant", "list") if row["name"] == "Comité Uno"]
    assert row["kind"] == "monitor"
    assert asked("claimant", "add", "Comité Dos", stdin="\n").code == 3
    asked.ok("source", "add", "Una llamada", stdin="ayer\n")
    asked.ok("source", "add", "Otra llamada", stdin="unknown\n")
    asked.ok("source", "add", "https://a.com/2026/01/15/x", stdin="")
    assert "otra-llamada-undated" in [row["slug"] for row in rows(asked, "source", "list")]


def test_a_child_is_named_in_public_only_for_a_reason_that_is_kept(tracker):
    tracker.ok("detainee", "add", "Ana Ruiz", "--born", "2009-06-01", "--detained-on", "2025", "--publish", "named")

    def named():
        return "Ana Ruiz" in tracker.ok("remaining", "--public", "--csv").out

    assert not named()
    assert tracker("publish", "Ana Ruiz", "named", "--minor-named").code == 3
    assert tracker("publish", "Ana Ruiz", "anonymous", "--minor-named", "--reason", "x").code == 3
    assert tracker("publish", "Ana Ruiz", "named", "--reason", "x").code == 3
    ran = tracker.ok("publish", "Ana Ruiz", "named", "--minor-named", "--reason", "her parents ask for it")
    assert "may be named even if under 18 at arrest: her parents ask for it" in ran.err
    assert named()
    assert "under 18" not in tracker("check").out
    assert "may no longer be named" in tracker.ok("detainee", "edit", "Ana Ruiz", "--publish", "anonymous").err
    tracker.ok("publish", "Ana Ruiz", "named")
    assert not named()
    tracker.ok("undo")
    tracker.ok("undo")
    assert named()


def test_withheld_facts_are_counted_where_that_is_said(tracker):
    assert "now count withheld facts" in tracker.ok("publish", "--withheld-facts", "counted").err
    assert "Nothing was changed" in tracker.ok("publish", "--withheld-facts", "counted").err
    assert "as unknown" in tracker.ok("publish", "--withheld-facts", "unknown").err
    for words in (
        ("--withheld-facts", "loud"),
        (),
        ("Ana Ruiz",),
        ("Ana Ruiz", "named", "--withheld-facts", "counted"),
    ):
        ran = tracker("publish", *words)
        assert (ran.code, ran.out) == (3, ""), words
