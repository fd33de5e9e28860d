"""The claims a comparison is about: counts somebody stated, with the window, the people and the ways they speak of."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from tracker.domain.counting import Rule, shipped
from tracker.domain.date_bounds import Moment, bounds
from tracker.domain.vocabulary import read
from tracker.errors import BadValue, NotFound
from tracker.i18n import _
from tracker.reports.asked import Asked, said_start
from tracker.reports.filters import narrow
from tracker.reports.standings import before
from tracker.store import Connection

SCOPE: Final = ("nationality", "dual", "facility", "tag", "sex", "service")

_CLAIMS: Final = """
SELECT c.id, c.ref, c.claimant, k.name, k.house_arrest, k.rule, c.measure, c.min, c.max, c.qualifier, c.out_of,
  c.as_of, c.as_of_to, c.since, c.since_from, c.scope,
  (SELECT group_concat(slug, char(31)) FROM (SELECT DISTINCT s.slug FROM citations q JOIN sources s ON s.id = q.source
    WHERE q.claim = c.id AND q.stance = 'supports' ORDER BY 1)) AS sources,
  (SELECT min(s.published_to) FROM citations q JOIN sources s ON s.id = q.source
    WHERE q.claim = c.id AND q.stance = 'supports') AS published,
  (SELECT group_concat(q.value, char(31)) FROM citations q
    WHERE q.claim = c.id AND q.stance = 'disputes' AND q.field = 'since' AND q.value IS NOT NULL) AS disputed
FROM claims c JOIN claimants k ON k.id = c.claimant
ORDER BY c.as_of_from IS NULL, c.as_of_from, k.name, c.measure, c.id"""


@dataclass(frozen=True, slots=True)
class Stated:
    """One claim: who, what, how many, of whom, from when until when; `published`: when a source first printed it."""

    id: str
    ref: str
    claimant: str
    name: str
    practice: str
    rule: str | None
    measure: str
    min: int | None
    max: int | None
    qualifier: str | None
    out_of: int | None
    as_of: str | None
    as_of_to: Moment | None
    since: str | None
    since_from: Moment | None
    scope: str
    sources: tuple[str, ...]
    published: Moment | None
    disputed: tuple[str, ...]

    @property
    def last(self) -> Moment | None:
        """The minute at which the count stops: of its day, else when it was first printed."""
        return self.as_of_to or self.published

    @property
    def start(self) -> tuple[str, ...]:
        """What makes it another count than one with the same figure: who, of what, of whom, from when."""
        return (self.claimant, self.measure, self.scope, self.since or "")


class Wanted(NamedTuple):
    """Which claims, in the words of the user: whose, of what, where printed, and of whom (by option)."""

    claimant: Sequence[str] = ()
    measure: str | None = None
    source: Sequence[str] = ()
    scope: dict[str, Any] | None = None
    refs: Sequence[str] = ()


def read_stated(db: Connection, asked: Asked, wanted: Wanted, *, latest: bool) -> list[Stated]:
    """Return the claims wanted, in order of their day. `latest`: of those by the moment asked about, the last of each.

    Raises NotFound and BadValue for a claimant, source, measure, scope or ref there is none of.
    """
    start = before(db, asked)
    tables = f"WITH {', '.join(start.clauses)} " if start.clauses else ""
    fits = _wanted(db, wanted)
    found = [one for one in map(_stated, db.execute(tables + _CLAIMS, start.params)) if fits(one)]
    if wanted.refs:
        return [_called(found, ref) for ref in wanted.refs]
    if not latest:
        return found
    newest: dict[tuple[str, ...], Stated] = {}
    for one in sorted(found, key=lambda one: (one.last or "", one.id)):
        if one.last is not None and one.last <= asked.moment:
            newest[one.start] = one
    kept = {one.id for one in newest.values()}
    return [one for one in found if one.id in kept]


def _stated(row: Any) -> Stated:
    cells = list(row)
    for place in (16, 18):
        cells[place] = tuple(dict.fromkeys(cells[place].split("\x1f"))) if cells[place] else ()
    return Stated(*cells)


def _wanted(db: Connection, wanted: Wanted) -> Callable[[Stated], bool]:
    """Return what tells whether a claim is wanted."""
    from tracker.matching.voices import find_claimant, find_source

    claimants = {find_claimant(db, word)["id"] for word in wanted.claimant}
    slugs = {find_source(db, word)["slug"] for word in wanted.source}
    measure = None if wanted.measure is None else read("measure", wanted.measure)
    scope = read_scope(db, wanted.scope or {}) or None

    def fits(one: Stated) -> bool:
        return (
            (not claimants or one.claimant in claimants)
            and (not slugs or bool(slugs & set(one.sources)))
            and (measure is None or one.measure == measure)
            and (scope is None or json.loads(one.scope) == scope)
        )

    return fits


def _called(found: Sequence[Stated], ref: str) -> Stated:
    word = ref.strip().lower()
    for one in found:
        if one.ref.lower() == word:
            return one
    raise NotFound(
        _("There is no claim {ref} here.").format(ref=ref.strip()[:40]),
        hint=_("'tracker claim list' and 'tracker gap --csv' show their refs."),
    )


def read_scope(db: Connection, words: dict[str, Any]) -> dict[str, Any]:
    """Return whom a claim speaks of as claims keep it, from the options of a question. Raises BadValue, NotFound."""
    from tracker.domain.countries import read_country
    from tracker.domain.names import fold

    places = narrow(db, public=False, facility=words.get("facility") or ()).facilities
    tags = [narrow(db, public=False, tag=[word]).filters[0].params.values() for word in words.get("tag") or ()]
    kept: dict[str, Any] = {
        "nationality": sorted({read_country(word) for word in words.get("nationality") or ()}),
        "facility": sorted(places),
        "tag": sorted({tag for values in tags for tag in values}),
        "dual": read("yes_no", words["dual"]) if words.get("dual") else None,
    }
    for name in ("sex", "service"):
        word = words.get(name)
        kept[name] = None if not word else "unknown" if fold(word) in ("unknown", "desconocido") else read(name, word)
    return {name: value for name, value in kept.items() if value}


class Whom(NamedTuple):
    """The people a scope leaves (None: everybody), and its places, which narrow by where they were held."""

    among: frozenset[str] | None = None
    places: frozenset[str] = frozenset()


def people_of(db: Connection, asked: Asked, scope: str) -> Whom | None:
    """Return whom a scope leaves; None where it names a tag that nobody on record has, so that nothing compares."""
    kept = json.loads(scope)
    if not kept:
        return Whom()
    places = frozenset(kept.pop("facility", ()))
    if not kept:
        return Whom(None, places)
    words: dict[str, Any] = {
        name: [value] if name in ("nationality", "tag") and isinstance(value, str) else value
        for name, value in kept.items()
    }
    try:
        filters = narrow(db, public=asked.public, **words).filters
    except NotFound:
        return None
    start = before(db, asked)
    tables = f"WITH {', '.join(start.clauses)} " if start.clauses else ""
    where = " AND ".join(one.sql for one in filters)
    params = {name: value for one in filters for name, value in one.params.items()}
    rows = db.execute(f"{tables}SELECT d.id FROM detainees d WHERE {where}", {**start.params, **params})
    return Whom(frozenset(row[0] for row in rows), places)


def window(one: Stated, asked: Asked) -> tuple[Moment, Moment, list[str]]:
    """Return the first and last minute that a claim counts, and what had to be assumed, in words.

    A claim without a start is compared from the record's start; one that ends before that, from ever. One without a
    day ends when it was first printed. Raises BadValue for one that has neither.
    """
    assumed = []
    if one.last is None:
        raise BadValue(_("It has no day, and no source of it has a date."))
    if one.as_of_to is None:
        assumed.append(_("no day stated: counted until it was first printed"))
    if one.since_from is not None:
        return one.since_from, one.last, assumed
    start = bounds(asked.record.start or None)[0] or ""
    if one.measure == "held":
        return "", one.last, assumed
    if one.since is not None:
        assumed.append(_("it begins on an open day: counted from ever"))
        return "", one.last, assumed
    if one.last < start:
        assumed.append(_("no start stated, and it ends before the record's start: counted from ever"))
        return "", one.last, assumed
    assumed.append(_("no start stated: counted from the record's start, {start}").format(start=said_start(start)))
    return start, one.last, assumed


def ways(one: Stated, rule: Rule) -> list[tuple[Rule, str]]:
    """Return the rules by which to count for a claim, each with how a note says it.

    The claimant's own rule; else the one asked for with house arrest counted as the claimant does, or both ways where
    that is not known.
    """
    if one.rule:
        return [(shipped(one.rule), _("counted by the claimant's own rule, “{rule}”").format(rule=one.rule))]
    held = (rule.counting_home(held=True), _("house arrest counted as held, as the claimant counts it"))
    out = (rule.counting_home(held=False), _("house arrest counted as out, as the claimant counts it"))
    if one.practice in ("held", "out"):
        return [held if one.practice == "held" else out]
    return [
        (held[0], _("how the claimant counts house arrest is not known: here as held")),
        (out[0], _("how the claimant counts house arrest is not known: here as out")),
    ]
