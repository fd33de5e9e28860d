"""`claim …`: counts as they were stated, corrected and deleted."""

import pytest
from shell import Tracker

SOURCE = "lista-2026-01-12"


@pytest.fixture
def case(tracker: Tracker) -> Tracker:
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("source", "add", "Lista", "--slug", SOURCE, "--published", "2026-01-12")
    return tracker


STATED = [
    ("more than 400", ("400", "", "at least", "printed: more than")),
    ("más de 400", ("400", "", "at least", "printed: más de")),
    ("at least 80", ("80", "", "at least", "")),
    ("al menos 80", ("80", "", "at least", "")),
    ("about 50", ("50", "50", "around", "")),
    ("unos 50", ("50", "50", "around", "")),
    ("50 to 80", ("50", "80", "", "")),
    ("entre 50 y 80", ("50", "80", "", "")),
    ("nearly 100", ("100", "100", "around", "printed: nearly")),
    ("cerca de 100", ("100", "100", "around", "")),
]


@pytest.mark.parametrize(("words", "kept"), STATED)
def test_a_count_is_kept_as_it_was_stated(case: Tracker, words: str, kept: tuple[str, ...]) -> None:
    case.ok("claim", "add", "Foro Libre", "released", words, "--as-of", "2026-01-12", "-s", SOURCE)
    [row] = case.rows("claim", "list")
    assert (row["min"], row["max"], row["qualifier"], row["note"]) == kept


def test_the_words_printed_stand_before_a_remark_and_are_told(case: Tracker) -> None:
    ran = case.ok("claim", "add", "Foro Libre", "released", "more than 400", "--note", "later corrected", "-s", SOURCE)
    assert "released: at least 400 (printed: more than)" in ran.err
    [row] = case.rows("claim", "list")
    assert row["note"] == "printed: more than; later corrected"


@pytest.mark.parametrize("words", ["more than", "more than 50-80", "many", "at least", "menos de", "under -5"])
def test_what_is_no_count_is_refused_with_a_sentence(case: Tracker, words: str) -> None:
    ran = case("claim", "add", "Foro Libre", "released", words, "-s", SOURCE)
    assert (ran.code, ran.out) == (3, "")
    assert "is no count" in ran.err
    assert case.rows("claim", "list") == []


@pytest.fixture
def claim(case: Tracker) -> str:
    """The ref of a claim: 24 released, of nationals of Spain in one prison."""
    case.ok("facility", "add", "El Rodeo I")
    case.ok("claim", "add", "Foro Libre", "released", "24", "--as-of", "2026-01-12", "--since", "2026-01-08",
            "--nationality", "ES", "-f", "Rodeo 1", "-s", SOURCE)  # fmt: skip
    [row] = case.rows("claim", "list")
    return row["ref"]


def test_every_part_of_a_claim_is_corrected_and_nothing_else_changes(case: Tracker, claim: str) -> None:
    case.ok("claimant", "add", "Comité Dos", "--kind", "family")
    [before] = case.rows("claim", "list")
    edits: dict[tuple[str, ...], dict[str, str]] = {
        ("more than 30 of 116",): {
            "min": "30", "max": "", "qualifier": "at least", "out_of": "116", "note": "printed: more than",
        },
        ("--out-of", ""): {"out_of": ""},
        ("--max", "40", "--qualifier", ""): {"max": "40", "qualifier": "", "note": ""},
        ("--note", "a remark", "--since", "", "--as-of", "2026-01-13T10:00"): {
            "note": "a remark", "since": "", "as_of": "2026-01-13T10:00",
        },
        ("-c", "Comité Dos", "--measure", "held"): {"claimant": "Comité Dos", "measure": "held"},
        ("--facility", "", "--sex", "female"): {"scope": "nationality=ES; sex=female"},
        ("--nationality", "CO", "--nationality", "VE"): {"scope": "nationality=CO or VE; sex=female"},
    }  # fmt: skip
    for words, change in edits.items():
        ran = case.ok("claim", "edit", claim, *words)
        assert "→" in ran.err
        [after] = case.rows("claim", "list")
        assert after == before | change, words
        before = after
    for _edit in edits:
        case.ok("undo")
    assert case.rows("claim", "list")[0]["min"] == "24"


def test_an_edit_cites_its_source_and_says_from_what_to_what(case: Tracker, claim: str) -> None:
    case.ok("source", "add", "Otra", "--slug", "otra-2026-01-13", "--published", "2026-01-13")
    ran = case.ok("claim", "edit", claim, "26", "-s", "otra-2026-01-13")
    assert ran.normal.splitlines()[:2] == [
        "Foro Libre, released: 26 (K-1): min: 24 → 26",
        "Foro Libre, released: 26 (K-1): max: 24 → 26",
    ]
    [row] = case.rows("claim", "list")
    assert row["sources"] == f"{SOURCE}; otra-2026-01-13"
    again = case.ok("claim", "edit", claim, "26")
    assert again.err.endswith("Nothing was changed.\n")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("80-50",), 3, "The least (80) is more than the most (50)."),
        (("",), 3, "A claim needs a number or a note."),
        (("--since", "2026-02-01"), 3, "The count ends (2026-01-12) before it begins (2026-02-01)."),
        (("--as-of", "2126-01-01"), 3, "2126-01-01"),
        (("-c", "Nobody"), 4, "There is no claimant “Nobody” on record."),
        (("25", "--as-of", "2026-01-13"), 3, "That claim is on record already: Foro Libre, released: 25 (K-"),
        (("25", "--min", "3"), 3, "given twice"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    case: Tracker, claim: str, words: tuple[str, ...], code: int, said: str
) -> None:
    case.ok("claim", "add", "Foro Libre", "released", "25", "--as-of", "2026-01-13", "--since", "2026-01-08",
            "--nationality", "ES", "-f", "Rodeo 1", "-s", SOURCE)  # fmt: skip
    before = case.database.read_bytes()
    ran = case("claim", "edit", claim, *words)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert case.database.read_bytes() == before


def test_a_claim_goes_with_its_citations_and_comes_back(case: Tracker, claim: str) -> None:
    before = case.rows("claim", "list")
    refused = case("claim", "delete", claim)
    assert (refused.code, refused.out) == (3, "")
    assert f"Delete Foro Libre, released: 24 ({claim})?" in refused.err
    assert case.rows("claim", "list") == before
    ran = case.ok("claim", "delete", claim, "--yes")
    assert "and 1 citation of it." in ran.err
    assert case.rows("claim", "list") == []
    assert case.rows("source", "show", SOURCE) == []
    case.ok("undo")
    assert case.rows("claim", "list") == before


@pytest.mark.parametrize("verb", ["edit", "delete"])
@pytest.mark.parametrize(("ref", "code"), [("K-000000", 4), ("24", 3), ("", 3)])
def test_what_is_no_claim_is_told(case: Tracker, claim: str, verb: str, ref: str, code: int) -> None:
    assert case("claim", verb, ref).code == code
    [source] = case.rows("source", "list")
    assert case("claim", verb, source["ref"]).code == 4


@pytest.mark.parametrize("words", [("--qualifier", "at least"), ("--out-of", "40"), ("",)])
def test_a_claim_without_a_number_needs_its_words(case: Tracker, words: tuple[str, ...]) -> None:
    ran = case("claim", "add", "Foro Libre", "died", *words, "-s", SOURCE)
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("A claim needs a number or a note.\n")
    assert case.rows("claim", "list") == []
    case.ok("claim", "add", "Foro Libre", "died", *words, "--note", "several", "-s", SOURCE)


def test_a_claim_cannot_be_emptied_of_number_and_note(case: Tracker) -> None:
    case.ok("claim", "add", "Foro Libre", "held", "más de 100 de 200", "-s", SOURCE)
    [before] = case.rows("claim", "list")
    for words in (("",), ("--min", ""), ("--min", "", "--qualifier", "")):
        ran = case("claim", "edit", before["ref"], *words)
        assert (ran.code, ran.out) == (3, "")
        assert ran.err.startswith("A claim needs a number or a note.\n")
    assert case.rows("claim", "list") == [before]


@pytest.mark.parametrize("printed", ["printed: más de", "publicado: más de"])
@pytest.mark.parametrize(
    ("words", "note"),
    [
        (("120",), "later corrected"),
        (("at least 100",), "later corrected"),
        (("menos de 120",), "printed: menos de; later corrected"),
        (("--max", "120", "--qualifier", ""), "later corrected"),
        (("--out-of", "400"), "{}; later corrected"),
        (("120", "--note", "our own count"), "our own count"),
    ],
)
def test_what_was_printed_of_a_figure_goes_with_it(
    case: Tracker, printed: str, words: tuple[str, ...], note: str
) -> None:
    case.ok("claim", "add", "Foro Libre", "held", "at least 100", "--note", f"{printed}; later corrected", "-s", SOURCE)
    [row] = case.rows("claim", "list")
    case.ok("claim", "edit", row["ref"], *words)
    assert case.rows("claim", "list")[0]["note"] == note.format(printed)


def test_more_than_and_at_least_are_two_claims(case: Tracker) -> None:
    for slug, words in (("una", "más de 100"), ("dos", "at least 100"), ("tres", "more than 100")):
        case.ok("source", "add", slug, "--slug", slug, "--published", "2026-01-12")
        case.ok("claim", "add", "Foro Libre", "held", words, "--as-of", "2026-01-12", "-s", slug)
    stated = sorted((row["sources"], row["note"]) for row in case.rows("claim", "list"))
    assert stated == [("dos", ""), ("tres; una", "printed: más de")]
    [exact] = [row for row in case.rows("claim", "list") if not row["note"]]
    refused = case("claim", "edit", exact["ref"], "over 100")
    assert refused.code == 3
    assert "That claim is on record already" in refused.err
