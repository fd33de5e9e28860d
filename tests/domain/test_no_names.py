"""Texts that stand where a name should: refused with what to do, and no real name among them."""

import csv
from pathlib import Path

import pytest

from tracker.domain.no_names import person_name
from tracker.errors import BadValue

LISTS = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.parametrize(
    "text",
    [
        *("N/A", "n / a", "NA", "s/i", "S/N", "N.N.", "NN 3", "-", "???", "12", "xxx", "X"),
        *("Unknown", "unknown 2", "Sin identificar", "NO IDENTIFICADO", "Desconocida", "Nombre reservado", "null"),
        *("(unnamed Czech man)", "Unidentified woman, 30"),
    ],
)
def test_a_word_for_not_known_is_refused_with_how_somebody_unnamed_is_entered(text):
    with pytest.raises(BadValue, match="is no name") as refused:
        person_name(text)
    assert "description" in refused.value.hint


@pytest.mark.parametrize(
    "text", ["Total: 5", "TOTAL", "Total general 863", "Subtotal", "Fuente: Foro Penal", "Actualizado al 3 de enero: 5"]
)
def test_what_stands_below_a_list_is_no_person(text):
    with pytest.raises(BadValue, match="is no person"):
        person_name(text)


@pytest.mark.parametrize("text", ["name", "NOMBRE", "Nombres y apellidos", "full name"])
def test_a_header_is_no_name(text):
    with pytest.raises(BadValue, match="is a header"):
        person_name(text)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "Na",
            "Nan Win",
            "Xi",
            "Xóchitl Nava",
            "G.R.",
            "S.I.",
            "Reservado Paz",
            "Fuentes Vera",
            "Notario Ruiz",
            "Null Sol",
        ),
        *("Sin Young", "Por Flores", "Ninguno Sáez", "Ana Desconocida Ruiz"),
    ],
)
def test_a_name_with_such_a_word_in_it_is_a_name(text):
    assert person_name(text) == text


@pytest.mark.shared
@pytest.mark.parametrize(
    ("path", "columns"),
    [
        ("venezuela-2026/people_matches.csv", ("printed_name", "other_printed_name")),
        ("china_political_prisoners/chinese-political-prisoners.csv", ("Name",)),
        ("cpj_journalists/cpj_1992_2020_original.csv", ("fullName",)),
        ("chile_pinochet/pinochet.csv", ("last_name", "first_name")),
    ],
)
def test_no_real_name_is_refused(path, columns):
    if not (LISTS / path).exists():
        pytest.skip(f"the real lists are not beside this checkout ({LISTS})")
    with (LISTS / path).open(encoding="utf-8", newline="") as file:
        names = {row[column] for row in csv.DictReader(file) for column in columns if row[column]}
    assert len(names) > 100
    refused = set()
    for name in names:
        try:
            person_name(name)
        except BadValue as problem:
            if "no name" in problem.message or "no person" in problem.message or "header" in problem.message:
                refused.add(name)
    assert [name for name in refused if not name.startswith("(unnamed ")] == []
