"""How many do we not know of? From two lists of people, made apart from each other, how many stand on neither.

A list is a source on record: the people it is cited in support of, and those of the files that `import` took in from
it. The method is in `domain.estimating`. It holds only for lists that do not depend on each other, so what plainly
depends is refused: one source twice, lists of one publisher or one voice, a list that holds the other. Whatever else
it rests on stands below the table, in words.
"""

from typing import Final, NamedTuple

from tracker.domain.estimating import ALIKE, ENOUGH, Estimate, chapman
from tracker.domain.masks import UNPUBLISHED_SOURCE
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import N_, _, ngettext
from tracker.matching.voices import find_source
from tracker.reports import foot
from tracker.reports.asked import Asked, said
from tracker.reports.columns import chosen
from tracker.reports.listings import listed
from tracker.reports.people import Page, fetch
from tracker.reports.spoken import supporting
from tracker.reports.standings import keys, opening
from tracker.store import Connection
from tracker.table import Column, Table

COLUMNS: Final = (
    Column("list_a", N_("list A")),
    Column("people_a", N_("on A"), "count"),
    Column("list_b", N_("list B")),
    Column("people_b", N_("on B"), "count"),
    Column("both", N_("on both"), "count"),
    Column("estimate", N_("in all, estimated"), "count"),
    Column("low", N_("from"), "count"),
    Column("high", N_("to"), "count"),
    Column("unseen", N_("on neither, estimated"), "count"),
)

LISTED: Final = ("ref", "name", "standing", "since", "facility", "nationalities", "sources")

PARTS: Final = {
    "both": (N_("On both lists: {n}"), "on_a AND on_b"),
    "only_a": (N_("On list A only: {n}"), "on_a AND NOT on_b"),
    "only_b": (N_("On list B only: {n}"), "on_b AND NOT on_a"),
    "neither": (N_("On record and on neither list: {n}"), "NOT on_a AND NOT on_b"),
}
"""What can be opened into names: its title (English, marked), and the condition."""


class Lists(NamedTuple):
    """Two lists: their sources' slugs as they may be shown, their ids, how many are on each, on both, on neither."""

    names: tuple[str, str]
    ids: tuple[str, str]
    one: int
    other: int
    both: int
    neither: int

    @property
    def params(self) -> dict[str, str]:
        """The parameters that name the two lists."""
        return dict(zip(("list_a", "list_b"), self.ids, strict=True))


def _clauses(asked: Asked) -> list[str]:
    """Return the clauses up to `placed`: everybody asked about, and whether they are on either list."""
    where = f"standing IN ({keys(asked.standings)})" if asked.standings else "1"
    return [
        f"counted AS MATERIALIZED (SELECT * FROM hits WHERE {where})",
        f"said AS MATERIALIZED ({supporting('counted', 'h.detainee, c.source, c.claimant')})",
        """on_list AS MATERIALIZED (SELECT detainee, source FROM said
          UNION SELECT r.detainee, l.source FROM lists l JOIN list_rows r ON r.list = l.id AND r.state = 'taken'
            JOIN sources o ON o.id = l.source WHERE r.detainee IN (SELECT detainee FROM counted))""",
        """placed AS MATERIALIZED (SELECT p.*,
          p.detainee IN (SELECT detainee FROM on_list WHERE source = :list_a) AS on_a,
          p.detainee IN (SELECT detainee FROM on_list WHERE source = :list_b) AS on_b FROM counted p)""",
    ]


def estimate_table(db: Connection, asked: Asked, words: list[str]) -> Table:
    """Return the estimate, one row. Raises BadValue for lists that none can be made from, NotFound for no source."""
    lists = _lists(db, asked, words)
    _refuse_dependent(db, asked, lists)
    found = chapman(lists.one, lists.other, lists.both)
    total, low, high = round(found.total), int(found.low), -int(-found.high // 1)
    row = (lists.names[0], lists.one, lists.names[1], lists.other, lists.both, total, low, high, total - found.seen)
    table = listed(COLUMNS, [row], asked)
    return Table(
        table.columns,
        table.rows,
        title=_title(asked, found, low, high),
        total=1,
        foot=foot.notes(db, asked, _on_record(lists, found), *_assumptions()),
    )


def part_table(db: Connection, asked: Asked, words: list[str], part: str, *, explain: bool = False) -> Table:
    """Return the people on both lists, on one only, or on neither. Raises BadValue for a part there is not.

    `explain` follows each with the records behind and who says so.
    """
    key = part.strip().lower().replace("-", "_")
    if key not in PARTS:
        raise BadValue(
            _("There is no part {word} here.").format(word=quoted(part)),
            hint=_("Use one of: {choices}.").format(choices=", ".join(PARTS)),
        )
    lists = _lists(db, asked, words)
    title, where = PARTS[key]
    page = Page(
        chosen(asked.columns, LISTED),
        source="SELECT * FROM placed",
        where=where,
        more=_clauses(asked),
        params=lists.params,
        tally=f"SELECT count(*), NULL, NULL, NULL FROM placed WHERE {where}",
    )
    which = _("List A: {a}. List B: {b}.").format(a=lists.names[0], b=lists.names[1])
    if explain:
        from tracker.reports.explain import PEOPLE, SPECS, explained

        page = page._replace(columns=PEOPLE, specs=SPECS)
        return explained(db, asked, page, lambda found: _(title).format(n=found.tallied[0][0]), lambda _found: [which])
    found = fetch(db, asked, page)
    n = found.tallied[0][0]
    return Table(
        found.columns,
        found.rows,
        title=_(title).format(n=n),
        total=n,
        foot=foot.notes(db, asked, which),
        empty=_("Nobody on record is meant by this."),
        tone=found.tone,
    )


def _lists(db: Connection, asked: Asked, words: list[str]) -> Lists:
    """Read the two sources and count who is on them."""
    _refuse_number(len(words))
    sources = [find_source(db, word) for word in words]
    ids = (sources[0]["id"], sources[1]["id"])
    if ids[0] == ids[1]:
        raise BadValue(
            _("Both words mean one source: {source}.").format(source=quoted(words[0])),
            hint=_("Two lists are needed, made by people who did not know each other's."),
        )
    start = opening(db, asked, columns=())
    params = {**start.params, "list_a": ids[0], "list_b": ids[1]}
    with_ = ", ".join([start.sql, *_clauses(asked)])
    names = dict(
        db.execute(f"{start.sql} SELECT id, slug FROM sources WHERE id IN (:list_a, :list_b)", params).fetchall()
    )
    counts = db.execute(
        f"{with_} SELECT {', '.join(f'coalesce(sum({where}), 0)' for _name, where in PARTS.values())} FROM placed",
        params,
    ).fetchone()
    both, only_a, only_b, neither = counts
    shown = (names.get(ids[0], UNPUBLISHED_SOURCE), names.get(ids[1], UNPUBLISHED_SOURCE))
    return Lists(shown, ids, both + only_a, both + only_b, both, neither)


def _refuse_number(n: int) -> None:
    if n < 2:  # noqa: PLR2004
        raise BadValue(
            _("One list tells nothing of how many are missing from it."), hint=_("Name two sources: A and B.")
        )
    if n > 2:  # noqa: PLR2004
        raise BadValue(
            _("This is for two lists; {n} were named.").format(n=n),
            hint=_(
                "More than two lists can also tell how they depend on each other: that is multiple systems estimation,"
                " as in the R packages LCMCR, dga, SparseMSE and Rcapture. 'tracker export list' tells who is on which."
            ),
        )


def _refuse_dependent(db: Connection, asked: Asked, lists: Lists) -> None:
    """Raise BadValue for lists that are too small, or that plainly depend on each other."""
    for name, n in zip(lists.names, (lists.one, lists.other), strict=True):
        if not n:
            raise BadValue(
                _("{source} speaks of nobody who is asked about.").format(source=quoted(name)),
                hint=_("A list is a source cited in support of people; 'tracker source show' tells of whom."),
            )
    start = opening(db, asked, columns=())
    publisher = _one_publisher(db, start.sql, {**start.params, **lists.params})
    if publisher:
        raise BadValue(
            _("Both lists were published by {publisher}: they are not independent.").format(
                publisher=quoted(publisher)
            ),
            hint=_("Take a list that somebody else made."),
        )
    shorter = min(lists.one, lists.other)
    if lists.both >= ALIKE * shorter:
        raise BadValue(
            _("{both} of the {shorter} people on the shorter list are on the other, too: one may be copied.").format(
                both=lists.both, shorter=shorter
            ),
            hint=_("From a list that holds the other, nothing can be told of those on neither."),
        )
    voice = _one_voice(db, asked, lists)
    if voice:
        raise BadValue(
            _("Most people on both lists were named by {voice}: two lists of one voice are not independent.").format(
                voice=quoted(voice)
            ),
            hint=_("Take a list that somebody else made."),
        )
    if lists.both < ENOUGH:
        said_both = ngettext(
            "{n} person is on both lists: too few to estimate from.",
            "{n} people are on both lists: too few to estimate from.",
            lists.both,
        )
        raise BadValue(
            said_both.format(n=lists.both),
            hint=_("With fewer than {enough} the estimate can be far off (Robson and Regier 1964).").format(
                enough=ENOUGH
            ),
        )


def _one_publisher(db: Connection, with_: str, params: dict[str, str]) -> str | None:
    """Return the publisher that both sources have, None where it is not the same or not known."""
    found = db.execute(
        f"{with_} SELECT min(publisher) FROM sources WHERE id IN (:list_a, :list_b) AND publisher IS NOT NULL"
        " GROUP BY lower(publisher) HAVING count(*) > 1",
        params,
    ).fetchone()
    return None if found is None else str(found[0])


def _one_voice(db: Connection, asked: Asked, lists: Lists) -> str | None:
    """Return the claimant by whom more than half of the people are named on either list; its own page is its voice."""
    start = opening(db, asked, columns=())
    found = db.execute(
        f"""{", ".join([start.sql, *_clauses(asked)])},
        voiced AS (SELECT s.source, s.detainee, coalesce(s.claimant,
            (SELECT k.id FROM claimants k WHERE lower(k.name) = lower(o.publisher) LIMIT 1),
            (SELECT m.claimant FROM claimant_names m WHERE lower(m.name) = lower(o.publisher) LIMIT 1)) AS claimant
          FROM said s JOIN sources o ON o.id = s.source WHERE s.source IN (:list_a, :list_b)),
        most AS (SELECT source, claimant FROM voiced WHERE claimant IS NOT NULL GROUP BY source, claimant
          HAVING 2 * count(DISTINCT detainee) > CASE source WHEN :list_a THEN :one ELSE :other END)
        SELECT k.name FROM most JOIN claimants k ON k.id = claimant GROUP BY claimant HAVING count(*) > 1""",
        {**start.params, **lists.params, "one": lists.one, "other": lists.other},
    ).fetchone()
    return None if found is None else str(found[0])


def _title(asked: Asked, found: Estimate, low: int, high: int) -> str:
    return _(
        "In all about {total} people ({low} to {high}, 95 %), of whom {seen} stand on the two lists; as of {moment}"
    ).format(total=round(found.total), low=low, high=high, seen=found.seen, moment=said(asked.moment))


def _on_record(lists: Lists, found: Estimate) -> str:
    return _("On neither list: about {unseen}, of whom {known} are on record from other sources.").format(
        unseen=round(found.total) - found.seen, known=lists.neither
    )


def _assumptions() -> list[str]:
    return [
        _("This is an estimate, not a count, and holds only if all of this does:"),
        _("- Both lists are of the same people at the same time: nobody joined or left them between the two."),
        _(
            "- They were made apart: being on one makes nobody likelier to be on the other. Where they share"
            " informants, there are more people than this says."
        ),
        _(
            "- Everybody had the same chance to be listed. Where some are hard to hear of (soldiers, far places,"
            " families who keep silent), there are more than this says."
        ),
        _(
            "- Nobody is on record twice and no two are taken for one (tracker duplicates). A match that was missed"
            " makes it too high."
        ),
        _("Estimator: Chapman (1951); variance: Seber (1970); interval: Chao (1987)."),
    ]
