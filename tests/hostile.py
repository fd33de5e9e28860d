"""Strings made to hurt, a record full of them, and what it means for a format to be inert."""

import csv
import html.parser
import io
import json
import re
import unicodedata
import zipfile

import openpyxl
from markdown_it import MarkdownIt

from tracker.domain.text import safe
from tracker.render.csv_writer import FORMULA_STARTS
from tracker.store import Store

STRINGS = (
    "\x1b[31mRojo\x1b[0m", "\x1b]0;titulo\x07Ana", "\x1b]8;;https://evil.example\x1b\\Ana\x1b]8;;\x1b\\", "Ana\x9b31m", "Ana\x08\x08\x08Eva",
    "Ana\rEva", "Ana\x7f", "Ana\x00Eva", "Ana \u202eoiraM\u202c", "\u2066Ana\u2069", "Ana\u200b\u2060Eva", "Ana\u2028Eva\u2029", "\ufeffAna",
    "[bold red]Ana[/bold red]", "[/]", "[link=https://evil.example]Ana[/link]", ":smile: :warning:", "[red", "Ana [bloque 4] Ruiz",
    "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1)", "＝1+1", "＋1", "\t=1+1", "\r=1+1", "\n=1+1", '=HYPERLINK("https://evil.example")',
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' onmouseover='alert(1)", "<svg/onload=alert(1)>", "&lt;b&gt; &#60;", "-->", "]]>",
    "</title><script>alert(1)</script>", "</style><script>", "{{ 7*7 }} {% for x in y %}",
    "a|b | c", "\\| x", "[x](javascript:alert(1))", "![x](https://evil.example/x.png)", "<https://evil.example>", "https://evil.example/a?b=c",
    "www.evil.example", "`código`", "```", "**negrita** __sub__ ~~no~~ *x*", "# Título", "- punto", "1. uno", "> cita", "---", "[x]: https://evil.example",
    "Ana\nEva", "Ana\n\n# Eva", "a,b;c\"d'e", "A" * 10_000, "_x0041_ _x001B_", "\U000e0041\U000e0042", "\u3164\u2800",
)  # fmt: skip


def fill(store: Store, person: str) -> None:
    """Put the strings wherever a text can stand, as another program could: behind every door of ours."""
    with store.writing("hostile") as change:
        owner = change.db.execute("SELECT id FROM detainees WHERE name = ?", (person,)).fetchone()[0]
        detention = change.db.execute("SELECT id FROM detentions WHERE detainee = ?", (owner,)).fetchone()[0]
        for number, text in enumerate(STRINGS):
            source = change.insert("sources", {"slug": f"{text}-{number}", "title": text, "publisher": text, "author": text,
                "url": f"https://example.org/{number}/{text}", "published": "2026-01-12", "note": text})  # fmt: skip
            claimant = change.insert(
                "claimants", {"name": f"{text} {number}", "kind": "monitor", "default_status": "verified", "note": text}
            )
            facility = change.insert("facilities", {"name": f"{text} {number}", "state": text, "note": text})
            change.insert("facility_names", {"facility": facility, "name": f"otra {text}"})
            change.insert("names", {"detainee": owner, "name": f"{text} {number}", "kind": "printed"})
            change.insert("tags", {"detainee": owner, "tag": f"{text}{number}"})
            change.insert("identifiers", {"detainee": owner, "scheme": text, "value": f"{text}{number}"})
            change.insert("citations", {"source": source, "claimant": claimant, "detention": detention, "field": "charges",
                "value": text, "stance": "supports", "locator": text})  # fmt: skip
            other = change.insert("detainees", {"name": f"{text} {number}", "occupation": text, "note": text, "publish": "named",
                "born": "1980"})  # fmt: skip
            change.insert("tags", {"detainee": other, "tag": text})
            spell = change.insert("detentions", {"detainee": other, "began": "2025", "entered": "2026-01-12", "place": text,
                "authority": text, "charges": text, "sentence": text, "note": text})  # fmt: skip
            change.insert("stays", {"detention": spell, "step": 1, "facility": facility, "note": text})
            if number % 2:
                release = change.insert("releases", {"detention": spell, "step": 1, "released": "2026-01-13", "entered": "2026-01-13",
                    "status": "verified", "conditions": text, "freed_at": text, "note": text})  # fmt: skip
                change.insert("citations", {"source": source, "claimant": claimant, "release": release, "stance": "supports",
                    "locator": text})  # fmt: skip
            claim = change.insert(
                "claims", {"claimant": claimant, "measure": "held", "min": number, "as_of": "2026-01-12", "note": text}
            )
            change.insert("citations", {"source": source, "claim": claim, "stance": "supports", "locator": text})


def dangerous(text: str, allowed: str = "\n") -> list[str]:
    """The characters of a text that could act on a terminal or mislead a reader."""
    return [char for char in text if char not in allowed and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")] + [
        char
        for char in text
        if unicodedata.category(char) == "Cf" or (safe(char) != char and char not in "\u200c\u200d\n\t\r")
    ]


def terminal(text: str) -> None:
    assert not dangerous(text, "\n\t")
    assert "😄" not in text


def as_csv(text: str, *, spreadsheet: bool = False) -> None:
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1, "a cell broke its row"
    if spreadsheet:
        assert text.startswith("\ufeff")
        assert not [
            cell for row in rows for cell in row if cell.startswith(FORMULA_STARTS) and not re.fullmatch(r"-\d+", cell)
        ]


def as_json(text: str) -> None:
    rows = json.loads(text)
    assert len({tuple(row) for row in rows}) <= 1


PLAIN = frozenset((
    "paragraph_open", "paragraph_close", "inline", "text", "strong_open", "strong_close", "softbreak", "table_open", "table_close",
    "thead_open", "thead_close", "tbody_open", "tbody_close", "tr_open", "tr_close", "th_open", "th_close", "td_open", "td_close",
    "bullet_list_open", "bullet_list_close", "list_item_open", "list_item_close", "text_special",
))  # fmt: skip


def as_markdown(text: str) -> None:
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text)
    kinds = {one.type for token in tokens for one in (token, *(token.children or ()))}
    assert kinds <= PLAIN, kinds - PLAIN
    table = [line for line in text.split("\n") if line.startswith("|")]
    assert len({len(re.findall(r"(?<!\\)(?:\\\\)*\|", line)) for line in table}) <= 1, "a cell broke its row"
    assert sum(token.type == "tr_open" for token in tokens) == max(len(table) - 1, 0)
    assert not re.search(r"(?<!\\)://|www\.\w|(?<!\\)@\w", text), "common readers make a link of this"
    terminal(text)


class _Page(html.parser.HTMLParser):
    tags = frozenset(("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "div", "table", "caption", "thead", "tbody",
        "tfoot", "tr", "th", "td", "footer", "ul", "li", "section", "svg", "rect", "line", "g", "path", "circle"))  # fmt: skip
    attributes = frozenset(("lang", "charset", "http-equiv", "content", "name", "class", "role", "aria-labelledby", "aria-hidden",
        "aria-label", "tabindex", "id", "scope", "data-label", "dir", "colspan", "viewbox", "width", "height", "x", "y", "x1", "x2", "y1", "y2",
        "preserveaspectratio", "focusable", "rx", "d", "r", "cx", "cy"))  # fmt: skip

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.tags, tag
        assert {name for name, _value in attrs} <= self.attributes, attrs

    def handle_data(self, data: str) -> None:
        assert not dangerous(data)


def as_html(text: str) -> None:
    page = _Page(convert_charrefs=True)
    page.feed(text)
    page.close()
    assert text.count("<title>") == text.count("</style>") == text.count("</html>") == 1


def as_xlsx(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        for name in book.namelist():
            xml = book.read(name).decode()
            assert not re.search(r"<f[ >]|<hyperlink|externalLink", xml), name
    for sheet in openpyxl.load_workbook(io.BytesIO(data)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in ("s", "n", "inlineStr"), cell.data_type
                assert cell.data_type == "n" or not dangerous(cell.value), repr(cell.value)
