"""The rows of an invented record: people, their detentions, where they were held, how they left, and who said so.

Proportions follow what monitors publish: 1.06 detentions a person, 0.9 known places a detention, 0.45 releases a
detention, 2.5 citations a person, one date in 25 vague, 8 people in 100 with another name. All from one seed.
"""

import bisect
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from invented_names import Names

from tracker.domain.vocabulary import CLAIMANT_DEFAULT_STATUS

Row = dict[str, Any]
Part = dict[str, list[Row]]

LAST_DAY: Final = date(2026, 2, 20)
FIRST_DAY: Final = date(2014, 2, 12)
WAVE: Final = date(2026, 1, 8)
ELECTION: Final = date(2024, 7, 28)
MILLISECONDS: Final = 1_767_830_400_000  # 2026-01-08T00:00Z: ids are given from here on, one a millisecond
ALPHABET: Final = "0123456789abcdefghjkmnpqrstvwxyz"
PAIRS: Final = tuple(high + low for high in ALPHABET for low in ALPHABET)

ABROAD: Final = (
    "CO",
    "ES",
    "PT",
    "IT",
    "US",
    "PE",
    "EC",
    "AR",
    "UA",
    "CZ",
    "BR",
    "CL",
    "FR",
    "DE",
    "HU",
    "IL",
    "MX",
    "NL",
    "CU",
    "UY",
)
STATES: Final = (
    "Miranda",
    "Distrito Capital",
    "Aragua",
    "Carabobo",
    "Zulia",
    "Lara",
    "Bolívar",
    "Táchira",
    "Anzoátegui",
    "Monagas",
)
TAGS: Final = ("political_party", "student", "journalist", "human_rights_defender", "union_leader", "teacher", "health_worker",
    "foro_member", "election_witness", "family_of_detainee", "indigenous", "older_than_60")  # fmt: skip
OCCUPATIONS: Final = (
    "estudiante",
    "comerciante",
    "docente",
    "abogado",
    "periodista",
    "médica",
    "obrero",
    "agricultor",
    "sargento",
)
CHARGES: Final = (
    "terrorismo",
    "incitación al odio",
    "traición a la patria",
    "conspiración",
    "asociación",
    "instigación pública",
)
AUTHORITIES: Final = ("SEBIN", "DGCIM", "PNB", "GNB", "CICPC", "policía estadal")
KINDS: Final = (("unstated", 30), ("precautionary", 40), ("full", 10), ("house_arrest", 6), ("conditional", 5), ("bail", 3),
    ("medical", 2), ("exile", 2), ("deported", 1), ("escaped", 1))  # fmt: skip
STATUSES: Final = (("verified", 80), ("reported", 12), ("announced", 6), ("retracted", 2))
BASES: Final = (
    ("unstated", 70),
    ("court_review", 15),
    ("amnesty", 6),
    ("sentence_served", 3),
    ("negotiation", 3),
    ("pardon", 2),
    ("exchange", 1),
)
STAGES: Final = (
    (None, 30),
    ("awaiting_trial", 35),
    ("on_trial", 10),
    ("sentenced", 12),
    ("not_charged", 6),
    ("charged", 5),
    ("appeal", 2),
)
PUBLISH: Final = (("named", 80), (None, 14), ("anonymous", 5), ("withheld", 1))
CLAIMANT_KINDS: Final = (
    ("monitor", 8),
    ("media", 14),
    ("detaining_state", 4),
    ("foreign_state", 5),
    ("family", 3),
    ("union", 2),
    ("party", 2),
    ("lawyer", 2),
)


class Weighted:
    """A choice by weights."""

    def __init__(self, rng: random.Random, pairs: tuple[tuple[Any, int], ...]) -> None:
        self._rng = rng
        self._values = [value for value, _weight in pairs]
        self._ends: list[int] = []
        for _value, weight in pairs:
            self._ends.append(weight + (self._ends[-1] if self._ends else 0))

    def __call__(self) -> Any:
        return self._values[bisect.bisect(self._ends, self._rng.random() * self._ends[-1])]


class Record:
    """The invented record of `people` people. `frame` comes first: the rows that people's rows refer to."""

    def __init__(self, people: int, seed: int) -> None:
        self.people = people
        self._rng = random.Random(seed)
        self._names = Names(self._rng)
        self._count = 0
        self._kind, self._status, self._basis, self._stage, self._publish = (
            Weighted(self._rng, pairs) for pairs in (KINDS, STATUSES, BASES, STAGES, PUBLISH)
        )
        self._made: Part = {}
        self._facilities: list[str] = []
        self._sources: list[tuple[str, str]] = []  # by day of publication
        self._claimants: list[str] = []

    def _id(self) -> str:
        self._count += 1
        number = (MILLISECONDS + self._count) << 80 | self._rng.getrandbits(80)
        return "".join([PAIRS[(number >> shift) & 1023] for shift in range(120, -1, -10)])

    def _add(self, table: str, row: Row) -> str:
        row["id"] = self._id()
        self._made.setdefault(table, []).append(row)
        identifier: str = row["id"]
        return identifier

    def _taken(self) -> Part:
        made, self._made = self._made, {}
        return made

    def frame(self) -> Part:
        """Return sources, claimants, facilities and claims."""
        rng = self._rng
        row: Row
        for n in range(60):
            kind = rng.choice(("prison", "prison", "police", "military", "intelligence"))
            row = {
                "name": f"Centro {self._names.full(None).split()[-1]} {n + 1}",
                "kind": kind,
                "state": rng.choice(STATES),
                "country": "VE",
            }
            self._facilities.append(self._add("facilities", row))
            self._add("facility_names", {"facility": self._facilities[-1], "name": f"Anexo {n + 1}"})
        days = sorted(self._day(FIRST_DAY, LAST_DAY) if n < 250 else self._day(WAVE, LAST_DAY) for n in range(500))
        for n, day in enumerate(days):
            word = f"diario{n % 37}"
            known = rng.random() < 0.95
            row = {
                "slug": f"{word}-{day if known else 'undated'}-{n}", "title": f"Lista del {day}", "publisher": word,
                "url": f"https://{word}.example/{n}", "published": str(day) if known else None, "language": "es", "reliability": "likely_reliable",
            }  # fmt: skip
            self._sources.append((str(day), self._add("sources", row)))
        for kind, count in CLAIMANT_KINDS:
            for n in range(count):
                row = {
                    "name": f"Portavoz {kind} {n + 1}",
                    "kind": kind,
                    "default_status": CLAIMANT_DEFAULT_STATUS[kind],
                    "country": "VE",
                }
                self._claimants.append(self._add("claimants", row))
        for n in range(400):
            figure = rng.randrange(10, 900)
            row = {"claimant": rng.choice(self._claimants), "measure": ("released", "held")[n % 2], "min": figure, "max": figure,
                "as_of": str(self._day(WAVE, LAST_DAY))}  # fmt: skip
            claim = self._add("claims", row)
            self._add("citations", self._citation("2026-01-20", None, claim=claim))
        return self._taken()

    def parts(self, size: int) -> Iterator[Part]:
        """Give the people and all that hangs on them, `size` people at a time."""
        for n in range(1, self.people + 1):
            self._person(n)
            if n % size == 0 or n == self.people:
                yield self._taken()

    def _person(self, n: int) -> None:
        rng = self._rng
        roll = rng.random()
        sex = "male" if roll < 0.85 else "female" if roll < 0.99 else None
        name = self._names.full(sex) if rng.random() > 0.015 else None
        row: Row = dict.fromkeys(("born", "age", "age_on", "occupation", "died", "died_cause", "excluded_reason"))
        row |= {
            "name": name,
            "description": None if name else f"adolescente, {14 + n % 4}",
            "sex": sex,
            "publish": self._publish(),
        }
        roll = rng.random()
        row["service"] = "civilian" if roll < 0.7 else "military" if roll < 0.85 else "police" if roll < 0.88 else None
        roll = rng.random()
        if roll < 0.2:
            row["born"] = str(date(1946, 1, 1) + timedelta(days=rng.randrange(22_000)))
        elif roll < 0.3:
            row["born"] = str(rng.randrange(1946, 2007))
        elif roll < 0.5:
            row["age"], row["age_on"] = rng.randrange(16, 78), "2026-01-08"
        if rng.random() < 0.25:
            row["occupation"] = rng.choice(OCCUPATIONS)
        row["excluded"] = int(rng.random() < 0.003)
        row["excluded_reason"] = "not a political case" if row["excluded"] else None
        person = self._add("detainees", row)
        self._about(person, name, n)
        last = self._detentions(person)
        if rng.random() < 0.008:
            row["died"] = str(min(LAST_DAY, last + timedelta(days=rng.randrange(1, 900))))
            row["died_cause"] = "illness"

    def _about(self, person: str, name: str | None, n: int) -> None:
        rng = self._rng
        if name and rng.random() < 0.08:
            kind = rng.choice(("printed", "printed", "alias", "nickname"))
            self._add("names", {"detainee": person, "name": self._names.printed_otherwise(name), "kind": kind})
        roll = rng.random()
        countries = (
            ("VE",)
            if roll < 0.88
            else (rng.choice(ABROAD),)
            if roll < 0.92
            else ("VE", rng.choice(ABROAD))
            if roll < 0.95
            else ()
        )
        for country in countries:
            nationality = self._add("nationalities", {"detainee": person, "country": country})
            if rng.random() < 0.08:
                self._add("citations", self._citation("2026-01-09", None, nationality=nationality))
        if rng.random() < 0.35:
            for tag in dict.fromkeys(rng.choices(TAGS, k=1 + (rng.random() < 0.2))):
                self._add("tags", {"detainee": person, "tag": tag})
        if rng.random() < 0.3:
            self._add("identifiers", {"detainee": person, "scheme": "monitor", "value": f"FP-{n:07}"})
        if rng.random() < 0.2:
            self._add(
                "citations", self._citation("2025-06-01", "occupation" if rng.random() < 0.5 else None, detainee=person)
            )

    def _detentions(self, person: str) -> date:
        """Add one detention, rarely two or three, each but the last one ended; return the day of the last event."""
        rng = self._rng
        roll = rng.random()
        many = 1 if roll < 0.95 else 2 if roll < 0.99 else 3
        roll = rng.random()
        day = (
            self._day(FIRST_DAY, ELECTION)
            if roll < 0.35 or many > 1
            else self._day(ELECTION, date(2024, 9, 15))
            if roll < 0.7
            else self._day(ELECTION, WAVE)
        )
        for turn in range(many):
            day = self._detention(person, day, ends=turn < many - 1)
            if turn < many - 1:
                day = min(LAST_DAY, day + timedelta(days=rng.randrange(40, 400)))
        return day

    def _detention(self, person: str, day: date, *, ends: bool) -> date:
        rng = self._rng
        told = self._told(day, vague=not ends)
        row: Row = dict.fromkeys(("authority", "charges", "sentence_ends"))
        row |= {"detainee": person, "began": told, "entered": f"{min(LAST_DAY, day + timedelta(days=9))}", "cause": "arrest", "stage": self._stage(),
            "publish": None}  # fmt: skip
        if rng.random() < 0.4:
            row["authority"], row["charges"] = rng.choice(AUTHORITIES), rng.choice(CHARGES)
        if row["stage"] == "sentenced" and rng.random() < 0.5:
            row["sentence_ends"] = str(day.replace(day=1, year=day.year + rng.randrange(4, 25)))
        detention = self._add("detentions", row)
        if rng.random() < 0.85:
            self._add(
                "citations", self._citation(str(day), "began" if rng.random() < 0.2 else None, detention=detention)
            )
        day = self._stays(detention, day)
        roll = rng.random()
        return self._releases(detention, day, ends=ends) if ends or roll < 0.38 else day

    def _stays(self, detention: str, day: date) -> date:
        rng = self._rng
        steps = 0 if (roll := rng.random()) < 0.22 else 1 if roll < 0.88 else 2
        for step in range(1, steps + 1):
            lost = rng.random() < 0.02
            since = None
            if step > 1 or rng.random() < 0.3:
                day = min(LAST_DAY, day + timedelta(days=rng.randrange(1, 120)))
                since = self._told(day, vague=True)
            facility = None if lost else self._facilities[min(int(rng.expovariate(0.12)), 59)]
            stay = self._add(
                "stays",
                {
                    "detention": detention,
                    "step": step,
                    "facility": facility,
                    "whereabouts_unknown": int(lost),
                    "since": since,
                },
            )
            if rng.random() < 0.2:
                self._add("citations", self._citation(str(day), None, stay=stay))
        return day

    def _releases(self, detention: str, day: date, *, ends: bool) -> date:
        rng = self._rng
        steps = 1 if rng.random() < 0.95 else 2
        for step in range(1, steps + 1):
            in_wave = not ends and (step == 2 or rng.random() < 0.5)
            day = (
                self._day(max(day, WAVE), LAST_DAY)
                if in_wave
                else min(LAST_DAY, day + timedelta(days=rng.randrange(20, 700)))
            )
            row: Row = {"detention": detention, "step": step, "released": self._told(day, vague=not ends), "entered": f"{min(LAST_DAY, day + timedelta(days=3))}",
                "kind": self._kind() if step == 1 else "full", "basis": self._basis(), "status": "verified" if ends else self._status(),
                "conditions": "presentación cada 30 días" if rng.random() < 0.2 else None, "freed_at": None, "publish": None}  # fmt: skip
            release = self._add("releases", row)
            for _more in range(1 + (rng.random() < 0.9) + 2 * (rng.random() < 0.2)):
                self._add("citations", self._citation(str(day), None, release=release))
        return day

    def _citation(self, since: str, field: str | None, **target: str) -> Row:
        """Return a citation by a source published from the day `since` on, the first ones after it most often."""
        rng = self._rng
        first = bisect.bisect(self._sources, (since, ""))
        at = min(first + int(rng.expovariate(0.1)), len(self._sources) - 1)
        disputes = field is not None and rng.random() < 0.3
        row: Row = dict.fromkeys(("detainee", "nationality", "detention", "stay", "release", "claim"))
        row |= {
            "source": self._sources[at][1],
            "claimant": None,
            "field": field,
            "value": None,
            "stance": "disputes" if disputes else "supports",
            "locator": None,
        }
        if rng.random() < 0.7:
            row["claimant"] = self._claimants[min(int(rng.expovariate(0.15)), len(self._claimants) - 1)]
        if field is not None:
            row["value"] = since if field == "began" else "comerciante"
        if rng.random() < 0.2:
            row["locator"] = f"p. {rng.randrange(1, 40)}"
        return row | target

    def _day(self, first: date, last: date) -> date:
        return first + timedelta(days=self._rng.randrange(max(1, (last - first).days + 1)))

    def _told(self, day: date, *, vague: bool) -> str | None:
        """Return `day` as a source might tell it: in one case of 25 by month, year, interval, `..day`, or not at all."""
        roll = self._rng.random()
        if not vague or roll >= 0.06:
            return str(day)
        if roll < 0.015:
            return str(day)[:7]
        if roll < 0.02:
            return str(day)[:4]
        if roll < 0.028:
            return f"{day}..{day + timedelta(days=self._rng.randrange(1, 12))}"
        if roll < 0.032:
            return f"..{day}"
        return None if roll < 0.04 else f"{day}T{self._rng.randrange(24):02}:{self._rng.randrange(60):02}"
