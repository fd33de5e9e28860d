"""Languages: English is written in the code, Spanish in `locale/es.json`.

`_()` translates now, `N_()` only marks a sentence so that it is collected, `ngettext()` chooses singular
or plural. The language is set once, before the command line is built (`__main__`), because help texts
are translated where they stand. Sentences take their values by name: `_("{n} people").format(n=3)`.

The catalogue is a JSON object `{english: spanish}`; for a plural the key is the English singular and the
value a list `[singular, plural]`. A test fails on a sentence without Spanish.
"""

import os
from functools import cache

LANGUAGES = ("en", "es")

_language = "en"


@cache
def _catalogue(language: str) -> dict[str, str | list[str]]:
    if language == "en":
        return {}
    import json  # an English start does without; importlib.resources would cost 10 ms more
    from pathlib import Path

    text = (Path(__file__).parent / "locale" / f"{language}.json").read_text(encoding="utf-8")
    loaded: dict[str, str | list[str]] = json.loads(text)
    return loaded


def N_(message: str) -> str:  # noqa: N802  (the conventional name for a marked message)
    """Mark `message` for translation and return it as it is."""
    return message


def _(message: str) -> str:
    """Return `message` in the language in force."""
    found = _catalogue(_language).get(message, message)
    return found if isinstance(found, str) else found[0]


def in_every_language(message: str) -> tuple[str, ...]:
    """Return `message` in all languages: what one of them wrote, another must read."""
    found = (_catalogue(language).get(message, message) for language in LANGUAGES)
    return tuple(one if isinstance(one, str) else one[0] for one in found)


def ngettext(singular: str, plural: str, n: int) -> str:
    """Return the form for `n` in the language in force (English and Spanish share the rule n != 1)."""
    found = _catalogue(_language).get(singular)
    if isinstance(found, list):
        return found[0 if n == 1 else 1]
    return singular if n == 1 else plural


def set_language(language: str) -> None:
    """Speak `language` from here on; one of `LANGUAGES`."""
    global _language  # noqa: PLW0603  (one process speaks one language)
    _language = language if language in LANGUAGES else "en"


def language() -> str:
    """Return the language in force, `en` or `es`."""
    return _language


def choose_language(argv: list[str], environ: dict[str, str] | None = None) -> str:
    """Return the language asked for: `--lang`, else `$TRACKER_LANG`, else the locale, else English.

    A value that is no language of ours falls through; the shell reports a wrong `--lang` itself.
    """
    env = os.environ if environ is None else environ
    wanted: list[str] = []
    for here, word in enumerate(argv):
        if word == "--":
            break
        if word == "--lang" and here + 1 < len(argv):
            wanted.append(argv[here + 1])
        elif word.startswith("--lang="):
            wanted.append(word.removeprefix("--lang="))
    wanted.append(env.get("TRACKER_LANG", ""))
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if env.get(variable):
            wanted.append(env[variable])
            break
    for word in wanted:
        if word[:2].lower() in LANGUAGES and (len(word) == 2 or word[2] in "_-.@"):  # noqa: PLR2004
            return word[:2].lower()
    return "en"
