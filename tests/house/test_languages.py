"""Everything shown exists in Spanish: a sentence marked in the code and missing from the catalogue fails here."""

import ast
import json
import re
import string
from pathlib import Path

import pytest

import tracker
from tracker import i18n

PACKAGE = Path(tracker.__file__).parent
CATALOGUE = json.loads((PACKAGE / "locale" / "es.json").read_text(encoding="utf-8"))
MARKERS = {"_", "N_", "ngettext"}


def marked() -> dict[str, str | None]:
    """Every marked English sentence in the code → its plural form, or None."""
    found: dict[str, str | None] = {}
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKERS):
                continue
            words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            words = [word for word in words if isinstance(word, str)]
            if node.func.id == "ngettext":
                found[words[0]] = words[1]
            elif words:
                found.setdefault(words[0], None)
    return found


def holes(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}


def test_every_sentence_has_a_spanish_form() -> None:
    missing = sorted(text for text in marked() if text and text not in CATALOGUE)
    assert not missing, f"{len(missing)} without Spanish: {missing[:10]}"


def test_the_catalogue_holds_nothing_the_code_does_not_say() -> None:
    typers_own = {
        "(dynamic)", "default: {default}", "required", "env var: {var}", "Arguments", "Options", "Commands",
        "Missing command.", "[OPTIONS]", "COMMAND [ARGS]...", "Aborted!", "Examples",
    }  # fmt: skip
    assert not sorted(set(CATALOGUE) - set(marked()) - typers_own)


def test_translations_keep_the_values_and_are_not_left_in_english() -> None:
    for english, spanish in CATALOGUE.items():
        forms = spanish if isinstance(spanish, list) else [spanish]
        for form in forms:
            assert form.strip(), english
            assert holes(form) <= holes(english) | {"n"}, (english, form)
            assert holes(english) - {"n"} <= holes(form) | {"n"}, (english, form)


def test_plurals_have_two_spanish_forms() -> None:
    for english, plural in marked().items():
        if plural is not None and english:
            assert isinstance(CATALOGUE[english], list), english
            assert len(CATALOGUE[english]) == 2, english


@pytest.mark.parametrize(
    ("argv", "environ", "wanted"),
    [
        (["--lang", "es"], {}, "es"),
        (["remaining", "--lang=es"], {"TRACKER_LANG": "en"}, "es"),
        ([], {"TRACKER_LANG": "es"}, "es"),
        ([], {"LC_ALL": "es_VE.UTF-8", "LANG": "en_US.UTF-8"}, "es"),
        ([], {"LANG": "es_ES.UTF-8"}, "es"),
        ([], {"LC_ALL": "C", "LANG": "es_ES.UTF-8"}, "en"),
        ([], {"LANG": "est_EE"}, "en"),
        (["--", "--lang", "es"], {}, "en"),
        (["--lang"], {}, "en"),
    ],
)
def test_language_is_chosen_from_option_then_environment_then_locale(argv, environ, wanted) -> None:
    assert i18n.choose_language(argv, environ) == wanted


def test_sentences_speak_the_language_in_force() -> None:
    english = next(text for text in marked() if text in CATALOGUE and re.search("[a-z]{4}", text))
    try:
        i18n.set_language("es")
        assert i18n._(english) == (CATALOGUE[english] if isinstance(CATALOGUE[english], str) else CATALOGUE[english][0])
        i18n.set_language("xx")
        assert i18n._(english) == english
    finally:
        i18n.set_language("en")
