"""New people out of a list, many at once: read, checked by the shell's own rules, inserted set-wise."""

from dataclasses import dataclass, field

from tracker.importing.gathered import Gatherer
from tracker.importing.plan import Ids, Plan
from tracker.importing.problems import Problems
from tracker.importing.spoken import Person
from tracker.store import Change
from tracker.store.ids import new


class FreshIds(Ids):
    """Ids of this moment: what a list says becomes new records, whatever it is called there."""

    def __call__(self, *_what: object) -> str:
        """Return a new id."""
        return new()


FRESH = FreshIds("", "")


@dataclass(slots=True)
class Newcomers:
    """People to be added: gathered one by one, inserted together."""

    entered: str
    plan: Plan = field(default_factory=Plan)

    def add(self, told: Person, problems: Problems) -> str:
        """Take up one person and return the id they will have; nobody, where something goes to `problems`."""
        Gatherer(self.plan, FRESH, problems, self.entered).add(told)
        return told.record.id

    def __contains__(self, person: object) -> bool:
        """Tell whether a person (an id) waits to be inserted."""
        return person in self.plan.rows["detainees"]

    def insert(self, change: Change) -> None:
        """Insert everybody gathered so far."""
        rows, self.plan = self.plan, Plan()
        rows.apply(change)
