"""`compare` at the shell: who of a list is on record, who may be, who is only theirs, who only ours."""

import json
import sqlite3

import pytest

HEADER = "name,detained_on,facility\n"


@pytest.fixture
def case(tracker):
    """Five people: two held, one of whom has a namesake, one freed, one who died under another spelling."""
    tracker.ok("facility", "add", "El Rodeo I")
    tracker.ok("source", "add", "Lista", "--slug", "lista-2026-01-12", "--published", "2026-01-12")
    for name, day in (
        ("Ana Ruiz Pineda", "2025-03-02"),
        ("Tulio Febres Osío", "2024-02-10"),
        ("Zoraida Piñango Lira", "2025-11-20"),
        ("José Mora Peña", "2025-05-01"),
    ):
        tracker.ok("detainee", "add", name, "--detained-on", day, "-f", "El Rodeo I", "-s", "lista-2026-01-12")
    tracker.ok("detainee", "add", "José Mora Peña", "--another", "--detained-on", "2025-07-09")
    tracker.ok("release", "add", "Zoraida Piñango Lira", "--on", "2026-01-12", "--status", "verified", "-k", "full")
    return tracker


def written(name, text):
    with open(name, "w", encoding="utf-8", newline="") as file:  # noqa: PTH123
        file.write(text)
    return name


def compared(case, *words):
    return case.rows("compare", *words)


def groups(rows):
    found = {}
    for row in rows:
        found.setdefault(row["group"], []).append(row["printed_name"] or row["name"])
    return found


LIST = (
    HEADER + "Ana Ruiz Pineda,2025-03-02,El Rodeo I\nZoraida Piñango,2025-11-20,\nNora Lugo Sanz,2025-04,Tocuyito\n"
    "José Mora Peña,,\n"
)


def test_everybody_of_the_list_and_of_ours_is_in_one_group(case):
    rows = compared(case, written("list.csv", LIST))
    assert groups(rows) == {
        "matched": ["Ana Ruiz Pineda", "Zoraida Piñango"],
        "possible": ["José Mora Peña"],
        "only_theirs": ["Nora Lugo Sanz"],
        "only_ours": ["Tulio Febres Osío"],
    }
    ana, zoraida, jose, nora, tulio = rows
    assert (ana["row"], ana["name"], ana["standing"]) == ("2", "Ana Ruiz Pineda", "detained")
    assert "arrested 2025-03-02" in ana["reasons"]
    assert (zoraida["name"], zoraida["standing"]) == ("Zoraida Piñango Lira", "free")
    assert jose["ref"]
    assert "or P-" in jose["reasons"]
    assert (nora["ref"], nora["standing"], nora["row"]) == ("", "", "4")
    assert (tulio["printed_name"], tulio["row"], tulio["standing"]) == ("", "", "detained")


def test_nothing_is_changed_and_the_foot_counts_what_is_where(case):
    def changes():
        with sqlite3.connect(case.database) as db:
            return db.execute("SELECT count(*) FROM changes").fetchone()[0]

    before = changes()
    ran = case.ok("compare", written("list.csv", LIST), "--on", "2026-01-20")
    assert changes() == before
    assert "list.csv against those deprived of liberty on 2026-01-20" in ran.out
    assert "list.csv: 4 people in 4 rows." in ran.err
    assert "2 matched; 1 possible; 1 only on their list; 1 only on ours." in ran.err
    assert "1 of the matched is not among them: 1 free." in ran.err


def test_who_of_ours_is_meant_follows_the_day_and_the_filters(case):
    written("list.csv", HEADER + "Ana Ruiz Pineda,2025-03-02,\n")
    assert "Zoraida Piñango Lira" in groups(compared(case, "list.csv", "--on", "2026-01-11"))["only_ours"]
    assert "Zoraida Piñango Lira" not in groups(compared(case, "list.csv", "--on", "2026-01-12"))["only_ours"]
    assert groups(compared(case, "list.csv", "--released"))["only_ours"] == ["Zoraida Piñango Lira"]
    assert groups(compared(case, "list.csv", "--standing", "free"))["only_ours"] == ["Zoraida Piñango Lira"]
    assert len(groups(compared(case, "list.csv", "--everybody"))["only_ours"]) == 4
    assert groups(compared(case, "list.csv", "-s", "lista-2026-01-12"))["only_ours"] == [
        "José Mora Peña",
        "Tulio Febres Osío",
    ]
    both = case("compare", "list.csv", "--released", "--everybody")
    assert both.code == 3
    assert "exclude each other" in both.err


def test_a_full_name_of_one_person_is_enough_and_said_so(case):
    rows = compared(case, written("names.csv", "name\nTulio Febres Osio\nRuiz Pineda Ana\nTulio Castro\n"))
    assert groups(rows)["matched"] == ["Tulio Febres Osio", "Ruiz Pineda Ana"]
    assert all("by the name alone" in row["reasons"] for row in rows if row["group"] == "matched")
    assert groups(rows)["only_theirs"] == ["Tulio Castro"]


def test_a_list_taken_in_before_is_known_with_its_answers_and_its_columns(case):
    written("list.csv", "Persona privada,Día\nMora Peña José,2025-07-09\nMora Peña José,2025-07-10\n")
    mapping = ("--map", "Persona privada=name", "--map", "Día=detained_on")
    refused = case("compare", "list.csv")
    assert refused.code == 3
    assert "Persona privada" in refused.err
    case.ok("import", "list.csv", *mapping, "-s", "lista-2026-01-12", "--list", "Abogados")
    case.ok("review", "--write", "asked.csv")
    with open("asked.csv", encoding="utf-8") as file:  # noqa: PTH123
        text = file.read()
    if text.count("\n") > 1:
        lines = text.splitlines()
        written("asked.csv", "\n".join([lines[0], *(line + "different" for line in lines[1:])]) + "\n")
        case.ok("review", "--read", "asked.csv")
    assert set(groups(compared(case, "list.csv"))) == {"matched", "only_ours"}
    written("next.csv", "Persona privada,Día\nMora Peña José,2025-07-09\nNora Lugo Sanz,2025-07-10\n")
    rows = compared(case, "next.csv", "--list", "Abogados")
    assert groups(rows)["only_theirs"] == ["Nora Lugo Sanz"]
    assert next(row for row in rows if row["row"] == "2")["reasons"] == "on this list before"


def test_rows_about_one_person_are_one_and_equal_rows_too(case):
    text = "ref,name,detained_on\n1,Ana Ruiz Pineda,2025-03-02\n1,Ana Ruiz,2025-03-02\n,Nora Lugo Sanz,2025-04\n"
    rows = compared(case, written("list.csv", text + ",Nora Lugo Sanz,2025-04\n"))
    assert groups(rows)["matched"] == ["Ana Ruiz Pineda"]
    assert groups(rows)["only_theirs"] == ["Nora Lugo Sanz"]


def test_cells_that_mean_nothing_and_rows_that_cannot_be_read_are_told(case):
    ran = case.ok("compare", written("list.csv", HEADER + "Ana Ruiz Pineda,2025-02-30,\n"), "--csv")
    assert "1 cell could not be read and was not compared:" in ran.err
    assert "list.csv, row 2, detained_on" in ran.err
    ragged = case("compare", written("list.csv", HEADER + "Ana Ruiz Pineda,2025-03-02\n"))
    assert (ragged.code, "Tulio Febres Osío" in ragged.out) == (5, True)
    assert "1 row cannot be read and was not compared:\n  list.csv, row 2: The row has 2 cells" in ragged.err
    assert "written" not in ragged.err


def test_two_lists_and_the_record(case):
    written("a.csv", HEADER + "Ana Ruiz Pineda,2025-03-02,\nNora Lugo Sanz,2025-04-01,\nPía Sosa Vega,2025-09-01,\n")
    written(
        "b.csv", "Nombre,Arresto\nAna Ruíz Pineda,2025-03-02\nLugo Sanz Nora,2025-04-01\nZoraida Piñango,2025-11-20\n"
    )
    ran = case.ok("compare", "a.csv", "b.csv", "--map", "Arresto=detained_on", "--json")
    rows = json.loads(ran.out)
    where = {
        row["printed_a"] or row["printed_b"] or row["name"]: (
            row["a"],
            row["b"],
            row["record"],
            row["row_a"],
            row["row_b"],
        )
        for row in rows
    }
    assert where["Ana Ruiz Pineda"] == ("yes", "yes", "yes", 2, 2)
    assert where["Nora Lugo Sanz"] == ("yes", "yes", "no", 3, 3)
    assert where["Pía Sosa Vega"] == ("yes", "no", "no", 4, None)
    assert where["Zoraida Piñango"] == ("no", "yes", "yes", None, 4)
    assert where["Tulio Febres Osío"] == ("no", "no", "yes", None, None)
    assert "On A and B only: 1." in ran.err
    assert "On A, on B and on record: 1." in ran.err


def test_possible_answers_of_two_lists_are_told_apart(case):
    written("a.csv", "name\nJosé Mora Peña\n")
    written("b.csv", "name,detained_on\nJosé Mora Peña,2025-05-01\n")
    rows = case.rows("compare", "a.csv", "b.csv")
    assert ("no", "yes", "yes") in {(row["a"], row["b"], row["record"]) for row in rows}
    assert ("possible", "no", "yes") in {(row["a"], row["b"], row["record"]) for row in rows}


def test_two_lists_from_standard_input_are_refused(case):
    ran = case("compare", "-", "-", stdin="name\nAna\n")
    assert ran.code == 3
    assert "standard input" in ran.err
