"""How to count: a rule gives values to a fixed set of switches, each rule a small readable file.

The rules we ship lie in `counting_rules/`, one file each, named after the rule; a file of one's own has the same keys:

    release_statuses = ["verified"]        # which releases end a detention
    deprived = ["detained", "whereabouts_unknown", "house_arrest"]      # which standings are deprived of liberty
    released = ["restricted", "free", "out", "escaped"]                 # which standings, once out, count as released
    minimum_hours = 0                      # detentions that certainly ended sooner are left out

    [text]                                 # printed under every table made with the rule
    en = "…"
    es = "…"

A rule counts; it does not change what a person's standing is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from tracker.domain.text import quoted
from tracker.domain.vocabulary import DEPRIVED, STATUS_RANK
from tracker.errors import BadValue
from tracker.i18n import _, language

DEFAULT: Final = "default"
FOLDER: Final = Path(__file__).parent / "counting_rules"
ENDING: Final = ".toml"

STATUSES: Final = tuple(status for status, rank in STATUS_RANK.items() if rank)
OUT: Final = ("house_arrest", "restricted", "free", "out", "escaped")
"""The standings that a person can be released into."""

HOME: Final = "house_arrest"

_KEYS: Final = ("release_statuses", "deprived", "released", "minimum_hours", "text")
_LONGEST: Final = 24 * 366 * 100


@dataclass(frozen=True)
class Rule:
    """One way to count.

    `accepted`: the release statuses that end a detention; `deprived`: the standings counted as deprived of liberty;
    `released`: those that count as released when deprivation is left; `min_hours`: detentions that certainly ended
    sooner after the arrest are left out; `texts`: what is printed under a table, by language.
    """

    name: str
    accepted: tuple[str, ...]
    deprived: tuple[str, ...]
    released: tuple[str, ...]
    min_hours: int
    texts: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The rule in words, in the language shown where it has it."""
        texts = dict(self.texts)
        return texts.get(language()) or texts.get("en") or self.texts[0][1]

    def counting_home(self, *, held: bool) -> "Rule":
        """Return the rule with house arrest counted as held, or as out."""
        if held:
            deprived, released = (*self.deprived, HOME), [one for one in self.released if one != HOME]
        else:
            deprived, released = tuple(one for one in self.deprived if one != HOME), [HOME, *self.released]
        return replace(
            self,
            deprived=tuple(one for one in DEPRIVED if one in deprived),
            released=tuple(one for one in OUT if one in released),
        )


def names() -> list[str]:
    """Return the names of the rules we ship, the default first."""
    found = sorted(path.stem for path in FOLDER.glob(f"*{ENDING}"))
    return sorted(found, key=lambda name: name != DEFAULT)


def read_rule(word: str) -> Rule:
    """Return the rule of a name, or of a file that ends in `.toml`. Raises BadValue for neither, or a bad file."""
    text = word.strip()
    if text.lower().endswith(ENDING):
        return _of_file(Path(text), Path(text).stem)
    if text.lower() in names():
        return shipped(text.lower())
    raise BadValue(
        _("There is no counting rule {word}.").format(word=quoted(word)),
        hint=_("Use one of: {choices}; or a file of your own that ends in .toml.").format(choices=", ".join(names())),
    )


def read_kept(word: str) -> str:
    """Return the name of a rule that the record may keep: a shipped one, found on every machine. Raises BadValue."""
    text = word.strip().lower()
    if text in names():
        return text
    raise BadValue(
        _("There is no counting rule {word} that a record can keep.").format(word=quoted(word)),
        hint=_("Use one of: {choices}.").format(choices=", ".join(names())),
    )


def rule_of(settings: Mapping[str, str]) -> Rule:
    """Return the rule of a record: the one it keeps, else the default."""
    kept = settings.get("rule") or DEFAULT
    return shipped(kept if kept in names() else _FORMERLY.get(kept, DEFAULT))


_FORMERLY: Final = {"verified": DEFAULT, "reported": "press"}
"""What records kept before rules had names: the least status that counts."""


@cache
def shipped(name: str) -> Rule:
    """Return a rule we ship."""
    return _of_file(FOLDER / f"{name}{ENDING}", name)


def _of_file(path: Path, name: str) -> Rule:
    from tomllib import TOMLDecodeError, loads

    try:
        found = loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        if isinstance(problem, TOMLDecodeError):
            why = str(problem)
        else:
            why = getattr(problem, "strerror", None) or _("it is not UTF-8 text")
        raise BadValue(
            _("The counting rule {path} cannot be read: {why}.").format(path=quoted(str(path)), why=why),
            hint=_("Rules we ship: {choices}.").format(choices=", ".join(names())),
        ) from problem
    return _rule(found, name, path)


def _rule(found: Mapping[str, Any], name: str, path: Path) -> Rule:
    """Return the rule of a file's keys. Raises BadValue for one unknown, missing, or holding what it cannot."""
    unknown = sorted(found.keys() - set(_KEYS))
    if unknown:
        raise _bad(path, _("unknown key {key}").format(key=quoted(unknown[0])))
    missing = [key for key in _KEYS if key not in found]
    if missing:
        raise _bad(path, _("the key {key} is missing").format(key=missing[0]))
    deprived = _words(found, "deprived", DEPRIVED, path)
    released = _words(found, "released", OUT, path)
    both = [word for word in released if word in deprived]
    if "detained" not in deprived:
        raise _bad(path, _("{key} must hold {word}").format(key="deprived", word="detained"))
    if both:
        raise _bad(path, _("{word} is both deprived of liberty and released").format(word=both[0]))
    hours = found["minimum_hours"]
    if not isinstance(hours, int) or isinstance(hours, bool) or not 0 <= hours <= _LONGEST:
        raise _bad(path, _("{key} must be a whole number of hours").format(key="minimum_hours"))
    accepted = _words(found, "release_statuses", STATUSES, path)
    return Rule(name, accepted, deprived, released, hours, _texts(found["text"], path))


def _words(found: Mapping[str, Any], key: str, choices: Sequence[str], path: Path) -> tuple[str, ...]:
    given = found[key]
    if not isinstance(given, list) or not given or any(word not in choices for word in given):
        raise _bad(path, _("{key} must be a list of: {choices}").format(key=key, choices=", ".join(choices)))
    return tuple(word for word in choices if word in given)


def _texts(given: object, path: Path) -> tuple[tuple[str, str], ...]:
    """Return the texts by language; a plain text serves for all."""
    texts = given if isinstance(given, dict) else {"en": given}
    said = tuple((str(key), " ".join(text.split())) for key, text in texts.items() if isinstance(text, str))
    if not texts or len(said) < len(texts) or not all(text for _key, text in said):
        raise _bad(path, _("text must say in words how is counted, as a text or one for each language"))
    return said


def _bad(path: Path, what: str) -> BadValue:
    return BadValue(
        _("The counting rule {path} cannot be used: {what}.").format(path=quoted(str(path)), what=what),
        hint=_("Its keys: {keys}. Start from a copy of a shipped rule.").format(keys=", ".join(_KEYS)),
    )
