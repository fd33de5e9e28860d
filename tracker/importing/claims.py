"""claims.csv: counts that somebody stated. One row per source; the same figure for the same thing is one claim."""

import json
from collections.abc import Iterable
from typing import Any, Final

from tracker.domain.dates import UNKNOWN
from tracker.i18n import _
from tracker.importing.directory import Directory
from tracker.importing.gathered import citation_rows
from tracker.importing.people import read_voice
from tracker.importing.plan import Ids, Plan
from tracker.importing.rows import Line
from tracker.importing.spoken import Record
from tracker.importing.values import Reader, merged_note, read_tag

_SAME: Final = ("claimant", "measure", "scope", "as_of", "since", "min", "max", "qualifier", "out_of")
"""What makes two rows one claim (DESIGN §4, claims)."""


def read_claims(lines: Iterable[Line], reader: Reader, directory: Directory, ids: Ids, plan: Plan) -> None:
    """Read all rows into the plan."""
    claims: dict[tuple[Any, ...], Record] = {}
    for line in lines:
        values = _values(line, reader, directory)
        voice = read_voice(line, reader, directory)
        if values["claimant"] is None or values["measure"] is None:
            _missing(line, reader)
            continue
        key = tuple(values[column] for column in _SAME)
        record = claims.get(key)
        if record is None:
            record = claims[key] = Record(ids("claim", *key), line, values)
        record.values["note"] = merged_note(record.values["note"], reader.text(line, "note"))
        if voice is not None:
            record.cite(voice)
    for record in claims.values():
        plan.add("claims", record.id, record.values)
        for identifier, citation in citation_rows(ids, "claim", record):
            # The claimant stands on the claim itself; its citations only say where.
            plan.add("citations", identifier, {**citation, "claimant": None})


def _values(line: Line, reader: Reader, directory: Directory) -> dict[str, Any]:
    claimant = None
    if "claimant" in line.cells:
        claimant = reader.part(line, "claimant", line.cells["claimant"], directory.claimants.find)
    least, most = reader.number(line, "min"), reader.number(line, "max")
    if least is not None and most is not None and most < least:
        _problem(line, reader, "max", _("The largest number is smaller than the smallest."))
    return {
        "claimant": claimant,
        "measure": reader.word(line, "measure"),
        "min": least,
        "max": most,
        "qualifier": reader.word(line, "qualifier"),
        "out_of": reader.number(line, "out_of"),
        "as_of": (reader.when(line, "as_of") or UNKNOWN).text,
        "since": (reader.when(line, "since") or UNKNOWN).text,
        "scope": _scope(line, reader, directory),
        "note": None,
    }


def _scope(line: Line, reader: Reader, directory: Directory) -> str:
    """Return whom the claim counts, as canonical JSON: the filters of the questions."""
    dual = reader.yes_no(line, "dual")
    found: dict[str, Any] = {
        "nationality": reader.countries(line, "nationality"),
        "dual": None if dual is None else "yes" if dual else "no",
        "facility": reader.several(line, "facility", directory.facilities.find),
        "tag": reader.several(line, "tag", read_tag),
        "sex": reader.word(line, "sex"),
        "service": reader.word(line, "service"),
    }
    kept = {key: sorted(value) if isinstance(value, list) else value for key, value in found.items() if value}
    return json.dumps(kept, sort_keys=True, ensure_ascii=False)


def _missing(line: Line, reader: Reader) -> None:
    for column in ("claimant", "measure"):
        if column not in line.cells:
            _problem(line, reader, column, _("The cell is empty."))


def _problem(line: Line, reader: Reader, column: str, message: str) -> None:
    value = line.cells.get(column)
    reader.problems.add(message, file=line.file, row=line.number, column=column, value=value)
