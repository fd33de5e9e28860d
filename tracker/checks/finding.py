"""What a check needs and yields, and the SQL pieces that several checks share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from tracker.store import Connection


class Finding(NamedTuple):
    """One thing found: the record's ref, the person's (or record's) name, and a sentence."""

    ref: str | None
    name: str | None
    message: str


@dataclass(frozen=True, slots=True)
class Here:
    """The record under check: a connection, now in its time zone, the release statuses that end a detention."""

    db: Connection
    now: str
    accepted: tuple[str, ...]

    @property
    def ended(self) -> str:
        """SQL: detention `d` has an effective release."""
        marks = ", ".join(f"'{status}'" for status in self.accepted)
        return f"EXISTS (SELECT 1 FROM releases e WHERE e.detention = d.id AND e.status IN ({marks}))"


Rule = Callable[[Here], Iterator[Finding]]

PERSON: Final = "coalesce(p.name, p.description)"
OF_DETENTION: Final = "detentions d JOIN detainees p ON p.id = d.detainee"
OF_RELEASE: Final = f"releases r JOIN {OF_DETENTION.replace('detentions d', 'detentions d ON d.id = r.detention')}"
OF_STAY: Final = f"stays y JOIN {OF_DETENTION.replace('detentions d', 'detentions d ON d.id = y.detention')}"
