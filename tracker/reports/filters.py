"""The options that narrow a question, read into conditions on people with every value bound, never pasted.

Several values of one option mean any of them; several options mean all of them. A word that is not on record is a
sentence with the nearest choices, so that a typing error never looks like an empty answer.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

from tracker.domain.masks import worded
from tracker.domain.names import fold
from tracker.domain.text import quoted, safe
from tracker.domain.vocabulary import UNKNOWN, VOCABULARIES, label, read, title
from tracker.errors import BadValue, NotFound
from tracker.i18n import _
from tracker.store import Connection

_SPOKEN_OF: Final = """d.id IN (
  SELECT detainee FROM spoken WHERE detainee IS NOT NULL
  UNION SELECT n.detainee FROM spoken c JOIN nationalities n ON n.id = c.nationality
  UNION SELECT t.detainee FROM spoken c JOIN detentions t ON t.id = c.detention
  UNION SELECT t.detainee FROM spoken c JOIN stays y ON y.id = c.stay JOIN detentions t ON t.id = y.detention
  UNION SELECT t.detainee FROM spoken c JOIN releases r ON r.id = c.release JOIN detentions t ON t.id = r.detention)"""


class Filter(NamedTuple):
    """One condition: SQL on `d` (a row of detainees) with named parameters, and how a note names it."""

    sql: str
    params: dict[str, str]
    said: str


class Narrowed(NamedTuple):
    """What the words came to: conditions on people, places by id, standings, and how a note says it all."""

    filters: tuple[Filter, ...] = ()
    facilities: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def bound(name: str, values: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return `:name0, :name1` and the parameters for a list of values."""
    params = {f"{name}{place}": value for place, value in enumerate(values)}
    return ", ".join(f":{one}" for one in params), params


def narrow(
    db: Connection,
    *,
    public: bool,
    nationality: Sequence[str] | None = None,
    dual: str | None = None,
    facility: Sequence[str] | None = None,
    tag: Sequence[str] | None = None,
    sex: str | None = None,
    service: str | None = None,
    standing: Sequence[str] | None = None,
    source: Sequence[str] | None = None,
    claimant: Sequence[str] | None = None,
) -> Narrowed:
    """Read the words. Raises BadValue for what is no country, sex or standing, NotFound for what is not on record."""
    filters = [
        *_nationalities(nationality or ()),
        *_dual(dual),
        *_tags(db, tag or ()),
        *_column("sex", sex),
        *_column("service", service),
        *_spoken_of(db, source or (), claimant or (), public=public),
    ]
    places = _places(db, facility or ())
    standings = tuple(dict.fromkeys(read("standing", word) for word in standing or ()))
    said = [one.said for one in filters]
    if places:
        said.append(_("place {names}").format(names=_listed(_shown(db, "facilities", "name", places, public=public))))
    if standings:
        said.append(_("standing {names}").format(names=_listed([label("standing", key) for key in standings])))
    return Narrowed(tuple(filters), tuple(places), standings, tuple(said))


def _listed(names: Sequence[str]) -> str:
    return safe(_(" or ").join(names))


def _nationalities(words: Sequence[str]) -> list[Filter]:
    if not words:
        return []
    from tracker.domain.countries import country_name, read_country

    codes = list(dict.fromkeys(read_country(word) for word in words))
    marks, params = bound("nationality", codes)
    sql = f"EXISTS (SELECT 1 FROM nationalities n WHERE n.detainee = d.id AND n.country IN ({marks}))"
    return [Filter(sql, params, _("nationality {names}").format(names=_listed([country_name(code) for code in codes])))]


def _dual(word: str | None) -> list[Filter]:
    if word is None:
        return []
    several = read("yes_no", word) == "yes"
    sql = f"(SELECT count(*) FROM nationalities n WHERE n.detainee = d.id) {'> 1' if several else '= 1'}"
    return [Filter(sql, {}, _("several nationalities") if several else _("one nationality"))]


def _tags(db: Connection, words: Sequence[str]) -> list[Filter]:
    if not words:
        return []
    tags = list(dict.fromkeys(tag for word in words for tag in _tag(db, word)))
    marks, params = bound("tag", tags)
    sql = f"EXISTS (SELECT 1 FROM tags t WHERE t.detainee = d.id AND t.tag IN ({marks}))"
    return [Filter(sql, params, _("tag {names}").format(names=_listed(tags)))]


def _tag(db: Connection, word: str) -> list[str]:
    """Return the tags on record that `word` spells (`Human rights defender` is `human_rights_defender`)."""
    if db.execute("SELECT 1 FROM tags WHERE tag = ? LIMIT 1", (word,)).fetchone():
        return [word]
    known = [row[0] for row in db.execute("SELECT DISTINCT tag FROM tags ORDER BY tag")]
    found = [tag for tag in known if fold(tag) == fold(word)]
    if found:
        return found
    raise NotFound(
        _("Nobody on record has the tag {tag}.").format(tag=quoted(word)),
        hint=_("Tags on record: {tags}.").format(tags=", ".join(known[:30]) or _("none")),
    )


def _column(name: str, word: str | None) -> list[Filter]:
    """Return the condition for a column with a vocabulary; `unknown` means nothing recorded."""
    if word is None:
        return []
    if fold(word) in {fold(one) for one in UNKNOWN.words()}:
        return [Filter(f"coalesce(d.{name}, 'unknown') = 'unknown'", {}, f"{title(name)} {UNKNOWN.label()}")]
    try:
        key = read(name, word)
    except BadValue as problem:
        choices = [*(term.key for term in VOCABULARIES[name]), UNKNOWN.key]
        raise BadValue(
            problem.message, hint=_("Use one of: {choices}.").format(choices=", ".join(dict.fromkeys(choices)))
        ) from problem
    return [Filter(f"d.{name} = :{name}", {name: key}, f"{title(name)} {label(name, key)}")]


def _spoken_of(db: Connection, sources: Sequence[str], claimants: Sequence[str], *, public: bool) -> list[Filter]:
    """Return the condition for people of whom these sources, and these claimants in them, speak."""
    if not sources and not claimants:
        return []
    from tracker.matching.voices import find_claimant, find_source

    conditions: list[str] = []
    params: dict[str, str] = {}
    said: list[str] = []
    if sources:
        found = [find_source(db, word)["id"] for word in sources]
        marks, ids = bound("source", found)
        conditions.append(f"source IN ({marks})")
        params |= ids
        said.append(_("source {names}").format(names=_listed(_shown(db, "sources", "slug", found, public=public))))
    if claimants:
        found = [find_claimant(db, word)["id"] for word in claimants]
        marks, ids = bound("claimant", found)
        conditions.append(f"claimant IN ({marks})")
        params |= ids
        said.append(_("claimant {names}").format(names=_listed(_shown(db, "claimants", "name", found, public=public))))
    spoken = f"(SELECT * FROM citations WHERE {' AND '.join(conditions)})"
    return [Filter(_SPOKEN_OF.replace("spoken", spoken), params, ", ".join(said))]


def _shown(db: Connection, table: str, column: str, ids: Sequence[str], *, public: bool) -> list[str]:
    """Return how records may be called in a note: in public, as the public's own tables call them."""
    start = ""
    if public:
        from tracker.reports.public import public_tables

        start = f"WITH {', '.join(public_tables(db))} "
    marks, params = bound("id", ids)
    names = db.execute(f"{start}SELECT {column} FROM {table} WHERE id IN ({marks})", {**params, "published_until": ""})
    return sorted({worded(name) for (name,) in names})


def _places(db: Connection, words: Sequence[str]) -> list[str]:
    """Return the ids of the places meant."""
    if not words:
        return []
    from tracker.matching.places import find_facility

    return list(dict.fromkeys(find_facility(db, word)["id"] for word in words))
