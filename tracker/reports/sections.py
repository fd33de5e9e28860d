"""The sections of a bulletin and their lines: keys for machines, headings and words for readers, and their order."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from tracker.domain.vocabulary import DEPRIVED, label
from tracker.domain.vocabulary import keys as vocabulary
from tracker.i18n import N_, _
from tracker.reports.groups import UNKNOWN
from tracker.table import Labelled

SECTIONS: Final = {
    "total": N_("Deprived of liberty"),
    "standing": N_("How they are held"),
    "sex": N_("Sex"),
    "service": N_("Service"),
    "age_group": N_("Age group at arrest"),
    "sentenced": N_("Sentenced or not"),
    "nationality": N_("Nationality"),
    "foreign": N_("Foreigners with one nationality, by country"),
    "dual": N_("Dual nationals, by countries"),
    "place": N_("Place"),
    "movement": N_("Since the last bulletin"),
    "outside": N_("In the same time, in no total"),
}
"""The sections in their order, and their headings."""

WORDS: Final = {
    "standing": "standing",
    "sex": "sex",
    "service": "service",
    "age_group": "age_group",
    "sentenced": "sentenced",
    "nationality": "nationality_type",
}
"""Section → the vocabulary of its lines."""

PARTS: Final = {"foreign": ("nationality", "foreign"), "dual": ("nationality", "dual")}
"""Section → the line of another section that it divides; the others divide the total."""

MOVES: Final = {
    "opening_then": N_("deprived of liberty at the beginning, as known then"),
    "newly_documented": N_("held then, learned since"),
    "withdrawn_releases": N_("held then, their release did not hold"),
    "late_releases": N_("out by then, learned since"),
    "delisted": N_("no longer counted: excluded, deleted or corrected"),
    "merged": N_("the same person as somebody counted"),
    "opening": N_("deprived of liberty at the beginning"),
    "arrests": N_("arrested"),
    "retaken": N_("taken again"),
    "back_home": N_("sent under house arrest, having been out"),
    "found": N_("whereabouts known again"),
    "released": N_("out: {kind}"),
    "died": N_("died in custody"),
    "lost": N_("whereabouts no longer known"),
    "closing": N_("deprived of liberty at the end"),
    "moved_home": N_("moved from prison to house arrest"),
    "upgrades": N_("new terms for people already out"),
    "reported": N_("reported out, not verified"),
    "announced": N_("announced out, not verified"),
}

ENTRIES: Final = ("arrests", "retaken", "back_home", "found")
"""The lines of the movement that add to the count; the others take from it."""


class Figure(NamedTuple):
    """One line of the bulletin."""

    section: str
    line: str
    people: int


def complete(figures: Sequence[Figure], deprived: Sequence[str]) -> list[Figure]:
    """Return the figures in the order of the bulletin, also those nobody is in; the unknown are always among them."""
    found = list(figures)
    for section, words in {**WORDS, "place": ""}.items():
        lines_here = vocabulary(words) if words else ()
        wanted = [key for key in lines_here if key in deprived or (section not in ("standing", "sex"))]
        wanted += [] if section == "standing" else [UNKNOWN]
        known = {figure.line for figure in found if figure.section == section}
        found += [Figure(section, key, 0) for key in dict.fromkeys(wanted) if key not in known]
    if not any(figure.section == "total" for figure in found):
        found.append(Figure("total", "deprived", 0))
    return sorted(found, key=place)


def place(figure: Figure) -> tuple[int, int, int, str]:
    """Return where a line stands: sections in order, closed lists in theirs, other lines by size, the unknown last."""
    section = list(SECTIONS).index(figure.section)
    order = vocabulary(WORDS[figure.section]) if figure.section in WORDS else (*DEPRIVED[::-1], UNKNOWN)
    if figure.line == UNKNOWN:
        return section, len(order) + 1, 0, ""
    if figure.line in order:
        return section, order.index(figure.line) + 1, 0, ""
    return section, 0, -figure.people, figure.line


def line_cell(section: str, line: str) -> Labelled:
    """Return a line as a cell: its key to a machine, its words to a reader."""
    return Labelled(line, _words(section, line))


def _words(section: str, line: str) -> str:
    if section == "total":
        return ""
    if line == UNKNOWN:
        return label("service", UNKNOWN)
    if section in PARTS:
        from tracker.domain.countries import country_name

        return " + ".join(f"{country_name(code)} ({code})" for code in line.split("+"))
    if section in ("flow", "movement", "outside"):
        kind = line.removeprefix("released_")
        if kind != line or line == "escaped":
            return _(MOVES["released"]).format(kind=label("release_kind", kind))
        return _(MOVES[line])
    return label(WORDS.get(section, "standing"), line)
