"""claims.csv: counts that somebody stated. One row per source; the same figure for the same thing is one claim."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from tracker.casework.claims import scope_text
from tracker.casework.figures import Figure, checked, said_loosely
from tracker.casework.people import read_sex, tag_key
from tracker.domain.countries import read_country
from tracker.domain.dates import UNKNOWN
from tracker.domain.rules import certainly_before
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.directory import Directory
from tracker.importing.gathered import citation_rows
from tracker.importing.people import read_voice
from tracker.importing.plan import Ids, Plan
from tracker.importing.rows import Line
from tracker.importing.spoken import Record, Voice
from tracker.importing.values import Reader, merged_note

_SAME: Final = ("claimant", "measure", "scope", "as_of", "since", "min", "max", "qualifier", "out_of")
"""What makes two rows one claim."""

_FIGURE: Final = ("min", "max", "qualifier", "out_of")


def read_claims(lines: Iterable[Line], reader: Reader, directory: Directory, ids: Ids, plan: Plan) -> None:
    """Read all rows into the plan."""
    claims: dict[tuple[Any, ...], Record] = {}
    for line in lines:
        values = _values(line, reader, directory)
        voice = _voice(line, reader, directory)
        if values["claimant"] is None or values["measure"] is None:
            _missing(line, reader)
            continue
        note = reader.text(line, "note")
        said = said_loosely(note)
        key = tuple(values[column] for column in _SAME) + (() if said is None else (said,))
        if values["min"] is None and values["max"] is None:
            key = (*key, note)  # "a significant number": the words are the claim
            if note is None and not any(column in line.cells for column in ("min", "max")):
                _problem(line, reader, "min", _("A claim needs a number or a note."))
        record = claims.get(key)
        if record is None:
            record = claims[key] = Record(ids("claim", *key), line, values)
        record.values["note"] = merged_note(record.values["note"], note)
        if voice is not None:
            record.cite(voice)
    for record in claims.values():
        plan.add("claims", record.id, record.values)
        for identifier, citation in citation_rows(ids, "claim", record):
            plan.add("citations", identifier, citation)


def _voice(line: Line, reader: Reader, directory: Directory) -> Voice | None:
    """Return where a claim stands: its claimant is the claim's own, a citation only says in which source."""
    cells = {column: cell for column, cell in line.cells.items() if column != "claimant"}
    return read_voice(Line(line.file, line.number, cells), reader, directory)


def _values(line: Line, reader: Reader, directory: Directory) -> dict[str, Any]:
    claimant = None
    if "claimant" in line.cells:
        claimant = reader.part(line, "claimant", line.cells["claimant"], directory.claimants.find)
    as_of, since = reader.when(line, "as_of") or UNKNOWN, reader.when(line, "since") or UNKNOWN
    if certainly_before(as_of, since):
        _problem(line, reader, "as_of", _("The count ends before it begins."))
    return {
        "claimant": claimant,
        "measure": reader.word(line, "measure"),
        **_figure(line, reader),
        "as_of": as_of.text,
        "since": since.text,
        "scope": _scope(line, reader, directory),
        "note": None,
    }


def _figure(line: Line, reader: Reader) -> dict[str, Any]:
    """Return how many, checked as the shell checks it."""
    figure = Figure(
        reader.number(line, "min"),
        reader.number(line, "max"),
        reader.word(line, "qualifier"),
        reader.number(line, "out_of"),
    )
    try:
        checked(figure)
    except BadValue as error:
        _problem(line, reader, "max" if figure.max is not None else "min", error.message)
    return {column: getattr(figure, column) for column in _FIGURE}


def _scope(line: Line, reader: Reader, directory: Directory) -> str:
    """Return whom the claim counts, as the record keeps it: one value for each filter that the row names."""

    def read(column: str, to_key: Callable[[str], str]) -> str | None:
        text = line.cells.get(column)
        return None if text is None else reader.part(line, column, text, to_key)

    found = {
        "nationality": read("nationality", read_country),
        "dual": reader.word(line, "dual"),
        "facility": read("facility", directory.facilities.find),
        "tag": read("tag", tag_key),
        "sex": read("sex", lambda text: read_sex(text) or "unknown"),
        "service": reader.word(line, "service"),
    }
    return scope_text({name: value for name, value in found.items() if value is not None})


def _missing(line: Line, reader: Reader) -> None:
    for column in ("claimant", "measure"):
        if column not in line.cells:
            _problem(line, reader, column, _("The cell is empty."))


def _problem(line: Line, reader: Reader, column: str, message: str) -> None:
    value = line.cells.get(column)
    reader.problems.add(message, file=line.file, row=line.number, column=column, value=value)
