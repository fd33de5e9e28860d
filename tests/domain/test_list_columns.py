import pytest

from tracker.domain import lists
from tracker.domain.headers import column_of, header_key, header_words, name_part

KINDS = [lists.LIST, lists.CLAIMS, lists.SOURCES, lists.CLAIMANTS, lists.FACILITIES, lists.CITATIONS]


@pytest.mark.parametrize("columns", KINDS)
def test_no_header_means_two_columns_of_one_list(columns):
    seen: dict[str, str] = {}
    for column in columns:
        for word in header_words(column):
            assert seen.setdefault(header_key(word), column) == column, word


@pytest.mark.parametrize("columns", KINDS)
def test_every_column_answers_to_its_own_key(columns):
    assert [column_of(column, columns) for column in columns] == list(columns)


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("Fecha de Detención", "detained_on"),
        ("NACIONALIDAD", "nationalities"),
        ("Full name", "name"),
        ("released_on", "released_on"),
        ("Centro de reclusión ", "facility"),
        ("Medidas", "conditions"),
        ("favourite colour", None),
        ("F. detención", "detained_on"),
        ("Fecha de la detención", "detained_on"),
        ("fec. nac.", "born"),
        ("Nac.", "nationalities"),
        ("Nacionalidad(es)", "nationalities"),
        ("C.I.", "identifier"),
        ("Nombre del preso político", "name"),
        ("Cárcel actual", "facility"),
        ("¿Dónde está detenido?", "facility"),
        ("Situación jurídica", "stage"),
        ("DOB", "born"),
        ("Sexo (M/F)", "sex"),
        ("Fecha de detención (dd/mm/aaaa)", "detained_on"),
        ("Nombre (alias)", None),  # two things in one column
        ("Detenido(a)", None),  # who, or when?
        ("Detenido el", "detained_on"),
        ("Lugar de detención", None),  # of the arrest, or where they are held?
        ("Estado", None),  # which state, or the state of what?
        ("Nº exp.", None),  # several accused share a case: no identifier of a person
    ],
)
def test_headers_are_known_in_english_and_spanish_whatever_case_and_accents(header, column):
    assert column_of(header, lists.LIST) == column


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("Nombres", "given"),
        ("first_name", "given"),
        ("Apellido(s)", "family"),
        ("Surname", "family"),
        ("Nombre completo", None),
    ],
)
def test_a_column_can_hold_a_part_of_a_name(header, part):
    assert name_part(header) == part


def test_fields_of_records_are_columns_of_the_list():
    fields = [field for of in lists.FIELDS_OF.values() for field in of]
    assert len(fields) == len(set(fields))
    assert set(fields) <= set(lists.LIST)
