"""Who left deprivation of liberty in a window: counted once each, by terms, status and who verified.

The total is people who *left*. Prison to home, new terms for somebody already out, deaths, and releases that nobody in
a position to know has confirmed are lines of their own, outside the total. Every line opens into names (`line`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tracker.domain.masks import worded
from tracker.domain.text import quoted
from tracker.domain.vocabulary import keys, label
from tracker.errors import BadValue
from tracker.i18n import N_, _, ngettext
from tracker.reports import foot
from tracker.reports.asked import Asked, said, said_start
from tracker.reports.columns import RELEASE_SOURCES, SPECS, chosen
from tracker.reports.movement import DATED, OUTSIDE, as_parameter, clause, lines
from tracker.reports.movement import PEOPLE as MOVED
from tracker.reports.people import Page, fetch
from tracker.store import Connection
from tracker.table import Table

COLUMNS: Final = (
    *("ref", "name", "release_on", "release_kind", "release_status", "verified_by", "facility", "standing"),
    "sources",
)

LINES: Final = {
    "exits": N_("Left deprivation of liberty"),
    "retaken": N_("Left deprivation of liberty and were retaken"),
    "moved_home": N_("Moved from prison to house arrest"),
    "upgrades": N_("New terms for people already out"),
    "reported": N_("Reported out, not verified"),
    "announced": N_("Announced out, not verified"),
    "died": N_("Died deprived of liberty"),
    "uncertain": N_("May have left deprivation of liberty"),
}
"""What `--list` opens into names, and the title of each list."""

_TALLY: Final = """
  SELECT l.line, r.kind, r.status, count(*) FROM line l LEFT JOIN releases r ON r.id = l.release GROUP BY 1, 2, 3
  UNION ALL SELECT 'several', NULL, NULL, count(*) FROM (
    SELECT 1 FROM line WHERE line = 'left' GROUP BY detainee HAVING count(*) > 1)
  UNION ALL SELECT 'by', k.name, NULL, count(DISTINCT l.detainee) FROM line l JOIN releases r ON r.id = l.release
    JOIN citations c ON c.release = r.id AND c.stance = 'supports' JOIN claimants k ON k.id = c.claimant
    WHERE l.line = 'exits' AND r.status = 'verified' AND k.default_status = 'verified' GROUP BY k.name"""


def read_line(word: str | None) -> str:
    """Return the line to open into names. Raises BadValue for one that does not exist."""
    if word is None:
        return "exits"
    key = word.strip().lower().replace("-", "_")
    if key not in LINES:
        raise BadValue(
            _("There is no line {word} to open into names.").format(word=quoted(word)),
            hint=_("Use one of: {choices}.").format(choices=", ".join(LINES)),
        )
    return key


def released_table(db: Connection, asked: Asked, line: str | None = None) -> Table:
    """Return the people who left deprivation of liberty in the window (or those of another line), one row each."""
    name = read_line(line)
    found = fetch(db, asked, _page(db, asked, name, chosen(asked.columns, COLUMNS)))
    figures = Figures.of(found.tallied)
    table = Table(
        found.columns,
        found.rows,
        title=figures.title(asked, name),
        total=figures.count(name),
        foot=foot.notes(db, asked, figures.several(name), figures.outside(name), _standing_as_of(asked)),
        empty=_("Nobody on record in this time."),
        tone=found.tone,
    )
    if not asked.public:
        return table
    from tracker.reports import small

    return small.people(db, asked, table)


def explained_table(db: Connection, asked: Asked, line: str | None = None) -> Table:
    """Return the same people, each followed by the records behind and who says so."""
    from tracker.reports.explain import PEOPLE, SPECS, explained

    name = read_line(line)
    page = _page(db, asked, name, PEOPLE)
    page = page._replace(specs={**page.specs, **SPECS})
    return explained(
        db,
        asked,
        page,
        lambda found: Figures.of(found.tallied).title(asked, name),
        lambda found: [Figures.of(found.tallied).several(name)],
    )


def _page(db: Connection, asked: Asked, line: str, columns: Sequence[str]) -> Page:
    """Return the people of a line, in the order in which they left."""
    return Page(
        columns,
        source="SELECT * FROM line WHERE line = :line",
        more=[clause(asked)],
        params={"line": line, **as_parameter(lines(db, asked))},
        tally=_TALLY,
        specs={"sources": SPECS["sources"]._replace(sql=RELEASE_SOURCES)},
        people=MOVED,
        moment=asked.latest,
        placed=False,
        order="p.at",
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """What the movement came to: people by line, and the exits by terms, by status and by who verified."""

    lines: dict[str, int]
    kinds: dict[str, int]
    statuses: dict[str, int]
    by: dict[str, int]

    @classmethod
    def of(cls, rows: Sequence[tuple[Any, ...]]) -> "Figures":
        """Sort the rows of the tally."""
        figures = cls({}, {}, {}, {})
        for line, kind, status, n in rows:
            if line == "by":
                figures.by[kind] = n
                continue
            figures.lines[line] = figures.lines.get(line, 0) + n
            if line == "exits":
                figures.kinds[kind] = figures.kinds.get(kind, 0) + n
                figures.statuses[status] = figures.statuses.get(status, 0) + n
        return figures

    def count(self, line: str) -> int:
        """Return how many people stand on a line."""
        return self.lines.get(line, 0)

    def counted(self, line: str) -> str:
        """Return the figure of a line, with its bounds where dates leave it open."""
        if line not in DATED:
            return str(self.count(line))
        return foot.counted(self.count(line), (self.count(f"certain_{line}"), self.count(f"possible_{line}")))

    def title(self, asked: Asked, line: str) -> str:
        """Return the line's name, the window and the figure; for the exits, what they are made of."""
        n = self.count(line)
        figure = self.counted(line)
        if line == "exits" and self.count("retaken"):
            figure += _(", of whom {n} retaken").format(n=self.count("retaken"))
        head = _("{line}, {window}: {figure}").format(line=_(LINES[line]), window=window(asked), figure=figure)
        return "\n".join([head, *(self._made_of() if line == "exits" and n else [])])

    def _made_of(self) -> list[str]:
        kinds = foot.listed((label("release_kind", key), self.kinds.get(key, 0)) for key in keys("release_kind"))
        statuses = foot.listed(
            (label("release_status", key), self.statuses.get(key, 0)) for key in keys("release_status")
        )
        names = foot.listed((worded(name), n) for name, n in sorted(self.by.items(), key=lambda one: (-one[1], one[0])))
        lines = [_("by terms: {kinds}").format(kinds=kinds), _("by status: {statuses}").format(statuses=statuses)]
        if names:
            lines.append(_("verified by: {names}").format(names=names))
        return [f"  {line}" for line in lines]

    def several(self, line: str) -> str:
        """Return how many people left more than once, which the figure does not show."""
        n = self.count("several")
        if not n or line != "exits":
            return ""
        return ngettext(
            "{n} person left more than once and is counted once, under the latest exit.",
            "{n} people left more than once; each is counted once, under the latest exit.",
            n,
        ).format(n=n)

    def outside(self, line: str) -> str:
        """Return the lines outside the total, each with the word that opens it into names."""
        counts = [(key, self.counted(key)) for key in OUTSIDE]
        parts = [f"{_(LINES[key])}: {figure} (--list {key})" for key, figure in counts if figure != "0"]
        return _("Not in this total: {lines}.").format(lines="; ".join(parts)) if parts and line == "exits" else ""


def window(asked: Asked) -> str:
    """Return the window as a title prints it."""
    first, last = said_start(asked.first), said(asked.moment)
    if not first:
        return _("until {last}").format(last=last)
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


def _standing_as_of(asked: Asked) -> str:
    return _("Standing: as of {moment}.").format(moment=said(asked.latest))
