"""Small invented records for the tests of reports: as hypothesis strategies, and written through the store's own door."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import strategies as st

from tracker.store import Store

KINDS = ("unstated", "full", "precautionary", "bail", "house_arrest", "exile", "escaped")
PLACES = ("El Helicón", "Rodeo Uno", "La Crisálida")
EXACT = ("2026-01-05", "2026-01-08", "2026-01-09T14:30", "2026-01-12", "2026-01-12T08:00", "2026-01-15", "2026-02-08",
    "2026-02-08T23:45", "2026-02-10", "2026-02-20")  # fmt: skip
VAGUE = ("2026-01", "2026", "2026-01-08..2026-01-12", "..2026-01-14", None)
MOMENTS = ("2026-01-04", "2026-01-08", "2026-01-09T14:29", "2026-01-12", "2026-01-14", "2026-01-31", "2026-02-08T23:44",
    "2026-02-09", "2026-03-01")  # fmt: skip


@dataclass(frozen=True)
class Cite:
    """Who says so: a source (slug) and a claimant (name)."""

    source: str
    claimant: str | None = None
    stance: str = "supports"
    field: str | None = None
    value: str | None = None
    locator: str | None = None


@dataclass(frozen=True)
class Release:
    on: str | None
    kind: str = "unstated"
    status: str = "verified"
    conditions: str | None = None
    freed_at: str | None = None
    publish: str | None = None
    publish_from: str | None = None
    note: str | None = None
    cited: tuple[Cite, ...] = ()


@dataclass(frozen=True)
class Stay:
    place: str | None
    since: str | None = None
    publish: str | None = None
    note: str | None = None
    cited: tuple[Cite, ...] = ()


@dataclass(frozen=True)
class Detention:
    began: str | None
    releases: tuple[Release, ...] = ()
    stays: tuple[Stay, ...] = ()
    stage: str | None = None
    publish: str | None = None
    texts: dict[str, str] = field(default_factory=dict)
    cited: tuple[Cite, ...] = ()


@dataclass(frozen=True)
class Person:
    name: str | None
    detentions: tuple[Detention, ...] = ()
    values: dict[str, object] = field(default_factory=dict)
    nationalities: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()
    cited: tuple[Cite, ...] = ()


CLAIMANTS = {"Foro Libre": "monitor", "Ministerio": "detaining_state", "Diario": "media", "Rosa Madre": "family"}


def enter(store: Store, people, *, sources=(), claimants=CLAIMANTS) -> list[str]:
    """Write the people (and what they cite), return their ids. `sources`: dicts for those that need more than a slug."""
    with store.writing("invented") as change:
        known = {row["name"]: row["id"] for row in change.db.execute("SELECT id, name FROM facilities")}
        voices = {row["name"]: row["id"] for row in change.db.execute("SELECT id, name FROM claimants")}
        papers = {row["slug"]: row["id"] for row in change.db.execute("SELECT id, slug FROM sources")}
        for source in sources:
            papers[source["slug"]] = change.insert("sources", source)

        def cite(cited, **about):
            for one in cited:
                if one.source not in papers:
                    papers[one.source] = change.insert("sources", {"slug": one.source, "published": "2026-01-13"})
                if one.claimant and one.claimant not in voices:
                    kind = claimants[one.claimant]
                    status = {"detaining_state": "announced", "media": "reported"}.get(kind, "verified")
                    row = {"name": one.claimant, "kind": kind, "default_status": status}
                    voices[one.claimant] = change.insert("claimants", row)
                change.insert("citations", {
                    "source": papers[one.source], "claimant": voices.get(one.claimant), "stance": one.stance,
                    "field": one.field, "value": one.value, "locator": one.locator, **about,
                })  # fmt: skip

        def one_person(person):
            row = {"name": person.name, **person.values}
            if person.name is None and "description" not in row:
                row["description"] = "unnamed"
            identifier = change.insert("detainees", row)
            cite(person.cited, detainee=identifier)
            for country in person.nationalities:
                change.insert("nationalities", {"detainee": identifier, "country": country})
            for tag in person.tags:
                change.insert("tags", {"detainee": identifier, "tag": tag})
            for name in person.other_names:
                change.insert("names", {"detainee": identifier, "name": name, "kind": "alias"})
            for value in person.identifiers:
                change.insert("identifiers", {"detainee": identifier, "scheme": "ID", "value": value})
            for detention in person.detentions:
                one_detention(identifier, detention)
            return identifier

        def one_detention(person, detention):
            identifier = change.insert("detentions", {
                "detainee": person, "began": detention.began, "entered": "2026-03-01", "stage": detention.stage,
                "publish": detention.publish, **detention.texts,
            })  # fmt: skip
            cite(detention.cited, detention=identifier)
            for step, stay in enumerate(detention.stays, 1):
                if stay.place is not None and stay.place not in known:
                    known[stay.place] = change.insert("facilities", {"name": stay.place, "state": "Miranda"})
                row = {"detention": identifier, "step": step, "facility": known.get(stay.place), "since": stay.since,
                    "whereabouts_unknown": int(stay.place is None), "publish": stay.publish, "note": stay.note}  # fmt: skip
                cite(stay.cited, stay=change.insert("stays", row))
            for step, release in enumerate(detention.releases, 1):
                row = {"detention": identifier, "step": step, "released": release.on, "entered": "2026-03-01",
                    "kind": release.kind, "status": release.status, "conditions": release.conditions,
                    "freed_at": release.freed_at, "publish": release.publish, "publish_from": release.publish_from,
                    "note": release.note}  # fmt: skip
                cite(release.cited, release=change.insert("releases", row))

        return [one_person(person) for person in people]


@contextmanager
def a_store(template: Path) -> Iterator[Store]:
    """A record of its own for each example (a fixture would be shared by all examples of a property)."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        shutil.copy(template, path)
        yield Store.open(path)


# --- strategies ------------------------------------------------------------------------------------------------------

exact_dates = st.sampled_from(EXACT)
dates = st.one_of(exact_dates, exact_dates, st.sampled_from(VAGUE))


def releases(when=dates):
    return st.builds(
        Release,
        on=when,
        kind=st.sampled_from(KINDS),
        status=st.sampled_from(("verified", "verified", "verified", "reported", "announced", "retracted")),
        cited=st.sampled_from(
            ((), (Cite("uno", "Foro Libre"),), (Cite("dos", "Ministerio"), Cite("uno", "Rosa Madre")))
        ),
    )


def stays(when=dates):
    return st.builds(Stay, place=st.sampled_from((*PLACES, None)), since=st.one_of(st.none(), when))


def detentions(when=dates):
    return st.builds(
        Detention,
        began=when,
        releases=st.lists(releases(when), max_size=3).map(tuple),
        stays=st.lists(stays(when), max_size=2).map(tuple),
        stage=st.sampled_from((None, "unknown", "charged", "sentenced", "appeal")),
    )


values = st.fixed_dictionaries({}, optional={
    "sex": st.sampled_from(("female", "male")),
    "service": st.sampled_from(("civilian", "military", "unknown")),
    "born": st.sampled_from(("1980-05-01", "2008-02-29", "2009", "2008-01")),
    "excluded": st.just(0),
    "died": st.sampled_from(("2026-01-12", "2026-02", "2026-02-08T23:45")),
})  # fmt: skip


def people(when=dates, most=4, most_detentions=3):
    person = st.builds(
        Person,
        name=st.sampled_from(("Ana Ruiz", "Luis Vega", "Zoé Paz", "Íñigo Sanz", None)),
        detentions=st.lists(detentions(when), max_size=most_detentions).map(tuple),
        values=values,
        nationalities=st.sets(st.sampled_from(("VE", "ES", "CO")), max_size=3).map(lambda found: tuple(sorted(found))),
        tags=st.sets(st.sampled_from(("journalist", "student")), max_size=2).map(lambda found: tuple(sorted(found))),
    )
    return st.lists(person, min_size=1, max_size=most)
