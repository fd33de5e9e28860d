"""Who a row of a list is, at the shell: father and son, a common name out of a mass arrest, a name printed wrongly."""

import csv
import io

import pytest
from shell import Tracker

from tracker import i18n

SOURCE = "https://www.dos.example/2026/01/14/otra"
NIGHT = "2024-08-02"


@pytest.fixture
def case(tracker: Tracker, tmp_path, monkeypatch) -> Tracker:
    monkeypatch.chdir(tmp_path)
    tracker.ok("facility", "add", "El Rodeo I")
    return tracker


def write(tmp_path, *rows: str, name: str = "list.csv") -> str:
    header = "name,born,age,occupation,detained_on,facility"
    (tmp_path / name).write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return name


def plan(case: Tracker, file: str) -> dict[str, str]:
    [row] = csv.DictReader(io.StringIO(case.ok("import", file, "-s", SOURCE, "--dry-run", "--csv").out))
    return row


@pytest.fixture
def spanish():
    """Return a way to have something said in Spanish."""

    def said(case: Tracker, file: str) -> str:
        i18n.set_language("es")
        try:
            return plan(case, file)["reasons"]
        finally:
            i18n.set_language("en")

    return said


@pytest.mark.parametrize("son", ["1979,,", ",41,"])
def test_a_son_is_never_his_father_and_the_score_says_why(case, tmp_path, spanish, son):
    case.ok("detainee", "add", "Yulio Balsa", "--born", "1948", "--detained-on", NIGHT, "-f", "El Rodeo I")
    row = plan(case, write(tmp_path, f"Yulio Balsa,{son},{NIGHT},El Rodeo I"))
    assert row["action"] == "review"
    assert int(row["score"]) < 10  # of 100
    assert "another generation" in row["reasons"]
    assert "otra generación" in spanish(case, "list.csv")


def test_duplicates_gives_father_and_son_a_low_score(case):
    for born in ("1948", "1979"):
        said = ("--born", born, "--detained-on", NIGHT, "-f", "El Rodeo I")
        case.ok("detainee", "add", "Yulio Emeterio Balsa Quilarque", *said, "--another")
    [row] = case.rows("duplicates")
    assert int(row["score"]) < 10
    assert "another generation: born 1948 / 1979" in row["reasons"]


def test_a_common_name_out_of_a_mass_arrest_waits_for_a_person_and_is_told_why(case, tmp_path, spanish):
    case.ok("detainee", "add", "Javier Colmenares", "--detained-on", NIGHT)
    row = plan(case, write(tmp_path, f"Javier Colmenares,,,,{NIGHT},"))
    assert row["action"] == "match"
    others = (f"Yolmer Zarra{n:03},,,,{NIGHT}," for n in range(240))
    case.ok("import", write(tmp_path, *others, name="night.csv"), "-s", "https://www.uno.example/2026/01/12/lista")
    row = plan(case, "list.csv")
    assert row["action"] == "review"
    assert f"arrested {NIGHT} (as about 240 on record)" in row["reasons"]
    assert f"detención: {NIGHT} (como unas 240 personas del registro)" in spanish(case, "list.csv")


@pytest.mark.parametrize("said", [f",,,,{NIGHT},", ",,,,,El Rodeo I", ",,,baker,,"])
def test_a_rare_surname_as_it_sounds_and_another_given_name_wait_where_anything_else_agrees(case, tmp_path, said):
    words = ("--detained-on", NIGHT, "-f", "El Rodeo I", "--occupation", "baker")
    case.ok("detainee", "add", "Ernesto Dorbe", *words)
    row = plan(case, write(tmp_path, f"Enrique Dorve{said}"))
    assert (row["action"], row["name"]) == ("review", "Ernesto Dorbe")
    assert plan(case, write(tmp_path, "Enrique Dorve,,,,,"))["action"] == "create"
