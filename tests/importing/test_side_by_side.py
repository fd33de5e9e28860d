"""What a review shows of a row and of somebody on record: whether they agree."""

import pytest

from tracker.importing.lists.side_by_side import sign


@pytest.mark.parametrize(
    ("column", "told", "known", "shown"),
    [
        ("born", ["1985-05"], ["1985"], "="),
        ("born", ["1985-05"], ["1960-01-01"], "≠"),
        ("detained_on", ["2025-03-02"], ["2024-02", "2025-03"], "="),
        ("nationalities", ["VE"], ["CO", "VE"], "="),
        ("nationalities", ["VE"], ["CO"], "≠"),
        ("release_kind", ["full"], ["bail"], "≠"),
        ("release_kind", ["full"], ["unstated"], ""),
        ("released_on", ["unknown"], ["2026-01-12"], ""),
        ("name", ["JOSE PEÑA"], ["José Peña"], "="),
        ("occupation", ["nurse"], ["works in a hospital"], ""),
        ("note", [], ["ill"], ""),
        ("note", ["ill"], [], ""),
    ],
)
def test_agreement_is_a_sign_before_what_is_on_record(column, told, known, shown):
    assert sign(column, told, known) == shown
