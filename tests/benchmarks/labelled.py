"""Names with the answer: pairs that are one person or two, and mentions in articles with what each says."""

import csv
import itertools
import json
import random
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tracker.domain.countries import read_country
from tracker.domain.dates import read_date
from tracker.domain.names import fold
from tracker.errors import BadValue
from tracker.matching.described import Described
from tracker.matching.matcher import Matcher
from tracker.matching.places import facility_key
from tracker.store import Change, Store

OUT = {"released", "house arrest", "full liberty"}


class Labelled(NamedTuple):
    """Two printed names, whether they are one person, and how they differ."""

    one: str
    other: str
    same: bool
    kind: str


@dataclass
class Mention:
    """A person as one article names them."""

    printed: str
    article: str
    published: str
    person: str
    described: Described
    facility: str | None = None


@dataclass
class Answer:
    """What the record said to a mention: `shown` are the people proposed, as labelled."""

    printed: str
    person: str
    known: bool
    outcome: str
    shown: list[str]
    reasons: list[Any] = field(default_factory=list)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def kind(one: str, other: str) -> str:
    """Say how two printed names differ."""
    a, b = fold(one).split(), fold(other).split()
    short, long = sorted((set(a), set(b)), key=len)
    if not (one.isascii() and other.isascii()) and any(ord(char) > 0x24F for char in one + other if char.isalpha()):
        return "another script"
    if a == b:
        return "accents, case, signs"
    if min(len(a), len(b)) == 1:
        return "one word"
    if sorted(a) == sorted(b):
        return "order"
    if short <= long:
        return "short and long form"
    return "spelling" if len(a) == len(b) else "spelling, short and long"


def _labelled(one: str, other: str, *, same: bool) -> Labelled:
    return Labelled(one, other, same, kind(one, other))


def venezuela(data: Path) -> list[Labelled]:
    """Every unordered pair of the names that the articles print."""
    people: dict[str, set[str]] = defaultdict(set)
    for row in _rows(data / "venezuela-2026" / "people_matches.csv"):
        if row["relation"] == "same" and not row["printed_name"].startswith("("):
            people[row["printed_name"]].add(row["cluster_id"])
    pairs = itertools.combinations(sorted(people), 2)
    return [_labelled(a, b, same=bool(people[a] & people[b])) for a, b in pairs]


def nomenklatura(data: Path) -> list[Labelled]:
    """The pairs of people that people labelled."""
    rows = _rows(data / "names_nomenklatura" / "cases.csv")
    human = [row for row in rows if row["schema"] == "Person" and row["case_group"] in {"nk_checks", "nk_unit_tests"}]
    return [_labelled(row["name1"], row["name2"], same=row["is_match"] == "true") for row in human]


def europe(data: Path, most: int = 4000) -> list[Labelled]:
    """Names of one person in lists of sanctions, and names of two that have a word in common."""
    people: list[list[str]] = []
    for path in sorted((data / "names_eu_sanctions").glob("*.csv")):
        for row in _rows(path):
            if row["schema"] == "Person":
                names = [row["name"], *row["alias"].split(";")]
                people.append([name.strip() for name in names if len(fold(name).split()) > 1 and "(" not in name])
    same = {pair for names in people for pair in itertools.combinations(dict.fromkeys(names), 2)}
    holders: dict[str, set[tuple[int, str]]] = defaultdict(set)
    for number, names in enumerate(people):
        for name in names:
            for word in fold(name).split():
                holders[word].add((number, name))
    different = {
        (a[1], b[1])
        for found in holders.values()
        for a, b in itertools.combinations(sorted(found), 2)
        if a[0] != b[0] and len(found) < 40
    }
    chosen = random.Random(3).sample(sorted(different), min(most, len(different)))
    return [_labelled(a, b, same=True) for a, b in sorted(same)] + [_labelled(a, b, same=False) for a, b in chosen]


def chile(data: Path) -> list[Labelled]:
    """Pairs of people of one list that have two words of their names in common."""
    names = [
        f"{row['first_name']} {row['last_name']}"
        for row in _rows(data / "chile_pinochet" / "pinochet.csv")
        if row["first_name"] != "NA"
    ]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, name in enumerate(names):
        for two in itertools.combinations(sorted(set(fold(name).split())), 2):
            holders[two].append(number)
    pairs = {pair for found in holders.values() for pair in itertools.combinations(found, 2)}
    return [_labelled(names[a], names[b], same=False) for a, b in sorted(pairs)]


@cache
def _prisons(data: Path) -> dict[str, str]:
    rows = _rows(data / "ref_venezuela" / "facility_names_as_printed.csv")
    return {facility_key(row["name_as_printed"]): row["facility_key"] for row in rows}


def mentions(data: Path) -> list[Mention]:
    """Every labelled mention of a named person, articles by date."""
    labels = {
        (row["article_file"], row["printed_name"]): row["cluster_id"]
        for row in _rows(data / "venezuela-2026" / "people_matches.csv")
        if row["relation"] == "same" and not row["printed_name"].startswith("(")
    }
    found = []
    for path in sorted((data / "venezuela-2026" / "articles").glob("*.json")):
        article = json.loads(path.read_text(encoding="utf-8"))
        for said in article["people"]:
            person = labels.get((path.name, said["name"]))
            if person:
                found.append(_mention(data, path.name, article["published"] or "9", person, said))
    return sorted(found, key=lambda each: (each.published, each.article))


def _mention(data: Path, name: str, published: str, person: str, said: dict[str, Any]) -> Mention:
    place = facility_key(said["facility"].partition("(")[0].partition(",")[0]) if said["facility"] else None
    prison = _prisons(data).get(place, place) if place else None
    countries = set()
    for word in said["nationalities"]:
        try:
            countries.add(read_country(word))
        except BadValue:
            continue
    taken = said["event_date_iso"] if said["event"] == "rearrested" else None
    out = said["event_date_iso"] if said["event"] in OUT else None
    return Mention(
        said["name"], name, published, person,
        Described(
            name=said["name"],
            other_names=tuple(each for each in said["other_names_printed"] if not each.startswith("(")),
            nationalities=frozenset(countries),
            arrested=tuple(read_date(each) for each in (said["arrested_iso"], taken) if each),
            released=(read_date(out),) if out else (),
            facilities=frozenset({prison} if prison else ()),
            roles=tuple(filter(None, (said["role"],))),
        ),
        prison,
    )  # fmt: skip


def newsroom(every: list[Mention]) -> list[Answer]:
    """Ask a record about each mention, then enter it under the right person, as a careful newsroom would."""
    with tempfile.TemporaryDirectory() as folder:
        desk = _Desk(Store.create(Path(folder) / "tracker.db", {"country": "VE", "zone": "America/Caracas"}))
        answers = []
        for _article, some in itertools.groupby(every, key=lambda each: each.article):
            named: set[str] = set()
            for mention in some:
                if mention.printed not in named:  # identical names of one article are one row
                    answers.append(desk.ask(mention))
                named.add(mention.printed)
                desk.enter(mention)
        return answers


class _Desk:
    """A record, with the label of each person in it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.person: dict[str, str] = {}
        self.label: dict[str, str] = {}
        self.places: dict[str, str] = {}
        self.sources: dict[str, str] = {}
        self.detention: dict[str, str] = {}

    def ask(self, mention: Mention) -> Answer:
        said = mention.described
        places = frozenset(self.places[each] for each in said.facilities if each in self.places)
        sources = frozenset(filter(None, [self.sources.get(mention.article)]))
        described = Described(
            **{**{name: getattr(said, name) for name in said.__slots__}, "facilities": places, "sources": sources}
        )
        with self.store.reading() as db:
            decision = Matcher(db).decide(described)
        shown = [self.label[match.id] for match in decision.matches]
        reasons = [(match.printed, match.score, match.reasons) for match in decision.matches]
        return Answer(mention.printed, mention.person, mention.person in self.person, decision.outcome, shown, reasons)

    def enter(self, mention: Mention) -> None:
        with self.store.writing("enter") as change:
            if mention.article not in self.sources:
                self.sources[mention.article] = change.insert("sources", {"slug": mention.article})
            if mention.person not in self.person:
                person = change.insert("detainees", {"name": mention.printed})
                self.person[mention.person], self.label[person] = person, mention.person
                self.detention[person] = change.insert("detentions", {"detainee": person, "entered": "2026-03-01"})
            self._tell(change, self.person[mention.person], mention)

    def _tell(self, change: Change, person: str, mention: Mention) -> None:
        said, detention = mention.described, self.detention[person]
        kept = {
            row[0]
            for row in change.db.execute(
                "SELECT name FROM names WHERE detainee = ? UNION SELECT name FROM detainees WHERE id = ?",
                (person, person),
            )
        }
        for name in said.names:
            if name not in kept:
                change.insert("names", {"detainee": person, "name": name, "kind": "printed"})
        had = {row[0] for row in change.db.execute("SELECT country FROM nationalities WHERE detainee = ?", (person,))}
        for country in said.nationalities - had:
            change.insert("nationalities", {"detainee": person, "country": country})
        if said.roles and not change.get("detainees", person)["occupation"]:
            change.update("detainees", person, {"occupation": said.roles[0]})
        if said.arrested and not change.get("detentions", detention)["began"]:
            change.update("detentions", detention, {"began": said.arrested[0].text})
        step = change.db.execute("SELECT count(*) FROM stays WHERE detention = ?", (detention,)).fetchone()[0]
        for place in said.facilities:
            if place not in self.places:
                self.places[place] = change.insert("facilities", {"name": place})
            change.insert("stays", {"detention": detention, "facility": self.places[place], "step": step + 1})
        for date in said.released:
            if not change.db.execute(
                "SELECT 1 FROM releases WHERE detention = ? AND released = ?", (detention, date.text)
            ).fetchone():
                change.insert(
                    "releases",
                    {
                        "detention": detention,
                        "released": date.text,
                        "step": 1,
                        "status": "reported",
                        "entered": "2026-03-01",
                    },
                )
        told = {"field": "occupation", "value": said.roles[0]} if said.roles else {}
        change.insert("citations", {"source": self.sources[mention.article], "detainee": person, **told})
