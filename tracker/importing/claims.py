"""claims.csv: counts that somebody stated. One row per source; the same figure for the same thing is one claim."""

from collections.abc import Callable, Iterable
from typing import Any, Final

from tracker.casework.claims import FIGURE, SEVERAL, scope_text
from tracker.casework.figures import NO_NUMBER, Figure, checked, figure_of, said_loosely
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


def read_claims(lines: Iterable[Line], reader: Reader, directory: Directory, ids: Ids, plan: Plan) -> None:
    """Read all rows into the plan."""
    claims: dict[tuple[Any, ...], Record] = {}
    for line in lines:
        values, voice = read_claim(line, reader, directory)
        if values["claimant"] is None or values["measure"] is None:
            continue
        note = values.pop("note")
        said = said_loosely(note)
        key = tuple(values[column] for column in _SAME) + (() if said is None else (said,))
        if values["min"] is None and values["max"] is None:
            key = (*key, note)  # "a significant number": the words are the claim
        record = claims.get(key)
        if record is None:
            record = claims[key] = Record(ids("claim", *key), line, {**values, "note": None})
        record.values["note"] = merged_note(record.values["note"], note)
        if voice is not None:
            record.cite(voice)
    for record in claims.values():
        plan.add("claims", record.id, record.values)
        for identifier, citation in citation_rows(ids, "claim", record):
            plan.add("citations", identifier, citation)


def read_claim(line: Line, reader: Reader, directory: Directory) -> tuple[dict[str, Any], Voice | None]:
    """Return a row as columns of `claims`, and where it stands; what is missing or wrong is a problem."""
    values, voice = _values(line, reader, directory), _voice(line, reader, directory)
    for column in ("claimant", "measure"):
        if column not in line.cells:
            _problem(line, reader, column, _("The cell is empty."))
    if values["note"] is None and not any(column in line.cells for column in ("min", "max")):
        _problem(line, reader, "min", _("A claim needs a number or a note."))
    return values, voice


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
    figure = _figure(line, reader)
    return {
        "claimant": claimant,
        "measure": reader.word(line, "measure"),
        **{column: getattr(figure, column) for column in FIGURE},
        "as_of": as_of.text,
        "since": since.text,
        "scope": _scope(line, reader, directory),
        "note": "; ".join(filter(None, (figure.remark, reader.text(line, "note")))) or None,
    }


def _figure(line: Line, reader: Reader) -> Figure:
    """Return how many, checked and qualified as the shell does it."""
    least, most, out_of = (reader.number(line, column) for column in ("min", "max", "out_of"))
    try:
        checked(Figure(least, most, None, out_of))
    except BadValue as error:
        _problem(line, reader, "min" if most is None else "max", error.message)
        return NO_NUMBER
    parts = (None if number is None else str(number) for number in (least, most, out_of))
    first, second, whole = parts
    found = reader.part(
        line, "qualifier", line.cells.get("qualifier", ""), lambda word: figure_of(first, second, word, whole)
    )
    return found or NO_NUMBER


def _scope(line: Line, reader: Reader, directory: Directory) -> str:
    """Return whom the claim counts, as the record keeps it."""

    def read(column: str, to_key: Callable[[str], str]) -> str | list[str] | None:
        text = line.cells.get(column)
        if text is None or column not in SEVERAL:
            return None if text is None else reader.part(line, column, text, to_key)
        return sorted(set(reader.several(line, column, to_key))) or None

    found = {
        "nationality": read("nationality", read_country),
        "dual": reader.word(line, "dual"),
        "facility": read("facility", directory.facilities.find),
        "tag": read("tag", tag_key),
        "sex": read("sex", lambda text: read_sex(text) or "unknown"),
        "service": reader.word(line, "service"),
    }
    return scope_text({name: value for name, value in found.items() if value is not None})


def _problem(line: Line, reader: Reader, column: str, message: str) -> None:
    value = line.cells.get(column)
    reader.problems.add(message, file=line.file, row=line.number, column=column, value=value)
