"""JSON and JSON Lines as rows: one element at a time.

Read are a list of objects, an object with one such list (of several, one is named with `--sheet`), an object of objects
(their keys become the column `key`), one object, and JSON Lines. Numbers stay as they are written, `null` is an empty
cell, a list of values is joined with "; ". What a cell cannot hold (an object within) is told with its place.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, Any, Final

from tracker.domain.text import brief
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.importing.reading.json_tokens import DECODER, Tokens, Twice
from tracker.importing.reading.records import (
    LONGEST_CELL,
    LONGEST_ROW,
    MOST_COLUMNS,
    Broken,
    RawRow,
    Wrong,
    is_unreadable,
    long_cell,
    not_text,
)

JOINT: Final = "; "
KEY: Final = "key"
_PIECE: Final = 1 << 16
_MOST_NAMED: Final = 20

Elements = Iterator[tuple[int, str | None, Any]]
"""Number of an element, its key if it has one, the element."""


@dataclass(slots=True)
class Shape:
    """How a JSON text holds its rows: `kind` list, member (the list called `name`), keyed, single or lines."""

    kind: str
    name: str | None = None
    lists: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def is_lines(file: IO[str]) -> bool:
    """Return whether a text is JSON Lines: its first line is an object by itself, and another begins below it."""
    try:
        first = json.loads(file.readline(LONGEST_ROW))
        following = _next_text(file)
    except (ValueError, RecursionError):
        return False
    return isinstance(first, dict) and following.lstrip().startswith("{")


def _next_text(file: IO[str]) -> str:
    """Return the next line that is not blank (of the first hundred), '' if there is none."""
    for _line in range(100):
        line = file.readline(_PIECE)
        if not line or line.strip():
            return line
    return ""


def shape_of(tokens: Tokens, wanted: str | None) -> Shape:
    """Return how the text of `tokens` holds its rows. Raises `Broken`, `BadValue`."""
    start = tokens.peek()
    if start == "[":
        return Shape("list")
    if start != "{":
        raise Broken(_("This is not JSON: a list or an object is wanted."))
    shape = Shape("single")
    objects = others = 0
    for name in tokens.members():
        opening = tokens.peek()
        if opening == "[" and _has_objects(tokens):
            shape.lists.append(name)
            continue
        if opening != "[":
            tokens.value()
        if opening == "{":
            objects += 1
        else:
            others += 1
            shape.others = [*shape.others, name][:_MOST_NAMED]
    if wanted is not None or shape.lists:
        shape.kind, shape.name = "member", _chosen(shape.lists, wanted)
    elif objects > others:
        shape.kind = "keyed"
    return shape


def _has_objects(tokens: Tokens) -> bool:
    """Pass over a list; return whether any element is an object."""
    return sum(isinstance(item, dict) for item in tokens.list_items()) > 0


def _chosen(lists: list[str], wanted: str | None) -> str:
    if wanted in lists:
        return wanted
    if len(lists) == 1 and wanted is None:
        return lists[0]
    if wanted is None:
        message = _("The file holds several lists.")
    else:
        message = _("The file holds no list {name}.").format(name=wanted)
    raise BadValue(message, candidates=lists, hint=_("Name one with --sheet."))


def elements(file: IO[str], shape: Shape, encoding: str) -> Elements:
    """Yield the elements of a JSON text that are its rows. Raises `Broken`."""
    if shape.kind == "lines":
        yield from _lines(file, encoding)
        return
    tokens = Tokens(file, encoding)
    if shape.kind == "list":
        yield from ((number, None, item) for number, item in enumerate(tokens.list_items(), 1))
    elif shape.kind == "single":
        yield 1, None, tokens.value()
    else:
        number = 0
        for name in tokens.members():
            if shape.kind == "keyed" and tokens.peek() == "{":
                number += 1
                yield number, name, tokens.value()
            elif tokens.peek() != "[":
                tokens.value()
            else:
                for item in tokens.list_items():
                    if name == shape.name:
                        number += 1
                        yield number, None, item
    if tokens.peek():
        raise Broken(_("This is not JSON: something follows after its end."))


def _lines(file: IO[str], encoding: str) -> Elements:
    number = 0
    while True:
        try:
            line = file.readline(LONGEST_ROW + 1)
        except UnicodeDecodeError:
            raise Broken(not_text(encoding)) from None
        if not line:
            return
        number += 1
        if len(line) > LONGEST_ROW:
            raise Broken(_("A value is longer than {n} characters, or is not JSON.").format(n=LONGEST_ROW))
        if not line.strip():
            continue
        try:
            yield number, None, DECODER.decode(line)
        except (ValueError, RecursionError):
            yield number, None, Wrong(_("This is not JSON: a value is wrong or is cut off."), value=brief(line.strip()))


def cell_text(value: Any) -> str | None:
    """Return a JSON value as a cell's text, None if no cell can hold it."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and not any(isinstance(part, (dict, list)) for part in value):
        return JOINT.join(text for part in value if (text := cell_text(part)))
    return None


def header_of(found_elements: Elements) -> list[str]:
    """Return the keys of all elements, in order of first appearance. What is wrong with them is told by `rows`."""
    found: dict[str, None] = {}
    for _number, key, element in _sound(found_elements):
        if key is not None:
            found.setdefault(KEY)
        if isinstance(element, dict):
            found.update(dict.fromkeys(element))
        if len(found) > MOST_COLUMNS:
            break
    return list(found)


def why_no_header(found: Elements) -> str:
    """Return a sentence on why elements have no keys."""
    count = 0
    try:
        for _number, _key, element in found:
            count += 1
            if isinstance(element, Wrong):
                return element.message
    except Broken as broken:
        return broken.why
    if not count:
        return _("The list is empty.")
    return _("Its elements hold no fields; an object is wanted for each row: {example}").format(
        example='[{"name": "Ana Ruiz"}]'
    )


def _sound(found: Elements) -> Elements:
    """Yield elements up to where the text breaks off."""
    try:
        yield from found
    except Broken:
        return


def rows(found: Elements, header: list[str]) -> Iterator[RawRow]:
    """Yield a row per element; the text breaking off is told by a last row."""
    number = 0
    try:
        for number, key, element in found:
            yield _row(number, key, element, header)
    except Broken as broken:
        yield RawRow(number + 1, [], (Wrong(broken.why),), last=True)


def _row(number: int, key: str | None, element: Any, header: list[str]) -> RawRow:
    if isinstance(element, Wrong):
        return RawRow(number, [], (element,))
    if not isinstance(element, dict):
        return RawRow(number, [], (Wrong(_("An element of the list is no object."), value=_shown(element)),))
    wrong = []
    if isinstance(element, Twice):
        wrong.append(Wrong(_("The key {key} is there twice.").format(key=element.name), element.name))
    found = {} if key is None else {KEY: key}
    for name, value in element.items():
        text = cell_text(value)
        if text is None:
            wrong.append(Wrong(_("A cell cannot hold an object or a list of lists."), name, _shown(value)))
        elif len(text) > LONGEST_CELL:
            wrong.append(Wrong(long_cell(), name, text[:200]))
        elif is_unreadable(text):
            wrong.append(Wrong(_("The cell holds a character that no text has."), name, text[:200]))
        found[name] = text or ""
    return RawRow(number, [found.get(column, "") for column in header], tuple(wrong))


def _shown(value: Any) -> str:
    """Return a value as it stood in the file, cut."""
    return brief(json.dumps(value, ensure_ascii=False))


def said(file: str, shape: Shape, encoding: str) -> list[str]:
    """Return sentences on how the text is read."""
    kind = "JSON Lines" if shape.kind == "lines" else "JSON"
    found = [_("{file} is read as {kind}, {encoding}.").format(file=file, kind=kind, encoding=encoding)]
    if shape.kind == "keyed":
        found.append(_("It is an object of objects: their keys are the column {key}.").format(key=KEY))
    if shape.kind == "member":
        found.append(_("The rows are those of its list {name}.").format(name=shape.name))
    left = [*(name for name in shape.lists if name != shape.name), *shape.others]
    if left and shape.kind in {"keyed", "member"}:
        found.append(_("Not read, as they stand beside the list: {names}.").format(names=", ".join(left)))
    return found
