"""How `summary` and `bulletin` divide people: each grouping's value in SQL, its order, and its words for a reader.

Every grouping has a row `unknown`. The value is asked of a person `d`, of `p` (how they are counted: detainee,
standing, detention, facility and, for people who left, release and at) and of what the grouping joins.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tracker.domain.text import quoted
from tracker.domain.vocabulary import keys, label
from tracker.errors import BadValue
from tracker.i18n import N_, _
from tracker.reports.ages import age_group_sql
from tracker.table import Labelled

UNKNOWN: Final = "unknown"


@dataclass(frozen=True, slots=True)
class Group:
    """One grouping: its `name` (English, marked), the value's SQL, its joins.

    `words`: the vocabulary of its values. `several`: a person can stand in several rows. `moves`: it divides people who
    left deprivation of liberty in a window, not people as they stand.
    """

    name: str
    value: str
    joins: str = ""
    words: str | None = None
    several: bool = False
    moves: bool = False


_DETENTION: Final = "LEFT JOIN detentions t ON t.id = p.detention"
_FACILITY: Final = "LEFT JOIN facilities f ON f.id = p.facility"
_RELEASE: Final = "LEFT JOIN releases r ON r.id = p.release"
_COUNTRIES: Final = "(SELECT count(*) FROM nationalities n WHERE n.detainee = p.detainee)"

SENTENCED: Final = """CASE WHEN t.stage IS NULL OR t.stage = 'unknown' THEN 'unknown'
  WHEN t.stage IN ('sentenced', 'appeal') THEN 'yes' ELSE 'no' END"""

NATIONALITY_TYPE: Final = f"""CASE {_COUNTRIES} WHEN 0 THEN 'unknown'
  WHEN 1 THEN CASE WHEN EXISTS (SELECT 1 FROM nationalities n WHERE n.detainee = p.detainee AND n.country = :home)
    THEN 'home' ELSE 'foreign' END
  ELSE 'dual' END"""


def _month(length: int) -> str:
    """Return SQL for the month (7) or year (4) in which a release lies, if it lies in one."""
    start, end = f"substr(r.released_from, 1, {length})", f"substr(r.released_to, 1, {length})"
    return f"CASE WHEN {start} = {end} THEN {start} END"


GROUPS: Final = {
    "nationality": Group(
        N_("nationality"),
        "n.country",
        "LEFT JOIN nationalities n ON n.detainee = p.detainee",
        several=True,
    ),
    "nationality_type": Group(N_("type of nationality"), NATIONALITY_TYPE, words="nationality_type"),
    "facility": Group(N_("place"), "f.name", _FACILITY),
    "state": Group(N_("state"), "f.state", _FACILITY),
    "sex": Group(N_("sex"), "d.sex", words="sex"),
    "service": Group(N_("service"), "d.service", words="service"),
    "age_group": Group(N_("age group at arrest"), age_group_sql("d", "t"), _DETENTION, words="age_group"),
    "sentenced": Group(N_("sentenced or not"), SENTENCED, _DETENTION, words="sentenced"),
    "tag": Group(N_("tag"), "g.tag", "LEFT JOIN tags g ON g.detainee = p.detainee", several=True),
    "kind": Group(N_("terms of release"), "r.kind", _RELEASE, words="release_kind", several=True, moves=True),
    "status": Group(N_("status of the release"), "r.status", _RELEASE, words="release_status", moves=True),
    "month": Group(N_("month of leaving"), _month(len("2026-01")), _RELEASE, several=True, moves=True),
    "year": Group(N_("year of leaving"), _month(len("2026")), _RELEASE, several=True, moves=True),
    "standing": Group(N_("standing"), "p.standing", words="standing"),
}


def read_group(word: str) -> str:
    """Return the grouping that `word` names. Raises BadValue with the choices."""
    key = word.strip().lower().replace("-", "_")
    if key in GROUPS:
        return key
    raise BadValue(
        _("People cannot be grouped by {word}.").format(word=quoted(word)),
        hint=_("Use one of: {choices}.").format(choices=", ".join(GROUPS)),
    )


def labeller(key: str) -> Callable[[str], str]:
    """Return what gives a value of this grouping its words for a reader."""
    words = GROUPS[key].words
    if key == "nationality":
        from tracker.domain.countries import country_name

        return lambda value: label("sex", UNKNOWN) if value == UNKNOWN else f"{country_name(value)} ({value})"
    if words is not None:
        return lambda value: label(words, value)
    return lambda value: label("sex", UNKNOWN) if value == UNKNOWN else value


def labelled(key: str, value: str) -> Labelled:
    """Return a value as a cell: the key to a machine, its words to a reader."""
    return Labelled(value, labeller(key)(value))


def order(key: str) -> Callable[[str], tuple[int, str]]:
    """Return what sorts the values of a closed list in its order; `unknown` comes last."""
    places = {value: place for place, value in enumerate(keys(words))} if (words := GROUPS[key].words) else {}

    def place(value: str) -> tuple[int, str]:
        return (len(places) + 1, "") if value == UNKNOWN else (places.get(value, 0), value)

    return place


def order_sql(key: str) -> str:
    """Return SQL that sorts people `p` by their `value` as `order` does."""
    places = {value: place for place, value in enumerate(keys(words))} if (words := GROUPS[key].words) else {}
    cases = "".join(f" WHEN '{value}' THEN {place}" for value, place in places.items() if value != UNKNOWN)
    return f"CASE p.value{cases} WHEN '{UNKNOWN}' THEN {len(places) + 1} ELSE 0 END, p.value"
