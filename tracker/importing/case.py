"""A case file: a folder of CSV files that a person can read and edit, read into one plan.

`case.json` says what it is; `list.csv` who; `facilities.csv`, `claimants.csv` and `sources.csv` what lists name;
`citations.csv` what disputes it; `claims.csv` what was counted. Only `case.json` must be there.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from tracker.domain import lists
from tracker.domain.clock import today_in
from tracker.domain.countries import read_country
from tracker.domain.dates import find_zone, read_date
from tracker.errors import BadValue, DiskTrouble
from tracker.i18n import _
from tracker.importing.against import read_citations
from tracker.importing.claims import read_claims
from tracker.importing.directory import Directory, DirectoryReader
from tracker.importing.gathered import Gatherer
from tracker.importing.people import PeopleReader
from tracker.importing.plan import Ids, Plan
from tracker.importing.problems import Problems
from tracker.importing.rows import Line, read_lines
from tracker.importing.values import Reader

_KEYS: Final = ("name", "title", "country", "zone", "start", "entered")
_LARGEST_JSON: Final = 100_000


@dataclass(frozen=True, slots=True)
class Case:
    """What `case.json` says; `entered` is the day the case file was completed, and its records were entered."""

    folder: Path
    name: str
    title: str
    country: str
    zone: str
    start: str
    entered: str


def read_case(folder: Path) -> Case:
    """Return what the `case.json` of `folder` says. Raises `BadValue`, `DiskTrouble`."""
    path = folder / "case.json"
    said = read_json(path)
    odd = sorted(set(said).symmetric_difference(_KEYS))
    if odd or not all(isinstance(said[key], str) and said[key].strip() for key in _KEYS):
        raise BadValue(
            _("{path} does not say what it must.").format(path=path),
            hint=_("It is one object of texts with these keys, all filled: {keys}.").format(keys=", ".join(_KEYS)),
        )
    find_zone(said["zone"])
    days = {key: read_date(said[key]).text or "" for key in ("start", "entered")}
    date.fromisoformat(days["entered"])
    return Case(folder, said["name"], said["title"], read_country(said["country"]), said["zone"], **days)


def read_json(path: Path) -> dict[str, Any]:
    """Return the one object of a small JSON file. Raises `BadValue`, `DiskTrouble`."""
    try:
        with path.open("rb") as file:
            said = json.loads(file.read(_LARGEST_JSON + 1).decode())
    except OSError as problem:
        raise DiskTrouble(
            _("{path} cannot be read: {why}.").format(path=path, why=problem.strerror or problem)
        ) from problem
    except (ValueError, RecursionError) as problem:
        raise BadValue(_("{path} is not JSON in UTF-8.").format(path=path)) from problem
    if not isinstance(said, dict):
        raise BadValue(_("{path} is not one JSON object.").format(path=path))
    return said


def plan_case(case: Case) -> Plan:
    """Return the plan of a whole case file. Raises `BadValue` with a line for each problem found, `DiskTrouble`."""
    problems = Problems()
    today = max(today_in(case.zone), date.fromisoformat(case.entered))
    reader = Reader(case.zone, problems, today)
    ids = Ids(case.name, case.entered)
    plan, directory = Plan(), Directory()

    def lines(name: str, columns: tuple[str, ...], *required: str) -> Iterator[Line]:
        path = case.folder / f"{name}.csv"
        return read_lines(path, columns, problems, required=required) if path.exists() else iter(())

    named = DirectoryReader(reader, ids, plan, directory)
    named.read_facilities(lines("facilities", lists.FACILITIES, "name"))
    named.read_claimants(lines("claimants", lists.CLAIMANTS, "name", "kind"))
    named.read_sources(lines("sources", lists.SOURCES, "slug", "published"))
    people = PeopleReader(reader, ids, directory)
    people.read(lines("list", lists.LIST, "ref"))
    read_citations(lines("citations", lists.CITATIONS, "ref", "about", "source"), people.people, reader, directory)
    gatherer = Gatherer(plan, ids, problems, case.entered)
    for person in people.people.values():
        gatherer.add(person)
    read_claims(lines("claims", lists.CLAIMS, "claimant", "measure"), reader, directory, ids, plan)
    problems.stop_if_any()
    return plan
