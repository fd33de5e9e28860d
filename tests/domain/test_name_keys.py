"""Names: nine spellings of one José, what is stored, and what counts as the same."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.names import clean, exact, fold, mixed_scripts, tokens
from tracker.errors import BadValue

JOSE = "José Pérez"
SAME_TO_THE_EYE = {
    "composed": "Jos\u00e9 P\u00e9rez",
    "decomposed": "Jose\u0301 Pe\u0301rez",
    "zero-width space": "Jo\u200bs\u00e9 P\u00e9rez",
    "zero-width joiner": "Jos\u00e9\u200d P\u00e9rez",
    "byte order mark": "\ufeffJos\u00e9 P\u00e9rez",
    "no-break space": "Jos\u00e9\u00a0P\u00e9rez",
    "soft hyphen": "Jo\u00ads\u00e9 P\u00e9rez",
    "right-to-left mark": "Jos\u00e9 \u200fP\u00e9rez\u200f",
    "wide spaces": " Jos\u00e9\u2003 \u3000P\u00e9rez ",
    "variation selector": "Jos\u00e9\ufe0f P\u00e9rez",
    "grapheme joiner": "Jos\u00e9 P\u034f\u00e9rez",
    "tags": "Jos\u00e9 P\u00e9rez\U000e0041\U000e007f",
    "capitals": "JOS\u00c9 P\u00c9REZ",
}
CYRILLIC = "J\u043es\u00e9 P\u00e9rez"

NAMES = st.text(st.characters(codec="utf-8"), max_size=40) | st.text("aáÁñÑ ’'-.\u200b\u00a0\u0301ßİſΣς", max_size=20)


@pytest.mark.parametrize("spelling", SAME_TO_THE_EYE.values(), ids=SAME_TO_THE_EYE)
def test_spellings_that_look_alike_have_one_identity(spelling: str) -> None:
    assert exact(spelling) == exact(JOSE) == "josé pérez"
    assert fold(spelling) == fold(JOSE) == "jose perez"
    assert not mixed_scripts(spelling)


def test_a_letter_of_another_script_stays_another_letter_and_is_found() -> None:
    assert exact(CYRILLIC) != exact(JOSE)
    assert fold(CYRILLIC) == fold(JOSE)
    assert mixed_scripts(CYRILLIC)


def test_identity_keeps_accents_and_comparison_drops_them() -> None:
    assert exact("Núñez") != exact("Nunez")
    assert fold("Núñez") == fold("Nunez") == "nunez"


def test_identity_ignores_the_kinds_of_case() -> None:
    assert exact("Strauß") == exact("STRAUSS")
    assert exact("ΟΔΥΣΣΕΥΣ") == exact("Οδυσσεύς".replace("ύ", "υ"))


@given(NAMES)
def test_keys_are_stable(name: str) -> None:
    assert exact(exact(name)) == exact(name)
    assert fold(fold(name)) == fold(name)
    assert unicodedata.is_normalized("NFC", exact(name))
    assert " ".join(tokens(name)) == fold(name)


@given(NAMES)
def test_composed_and_decomposed_names_have_the_same_keys(name: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, name) for form in ("NFC", "NFD"))
    assert exact(composed) == exact(decomposed)
    assert fold(composed) == fold(decomposed)


@given(st.lists(st.text("abcdefñéüø", min_size=1, max_size=8), min_size=1, max_size=4))
def test_spaces_and_case_change_no_key(words: list[str]) -> None:
    name = " ".join(words)
    assert exact("\u00a0 ".join(words).upper()) == exact(name)
    assert fold("\u2003".join(words).upper()) == fold(name)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Rocío  SAN MIGUEL", "rocio san miguel"),
        ("O’Brien", "o brien"),
        ("D'Angelo-Núñez, María J.", "d angelo nunez maria j"),
        ("Łukasz Świątek", "lukasz swiatek"),
        ("Þór Ørsted Strauß", "thor orsted strauss"),
        ("Nguyễn Văn Đài", "nguyen van dai"),
        ("İbrahim Yıldız", "ibrahim yildiz"),
        ("Сергей Ольгович", "sergey olgovich"),
        ("Μιχάλης", "michalis"),
        ("محمد", "mhmd"),
        ("مُحَمَّد", "mhmd"),
        ("刘晓波", "liuxiaobo"),
        ("김정은", "gimjeongeun"),
        ("Enrique Ⅳ", "enrique iv"),
        ("«Pepe» · “El Gordo”", "pepe el gordo"),
        ("Juan–Carlos", "juan carlos"),
    ],
)
def test_names_fold_to_plain_words(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_a_name_without_anything_to_fold_is_not_taken_for_another() -> None:
    assert fold("🙂") != fold("🙃")
    assert fold("🙂") == exact("🙂")
    assert fold("") == exact("") == ""


@pytest.mark.parametrize(
    ("given_name", "stored"),
    [
        ("  Rocío   San Miguel\n", "Rocío San Miguel"),
        ("Jose\u0301\u00a0Pérez", "José Pérez"),
        ("\ufeffAna Ruiz\u200b", "Ana Ruiz"),
        ("Ana [bloque 4] Ruiz", "Ana [bloque 4] Ruiz"),
        ("Pérez [/red]", "Pérez [/red]"),
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("X Æ A-12", "X Æ A-12"),
        ("Jоsé", "Jоsé"),
        ("a" * 300, "a" * 300),
    ],
)
def test_a_name_is_stored_as_given_with_plain_spaces(given_name: str, stored: str) -> None:
    assert clean(given_name) == stored
    assert clean(stored) == stored


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "empty"),
        (" \t\u00a0\u200b\ufeff ", "empty"),
        ("a" * 301, "301 characters"),
        ("x" * 10_000, "10000 characters"),
        ("12345", "no letters"),
        ("?? -- 4", "no letters"),
        ("Ana\x07Ruiz", "U+0007"),
        ("Ana\x1b[31mRuiz", "U+001B"),
        ("Ana\nRuiz", "U+000A"),
        ("Ana\tRuiz", "U+0009"),
        ("Ana\x85Ruiz", "U+0085"),
        ("Ana \ud800", "U+D800"),
        ("Ana \u202eziuR", "turn the writing direction"),
        ("Ana \u2066Ruiz", "turn the writing direction"),
    ],
)
def test_what_is_no_name_is_refused_with_a_sentence(name: str, reason: str) -> None:
    with pytest.raises(BadValue) as caught:
        clean(name)
    assert reason in caught.value.message
    assert caught.value.hint
    assert caught.value.message.isprintable()
    assert len(caught.value.message) < 200


@given(NAMES)
def test_a_stored_name_has_an_identity_and_no_loose_space(name: str) -> None:
    try:
        stored = clean(name)
    except BadValue:
        return
    assert clean(stored) == stored
    assert exact(stored) == exact(name)
    assert fold(stored) == fold(name) != ""
    assert stored == " ".join(stored.split())


@pytest.mark.parametrize(
    "name",
    [
        *["José Pérez", "O’Brien", "D'Angelo", "Juan Carlos Ⅱ", "Luis 2º", "Mª del Carmen", "محمد علی", "علی\u200cرضا"],
        *[
            "Сергей Иванов",
            "Liu Xiaobo 刘晓波",
            "Мария (María)",
            "田中さくら",
            "カタカナ田",
            "김金",
            "",
            "123",
            "Ｊｏｓé",
        ],
        *["Nguyễn", "Ana-Мария", "J̌", "Hawaiʻi", "मोहन"],
    ],
)
def test_names_written_properly_are_not_mixed(name: str) -> None:
    assert not mixed_scripts(name)


@pytest.mark.parametrize("name", ["Jоsé", "Pérеz", "Аna Ruiz", "Ana Ruіz", "Μaria", "𝓙osé", "Ana ꓣuiz", "Joｓе"])
def test_a_foreign_letter_inside_a_word_is_found(name: str) -> None:
    assert mixed_scripts(name)
