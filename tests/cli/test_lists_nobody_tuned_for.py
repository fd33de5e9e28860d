"""Lists as they come from lawyers, forms and other organisations, with invented people: what is read, what is asked."""

import csv
import io
from pathlib import Path

import pytest


@pytest.fixture
def case(tracker, tmp_path, monkeypatch):
    """Four prisons; a folder to write lists in."""
    monkeypatch.chdir(tmp_path)
    for prison in ("El Rodeo I", "INOF", "El Helicoide", "Ramo Verde"):
        tracker.ok("facility", "add", prison)
    return tracker


def taken(case, text, *words, columns="name,sex,nationalities", name="list.csv", encoding="utf-8"):
    """Import a list and return who is on record."""
    Path(name).write_bytes(text.encode(encoding))
    case.ok("import", name, "--no-source", *words)
    return [tuple(row.values()) for row in case.rows("detainee", "list", "--columns", columns)]


def refused(case, text, *words):
    Path("list.csv").write_text(text, encoding="utf-8")
    ran = case("import", "list.csv", "--no-source", *words)
    assert ran.code == 3
    assert case.rows("detainee", "list") == []
    return ran.err


def test_a_lawyers_list_with_abbreviated_headers_and_names_in_two_columns(case):
    text = (
        "Apellidos;Nombres;F. nac.;Edad;Sexo;Nac.;F. detención;Org. aprehensor;Lugar reclusión;Situación jurídica;C.I.\n"
        "Pérez Gómez;Juan Carlos;1990-04-05;34 años;V;Venezuela;2025-03-12;SEBIN;El Helicoide;Imputado;V-12.345.678\n"
        "Núñez;Ana;;17 años de edad;M;colombo-venezolana;marzo de 2025;DGCIM;INOF;Condenada;\n"
    )
    columns = "name,sex,nationalities,since,facility,born"
    assert taken(case, text, columns=columns) == [
        ("Ana Núñez", "female", "CO; VE", "2025-03", "INOF", ""),
        ("Juan Carlos Pérez Gómez", "male", "VE", "2025-03-12", "El Helicoide", "1990-04-05"),
    ]
    page = case.ok("show", "Juan Carlos Pérez Gómez").out
    assert "SEBIN" in page
    assert "V-12.345.678" in page


def test_the_next_version_joins_the_parts_of_names_as_the_first(case):
    header = "Apellidos,Nombres,Celda\n"
    text = header + "Pérez Gómez,Juan Carlos,4\n"
    assert taken(case, text, "--list", "lawyer", "--map", "Celda=-") == [("Juan Carlos Pérez Gómez", "", "")]
    again = text + "Rojas,José,5\n"
    names = [row[0] for row in taken(case, again, "--list", "lawyer", name="next.csv")]
    assert names == ["José Rojas", "Juan Carlos Pérez Gómez"]


@pytest.mark.parametrize(
    ("header", "row", "name"),
    [
        ("first name,last name", "Juan Carlos,Pérez", "Juan Carlos Pérez"),
        ("Surname,Given name(s)", "Pérez,Juan", "Juan Pérez"),
        ("Primer nombre,Segundo nombre,Primer apellido,Segundo apellido", "Juan,,Pérez,Gómez", "Juan Pérez Gómez"),
        ("Nombre,Apellido", "Ana,Ruiz", "Ana Ruiz"),
        ("Nombres,Edad", "Ana Ruiz,30", "Ana Ruiz"),
        ("Nombre del preso político,Cárcel actual", "Ana Ruiz,INOF", "Ana Ruiz"),
        ("Nombre y apellido del detenido,¿Dónde está detenida?", "Ana Ruiz,INOF", "Ana Ruiz"),
        ("Name,Gender", '"PÉREZ GÓMEZ, Juan Carlos",male', "PÉREZ GÓMEZ, Juan Carlos"),
        ("Name,Gender", "Сергей Кузнецов,Male", "Сергей Кузнецов"),
        ("Name,Gender", "محمد بن علي,male", "محمد بن علي"),
    ],
)
def test_a_name_is_known_in_one_column_or_several_and_kept_as_it_is_printed(case, header, row, name):
    assert [found for found, *_rest in taken(case, f"{header}\n{row}\n")] == [name]


@pytest.mark.parametrize(
    "header", ["Nombre completo,Apellidos", "Apellidos,Edad", "Lugar de detención,Nombre", "Estado,Nombre"]
)
def test_a_header_that_may_mean_two_things_is_asked(case, header):
    assert "not known" in refused(case, f"{header}\nAna Ruiz,30\n")


@pytest.mark.parametrize(
    ("letters", "sexes"),
    [
        ("M,F,M", ["male", "female", "male"]),
        ("M,H,H", ["female", "male", "male"]),
        ("V,M,V", ["male", "female", "male"]),
        ("m,Femenino,h", None),  # a man beside F, a woman beside H: nobody can say
        ("M,M,M", None),
    ],
)
def test_what_m_means_is_told_by_the_other_letters_of_the_column(case, letters, sexes):
    rows = "".join(f"{name},{letter}\n" for name, letter in zip(("Ana", "Eva", "Luz"), letters.split(","), strict=True))
    if sexes is None:
        assert "masculino or mujer" in refused(case, "Nombre,Sexo\n" + rows)
    else:
        assert [sex for _name, sex, _countries in taken(case, "Nombre,Sexo\n" + rows)] == sexes


@pytest.mark.parametrize(
    "text", ["VE/ES", "venezolana y española", "Venezolana, española", "doble nacionalidad: venezolana/española"]
)
def test_a_cell_that_names_two_nationalities_is_a_dual_national(case, text):
    assert taken(case, f'Nombre,Nacionalidad(es)\nAna Ruiz,"{text}"\n') == [("Ana Ruiz", "", "ES; VE")]


@pytest.mark.parametrize(
    ("header", "cell", "told"),
    [
        ("Fecha de la detención", "principios de 2024", "principios de 2024"),
        ("Edad", "treinta", "whole number"),
        ("Edad", "40s", "whole number"),
        ("Nacionalidad", "venezolana/marciana", "no country"),
        ("Nacionalidad", "coreano", "more than one country"),
    ],
)
def test_what_nobody_can_read_for_sure_is_refused_with_its_place(case, header, cell, told):
    said = refused(case, f"Nombre,{header}\nAna Ruiz,{cell}\n")
    assert "row 2" in said
    assert told in said


def test_the_number_of_a_row_is_where_it_stands_in_the_source(case):
    text = "Nº,Nombre,Nac.\n7,Ana Ruiz,V.E.\n".replace("V.E.", "VE")
    assert taken(case, text) == [("Ana Ruiz", "", "VE")]  # nobody is cited: there is nothing to find
    case.ok("undo", "--yes")
    case.ok("import", "list.csv", "-s", "https://www.uno.example/2026/01/12/lista")
    record = io.StringIO(case.ok("export", "list", "--csv").out)
    assert {row["locator"] for row in csv.DictReader(record)} == {"7"}
