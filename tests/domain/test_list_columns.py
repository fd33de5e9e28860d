import pytest

from tracker.domain import lists
from tracker.domain.names import fold

KINDS = [lists.LIST, lists.CLAIMS, lists.SOURCES, lists.CLAIMANTS, lists.FACILITIES, lists.CITATIONS]


@pytest.mark.parametrize("columns", KINDS)
def test_no_header_means_two_columns_of_one_list(columns):
    seen: dict[str, str] = {}
    for column in columns:
        for word in lists.header_words(column):
            assert seen.setdefault(fold(word), column) == column, word


@pytest.mark.parametrize("columns", KINDS)
def test_every_column_answers_to_its_own_key(columns):
    assert [lists.column_of(column, columns) for column in columns] == list(columns)


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
    ],
)
def test_headers_are_known_in_english_and_spanish_whatever_case_and_accents(header, column):
    assert lists.column_of(header, lists.LIST) == column


def test_fields_of_records_are_columns_of_the_list():
    fields = [field for of in lists.FIELDS_OF.values() for field in of]
    assert len(fields) == len(set(fields))
    assert set(fields) <= set(lists.LIST)
