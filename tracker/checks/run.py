"""The list of checks, and running them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final, NamedTuple

from tracker.checks import claims, custody, releases, sources, values
from tracker.checks.finding import Here, Rule
from tracker.domain.counting import rule_of
from tracker.domain.dates import now_moment
from tracker.domain.text import brief
from tracker.domain.vocabulary import label
from tracker.errors import BadValue
from tracker.i18n import N_, _, ngettext
from tracker.store import Store
from tracker.table import Cell, Column, Row, Table

SEVERITIES: Final = ("note", "warning", "error")


class Check(NamedTuple):
    """A named check: how bad a finding is, what it looks for (English, marked), and the rule."""

    severity: str
    explained: str
    rule: Rule


CHECKS: Final[dict[str, Check]] = {
    "release-before-arrest": Check("error", N_("A release lies before the arrest."), custody.release_before_arrest),
    "terms-before-release": Check(
        "error", N_("New terms lie before the release whose terms they change."), custody.terms_before_release
    ),
    "stay-before-arrest": Check(
        "error", N_("A stay begins before the detention it belongs to."), custody.stay_before_arrest
    ),
    "overlapping-detentions": Check(
        "error", N_("Two detentions of one person overlap."), custody.overlapping_detentions
    ),
    "terms-while-detained-again": Check(
        "error",
        N_("New terms of a release fall within another detention of the same person."),
        custody.terms_while_detained_again,
    ),
    "two-open-detentions": Check(
        "error", N_("A person has two detentions that nothing ended."), custody.two_open_detentions
    ),
    "after-death": Check(
        "error", N_("Somebody is arrested or released after their death."), custody.detention_after_death
    ),
    "open-detention-of-dead": Check(
        "warning",
        N_("A dead person's detention is open, and no source says that they died in custody."),
        custody.open_detention_of_dead,
    ),
    "impossible-date": Check("error", N_("A date does not exist or cannot be read."), values.impossible_date),
    "future-date": Check("error", N_("Something is dated later than now."), values.future_date),
    "unknown-country": Check("error", N_("A nationality is not a country."), values.unknown_country),
    "shared-place-name": Check("error", N_("Two places answer to one name."), values.shared_place_name),
    "unsupported-status": Check(
        "warning", N_("A release has a higher status than its citations give it."), sources.unsupported_status
    ),
    "uncited": Check(
        "warning",
        N_("A person, nationality, detention, stay, release or claim has no source."),
        sources.uncited_record,
    ),
    "release-twice": Check("warning", N_("One release may have been entered twice."), releases.release_twice),
    "publish-from": Check(
        "warning",
        N_("The day from which to publish a release has no effect, or other marks undo it."),
        releases.publish_from_without_effect,
    ),
    "same-name": Check("warning", N_("Two people have the same name."), values.same_name_twice),
    "judged-same": Check(
        "warning", N_("Two people were judged to be the same and are not merged."), values.judged_same
    ),
    "mixed-script": Check("warning", N_("A name mixes letters of several scripts."), values.mixed_script_name),
    "excluded-without-reason": Check(
        "warning", N_("Somebody is left out of the counts and nothing says why."), values.excluded_without_reason
    ),
    "sentence-run-out": Check(
        "warning", N_("A sentence has run out without a word of release."), custody.sentence_run_out
    ),
    "young-and-named": Check(
        "warning", N_("Somebody perhaps under 18 at arrest is marked as nameable."), values.young_and_named
    ),
    "unknown-facility": Check("note", N_("Somebody is held and no place is recorded."), custody.unknown_facility),
    "verified-by-quotes": Check(
        "note", N_("A release is verified only by people quoted by others."), sources.verified_by_quotes
    ),
    "source-before-fact": Check(
        "note", N_("A source is older than the release it is cited for."), sources.source_before_fact
    ),
    "unused-source": Check("note", N_("A source is on record that nothing cites."), sources.unused_source),
    "contradictory-claims": Check(
        "note", N_("One claimant's figures for one thing and day contradict each other."), claims.contradictory_claims
    ),
    "claim-goes-down": Check("note", N_("A claimant's count of what can only grow went down."), claims.claim_goes_down),
    "subtraction-suspected": Check(
        "note",
        N_("A count of who is held is an earlier one minus the releases."),
        claims.subtraction_suspected,
    ),
    "subcount-above-total": Check(
        "note", N_("A claimant's figure for some is above its figure for all."), claims.subcount_above_total
    ),
    "duals-counted-twice": Check(
        "note",
        N_("A claimant's figures by nationality add up to more than its total."),
        claims.duals_counted_twice,
    ),
}

COLUMNS: Final = (
    Column("check", N_("check")),
    Column("severity", N_("severity"), words="severity"),
    Column("ref", N_("ref"), "ref"),
    Column("name", N_("name"), "name"),
    Column("message", N_("what was found")),
)


@dataclass(slots=True)
class Found:
    """The findings as a table that streams, and how many there are of each severity: complete once it is read."""

    here: Here
    names: Sequence[str]
    most: int | None = None
    begins: Callable[[str], None] | None = None
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(SEVERITIES, 0))
    foot: list[str] = field(default_factory=list)

    @property
    def table(self) -> Table:
        """Return the table; its rows can be read once, and its foot is written when they are."""
        return Table(COLUMNS, self._rows(), foot=self.foot, empty=_("Nothing found."), tone=_tone)

    def at_least(self, severity: str) -> int:
        """Return how many findings are of this severity or worse."""
        return sum(n for name, n in self.counts.items() if SEVERITIES.index(name) >= SEVERITIES.index(severity))

    def _rows(self) -> Iterator[tuple[Cell, ...]]:
        for name in self.names:
            if self.begins is not None:
                self.begins(name)
            check = CHECKS[name]
            found = 0
            for found, one in enumerate(check.rule(self.here), 1):
                if self.most is None or found <= self.most:
                    yield (name, check.severity, one.ref, one.name, one.message)
            self.counts[check.severity] += found
            if self.most is not None and found > self.most:
                cut = _("{check}: {shown} of {n} shown; --limit all shows all.")
                self.foot.append(cut.format(check=name, shown=self.most, n=found))
        self.foot.append(self._summed())

    def _summed(self) -> str:
        counts = [
            f"{label('severity', name)} {self.counts[name]}" for name in reversed(SEVERITIES) if self.counts[name]
        ]
        line = ngettext("{n} check was run: {found}.", "{n} checks were run: {found}.", len(self.names))
        return line.format(n=len(self.names), found=", ".join(counts) or _("nothing found"))


def _tone(row: Row) -> str | None:
    return {"error": "error", "warning": "warning"}.get(str(row[1]))


def list_checks() -> Table:
    """Return the checks there are, the worst first."""
    columns = (COLUMNS[0], COLUMNS[1], Column("looks_for", N_("what it looks for")))
    return Table(columns, [(name, check.severity, _(check.explained)) for name, check in CHECKS.items()])


@contextmanager
def running(
    store: Store,
    names: Sequence[str] = (),
    *,
    least: str = "note",
    most: int | None = None,
    begins: Callable[[str], None] | None = None,
) -> Iterator[Found]:
    """Run the checks of these names (all if none) while the findings are read, those of severity `least` or worse.

    Findings come as they are found and are kept nowhere. The first `most` of each check are rows, the rest are counted.
    `begins` is told each check's name before it runs. Raises `BadValue` for a check that does not exist.
    """
    chosen = list(dict.fromkeys(map(_named, names))) or list(CHECKS)
    chosen = [name for name in chosen if SEVERITIES.index(CHECKS[name].severity) >= SEVERITIES.index(least)]
    accepted = rule_of(store.settings).accepted
    now = now_moment(store.zone)
    with store.reading() as db:
        yield Found(Here(db, now, accepted), chosen, most, begins)


def _named(name: str) -> str:
    wanted = name.strip().lower().replace("_", "-")
    if wanted in CHECKS:
        return wanted
    near = get_close_matches(wanted, CHECKS, n=3, cutoff=0.4)
    raise BadValue(
        _("There is no check {name!r}.").format(name=brief(name)),
        hint=_("Did you mean {near}?").format(near=", ".join(near)) if near else _("See tracker check --list-checks."),
    )
