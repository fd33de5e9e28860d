"""Text from anywhere is shown without moving the cursor, hiding anything or turning a line around."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.text import clean_text, quoted, refuse_controls, safe
from tracker.errors import BadValue

ANY = st.text(st.characters())
CODE = re.compile(r"\\u([0-9A-F]{4})|\\U(000[0-9A-F]{5}|0010[0-9A-F]{4})")


def decoded(text: str) -> str:
    """The text with its codes turned back into characters."""
    return CODE.sub(lambda found: chr(int(found[1] or found[2], 16)), text)


@pytest.mark.parametrize(
    "text",
    [
        *[
            "",
            "Ana [bloque 4] Ruiz",
            "Pérez [/red]",
            "=cmd|' /C calc'!A0",
            "Ñandú – “x” 100 %",
            "Сергей",
            "刘晓波",
            "a\u00a0b",
        ],
        *[
            "می\u200cخواهم",
            "क्\u200dष",
            "محمد",
            "🙂",
            "❤\ufe0f",
            "1\ufe0f\u20e3",
            "葛\U000e0100",
            "塚\ufe00",
            "e\u0301",
            "👍🏽",
        ],
    ],
)
def test_honest_text_is_shown_as_it_is(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a\\u001B[31mb"),
        ("a\x00b\x07\x7f\x9b", "a\\u0000b\\u0007\\u007F\\u009B"),
        ("a\r\nb\tc", "a\\u000D\\u000Ab\\u0009c"),
        ("a\u202eb\u202c", "a\\u202Eb\\u202C"),
        ("\u2066a\u2069\u200e\u200f\u061c", "\\u2066a\\u2069\\u200E\\u200F\\u061C"),
        ("a\u2028b\u2029", "a\\u2028b\\u2029"),
        ("a\u200bb\u00adc\ufeff\u2060", "a\\u200Bb\\u00ADc\\uFEFF\\u2060"),
        ("a\U000e0041\U000e007f", "a\\U000E0041\\U000E007F"),
        ("a\ud800b\udfff", "a\\uD800b\\uDFFF"),
        ("a\ue000\U000f0000", "a\\uE000\\U000F0000"),
        ("a\u0378\uffff\U0010ffff", "a\\u0378\\uFFFF\\U0010FFFF"),
        ("a\u200cb", "a\\u200Cb"),
        ("\u200cم", "\\u200Cم"),
        ("م\u200d", "م\\u200D"),
        ("م\u200c\u200cم", "م\\u200C\\u200Cم"),
        ("م\u200ca", "م\\u200Ca"),
        ("،\u200cم", "،\\u200Cم"),
        ("👨\u200d👩", "👨\\u200D👩"),
        ("a\ufe0f", "a\\uFE0F"),
        ("\ufe0f", "\\uFE0F"),
        ("\ufe0f1", "\\uFE0F1"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f\\uFE0F"),
        ("a\U000e0100", "a\\U000E0100"),
        ("葛\U000e0100\U000e0101", "葛\U000e0100\\U000E0101"),
        ("a\u3164\uffa0\u115f\u2800b\u034f\u17b4\u180e", "a\\u3164\\uFFA0\\u115F\\u2800b\\u034F\\u17B4\\u180E"),
    ],
)
def test_what_hides_or_moves_is_shown_by_its_code(text: str, shown: str) -> None:
    assert safe(text) == shown


def test_lines_are_kept_only_where_asked() -> None:
    assert safe("a\nb\tc\x07", keep_newlines=True) == "a\nb\tc\\u0007"
    assert safe("a\r\nb\rc", keep_newlines=True) == "a\nb\\u000Dc"


@given(ANY)
def test_shown_text_holds_nothing_that_acts(text: str) -> None:
    shown = safe(text)
    acting = [char for char in shown if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}]
    assert set(acting) <= {"\u200c", "\u200d"}
    assert safe(shown) == shown
    assert decoded(shown) == decoded(text)


@given(ANY.filter(str.isascii))
def test_plain_ascii_passes_untouched(text: str) -> None:
    assert (safe(text) == text) == text.isprintable()


@given(ANY, st.integers(1, 100))
def test_quoted_text_is_one_short_safe_line(text: str, limit: int) -> None:
    shown = quoted(text, limit)
    assert shown[0] == "“"
    assert shown[-1] == "”"
    assert len(shown) <= limit + 2
    assert safe(shown) == shown or "\u200c" in text or "\u200d" in text or "\ufe0f" in shown
    if len(safe(text)) <= limit:
        assert shown == f"“{safe(text)}”"
    else:
        assert shown[-2] == "…"


def test_a_quotation_is_never_cut_inside_a_code() -> None:
    assert quoted("ab\x1bcd", 6) == "“ab…”"
    assert quoted("ab\U000e0041d", 8) == "“ab…”"
    assert quoted("ab\x1bcd", 10) == "“ab\\u001Bcd”"


def test_a_free_text_is_stored_composed_and_trimmed() -> None:
    assert clean_text("  Jose\u0301\r\nsegunda línea\rtercera\t \n", "note") == "José\nsegunda línea\ntercera"
    assert clean_text("", "note") == ""
    assert clean_text("[bold] =cmd 🙂 \u200f", "note") == "[bold] =cmd 🙂 \u200f"
    assert clean_text("x" * 10_000, "note") == "x" * 10_000


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\ud800", "\x0b"])
def test_a_free_text_with_a_control_character_is_refused(bad: str) -> None:
    with pytest.raises(BadValue, match=f"note: .*control character {re.escape(f'U+{ord(bad):04X}')}") as caught:
        clean_text(f"a{bad}b", "note")
    assert caught.value.message.isprintable()


def test_a_free_text_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(BadValue, match="note: 10001 characters") as caught:
        clean_text("x" * 10_001, "note")
    assert "10000" in str(caught.value.hint)


def test_only_what_is_not_allowed_is_refused() -> None:
    refuse_controls("a\nb", "note", allowed="\n")
    with pytest.raises(BadValue):
        refuse_controls("a\nb", "note")
