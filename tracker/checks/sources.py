"""Checks on who says so: records without citation, statuses that nobody supports, sources nothing cites."""

from collections.abc import Iterator

from tracker.checks.finding import OF_RELEASE, PERSON, Finding, Here
from tracker.domain.vocabulary import STATUS_RANK, label
from tracker.i18n import _
from tracker.store import support

RANKED = {rank: status for status, rank in STATUS_RANK.items()}


def uncited_record(here: Here) -> Iterator[Finding]:
    """Nothing is cited for a person or any of their records, a detention, stay, release, nationality or claim.

    A record that `show` marks as uncited is found here, and no other: both ask `store.support`.
    """
    queries = {
        "detainee": "SELECT r.ref, coalesce(r.name, r.description) AS who FROM detainees r",
        "nationality": f"SELECT p.ref, {PERSON} AS who FROM nationalities r JOIN detainees p ON p.id = r.detainee",
        "detention": f"SELECT r.ref, {PERSON} AS who FROM detentions r JOIN detainees p ON p.id = r.detainee",
        "stay": f"SELECT r.ref, {PERSON} AS who FROM stays r JOIN detentions d ON d.id = r.detention"
        " JOIN detainees p ON p.id = d.detainee",
        "release": f"SELECT r.ref, {PERSON} AS who FROM {OF_RELEASE}",
        "claim": "SELECT r.ref, a.name AS who FROM claims r JOIN claimants a ON a.id = r.claimant",
    }
    messages = {
        "detainee": _("No source is cited for this person or for any of their records."),
        "nationality": _("No source is cited for a nationality."),
        "detention": _("No source is cited for this detention."),
        "stay": _("No source is cited for this stay."),
        "release": _("No source is cited for this release."),
        "claim": _("No source is cited for this claim."),
    }
    for part, sql in queries.items():
        for row in here.db.execute(f"{sql} WHERE {support.of(support.UNCITED[part], 'r')}"):
            yield Finding(row["ref"], row["who"], messages[part])


def unsupported_status(here: Here) -> Iterator[Finding]:
    """A release has a higher status than any of its citations gives it."""
    rank = "CASE r.status " + " ".join(f"WHEN '{status}' THEN {n}" for status, n in STATUS_RANK.items()) + " END"
    supported = support.of(support.SUPPORTED_RANK, "r")
    rows = here.db.execute(
        f"SELECT * FROM (SELECT r.ref, {PERSON} AS who, r.status, {rank} AS rank, {supported} AS supported"
        f" FROM {OF_RELEASE}) WHERE rank > supported"
    )
    for row in rows:
        yield Finding(
            row["ref"],
            row["who"],
            _("Recorded as {status}; its citations support no more than {supported}.").format(
                status=label("release_status", row["status"]),
                supported=label("release_status", RANKED[row["supported"]]),
            ),
        )


def verified_by_quotes(here: Here) -> Iterator[Finding]:
    """A release is verified only by people quoted in somebody else's publication."""
    rows = here.db.execute(f"SELECT r.ref, {PERSON} AS who FROM {OF_RELEASE} WHERE {support.of(support.QUOTED, 'r')}")
    for row in rows:
        yield Finding(row["ref"], row["who"], _("Verified only as quoted by others: nobody was asked at first hand."))


def source_before_fact(here: Here) -> Iterator[Finding]:
    """A source was published before the release it is cited for: perhaps the wrong source, perhaps foretold."""
    rows = here.db.execute(
        f"SELECT DISTINCT r.ref, {PERSON} AS who, r.released, o.slug, o.published FROM {OF_RELEASE}"
        " JOIN citations c ON c.release = r.id AND c.stance = 'supports' AND c.value IS NULL"
        " JOIN sources o ON o.id = c.source WHERE o.published_to < r.released_from AND r.status <> 'retracted'"
    )
    for row in rows:
        yield Finding(
            row["ref"],
            row["who"],
            _("{source} ({published}) is older than the release it is cited for ({released}).").format(
                source=row["slug"], published=row["published"], released=row["released"]
            ),
        )


def unused_source(here: Here) -> Iterator[Finding]:
    """A source is on record that nothing cites."""
    rows = here.db.execute(
        "SELECT s.ref, s.slug FROM sources s"
        " WHERE NOT EXISTS (SELECT 1 FROM citations c WHERE c.source = s.id) ORDER BY slug"
    )
    for row in rows:
        yield Finding(row["ref"], row["slug"], _("Nothing on record cites this source."))
