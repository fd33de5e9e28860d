"""What proves an edition: its manifest with a seal of its own, and sums that `sha256sum -c` can check."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from tracker import __version__
from tracker.errors import BadValue
from tracker.i18n import _
from tracker.publishing.editions import Edition, Page, Previous

MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"
README: Final = "README.md"
FORMAT: Final = 1

Manifest = dict[str, Any]


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def text_of(value: Mapping[str, Any]) -> bytes:
    """Return a manifest as it stands in its file."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def sealed(value: Manifest) -> Manifest:
    """Return a manifest with the SHA-256 of all else in it."""
    rest = {name: part for name, part in value.items() if name != "seal"}
    return {**rest, "seal": digest(text_of(rest))}


def is_sealed(value: Manifest) -> bool:
    """Tell whether a manifest is as it was sealed."""
    return value == sealed(value)


def sums(files: Mapping[str, bytes]) -> bytes:
    """Return the sums of some files, for `sha256sum -c SHA256SUMS`."""
    return "".join(f"{digest(files[name])}  {name}\n" for name in sorted(files)).encode()


def manifest_of(edition: Edition, about: Mapping[str, Any], pages: list[Page], readme: bytes) -> Manifest:
    """Return the manifest of an edition; `about` tells of the record, the changeset, the rule and the program."""
    files: dict[str, Any] = {
        page.name: {
            "report": page.report,
            "query": edition.query(page.report, page.form),
            "title": page.title,
            "rows": page.rows,
            "bytes": len(page.data),
            "sha256": digest(page.data),
        }
        for page in pages
    }
    files[README] = {"bytes": len(readme), "sha256": digest(readme)}
    before = edition.previous
    return sealed(
        {
            "format": FORMAT,
            "edition": edition.name,
            "language": edition.language,
            "on": edition.on,
            "known_by": edition.known_by,
            "published_by": edition.published_by,
            "public": True,
            **({} if edition.min_cell is None else {"min_cell": edition.min_cell}),
            **about,
            "reports": list(edition.reports),
            "previous": None if before is None else dict(vars(before)),
            "files": files,
        }
    )


def edition_of(value: Manifest, rule: str | None) -> Edition:
    """Return the edition that a manifest describes. Raises BadValue where it describes none."""
    try:
        before = value["previous"]
        return Edition(
            name=str(value["edition"]),
            on=str(value["on"]),
            changeset=int(value["changeset"]["seq"]),
            published_by=value["published_by"],
            rule=rule,
            reports=tuple(str(name) for name in value["reports"]),
            language=str(value["language"]),
            file=str(value["record"]["file"]),
            previous=None if before is None else Previous(**before),
            min_cell=None if value.get("min_cell") is None else int(value["min_cell"]),
        )
    except (KeyError, TypeError, ValueError) as problem:
        raise BadValue(_("{file} is no manifest of an edition.").format(file=MANIFEST)) from problem


def program() -> str:
    """Return which program makes editions here."""
    return f"tracker {__version__}"


def readme(edition: Edition, about: Mapping[str, Any], pages: list[Page]) -> bytes:
    """Return the page that says in plain words what the folder is and how to verify it."""
    record, changeset, rule = about["record"], about["changeset"], about["rule"]
    published = _("It counts only what had been published by {day}.").format(day=edition.published_by)
    said = [
        _("{we}: who was deprived of liberty, as of {day}.").format(we=record["we"], day=edition.on),
        _("It stands at change {seq} of the record (hash {hash}), made at {at}.").format(**changeset),
        *([published] if edition.published_by else []),
        _("Counting rule “{name}”: {text}").format(name=rule["name"], text=rule["text"]),
        _("Only people who may be named are named; all others are counted."),
    ]
    files = [
        *(f"`{page.name}`: {(page.title or page.report).splitlines()[0]}" for page in pages if page.form == "md"),
        _("Each of them is also there as CSV, for machines."),
        f"`{MANIFEST}`: " + _("what was asked of which record, and the SHA-256 of each file"),
        f"`{SUMS}`: " + _("the same sums, for common tools"),
    ]
    proof = [
        _("Without this program: run `sha256sum -c SHA256SUMS` in this folder."),
        _("With it: `tracker edition verify FOLDER`. Beside the record, it also tells whether the record still gives"
          " every file byte for byte."),
        _("Sums tell of an accident or a careless change. Somebody who changes a file and every sum with it is found by"
          " comparing the seal in `manifest.json` with the one that was published elsewhere."),
    ]  # fmt: skip
    parts = ((None, said), (_("Files"), files), (_("How to verify"), proof))
    blocks = [f"# {edition.name}\n"]
    for heading, lines in parts:
        blocks += [f"## {heading}\n"] if heading else []
        blocks.append("".join(f"- {line}\n" for line in lines))
    return "\n".join(blocks).encode()
