"""Verifying an edition: what its folder proves by itself, and what the record it was made of says of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

from tracker.errors import NotFound, TrackerError
from tracker.i18n import LANGUAGES, N_, _, ngettext
from tracker.publishing.edition_reports import REPORTS
from tracker.publishing.making import files_of, hash_of, load
from tracker.publishing.manifest import MANIFEST, SUMS, Manifest, digest, edition_of, is_sealed, program
from tracker.store import Store
from tracker.table import Column, Row, Table

PROBLEMS: Final = (Column("file", N_("file")), Column("problem", N_("problem")), Column("message", N_("what is wrong")))
EDITIONS: Final = (
    Column("edition", N_("edition")),
    Column("changeset", N_("changeset"), "count"),
    Column("at", N_("recorded"), "date"),
    Column("on", N_("as of"), "date"),
    Column("published_by", N_("published by"), "date"),
    Column("rule", N_("rule")),
    Column("files", N_("files"), "count"),
    Column("unaltered", N_("unaltered"), words="yes_no"),
    Column("seal", N_("seal")),
)


class Problem(NamedTuple):
    """One thing that is wrong: the file, a word for it that does not change, and a sentence."""

    file: str
    problem: str
    message: str


def verify(folder: Path, store: Store | None) -> list[Problem]:
    """Return all that is wrong with an edition; `store` is the record to hold it against, None to do without.

    Raises `NotFound` where there is no such folder.
    """
    if not folder.is_dir():
        raise NotFound(_("There is no folder {path}.").format(path=folder), hint=_("See 'tracker edition list'."))
    manifest = load(folder)
    if manifest is None:
        return [Problem(MANIFEST, "unreadable", _("It is missing, or no manifest of an edition."))]
    found = list(_by_itself(folder, manifest))
    if store is not None and not any(one.file == MANIFEST for one in found):
        found += _beside(folder, manifest, store, {one.file for one in found})
    return found


def _by_itself(folder: Path, manifest: Manifest) -> Iterator[Problem]:
    """Yield what the folder itself tells."""
    if not is_sealed(manifest):
        yield Problem(MANIFEST, "seal", _("It was edited: its seal is of other contents."))
    there = {path.name: path for path in folder.iterdir()}
    data: dict[str, bytes] = {}
    for name, about in sorted(manifest["files"].items()):
        path = there.get(name)
        if path is None or not path.is_file():
            yield Problem(name, "missing", _("The manifest names this file, and it is not there."))
            continue
        data[name] = path.read_bytes()
        if not isinstance(about, dict) or digest(data[name]) != about.get("sha256"):
            yield Problem(name, "altered", _("It is not what it was: its SHA-256 is another."))
    for name in sorted(there.keys() - manifest["files"].keys() - {MANIFEST, SUMS}):
        yield Problem(name, "added", _("It is no part of the edition: the manifest does not name it."))
    yield from _sums(folder, manifest)


def _sums(folder: Path, manifest: Manifest) -> Iterator[Problem]:
    path = folder / SUMS
    if not path.is_file():
        yield Problem(SUMS, "missing", _("Without it common tools cannot check the edition."))
        return
    named = {name: about.get("sha256") for name, about in manifest["files"].items() if isinstance(about, dict)}
    named[MANIFEST] = digest((folder / MANIFEST).read_bytes())
    if path.read_bytes() != b"".join(f"{named[name]}  {name}\n".encode() for name in sorted(named)):
        yield Problem(SUMS, "altered", _("Its sums are not those of the manifest."))


def _beside(folder: Path, manifest: Manifest, store: Store, known: set[str]) -> Iterator[Problem]:
    """Yield what the record tells: whether it is the one, and which files it no longer gives."""
    before: dict[str, Any] = manifest.get("previous") or {}
    for stands in (manifest["changeset"], {"seq": before.get("changeset"), "hash": before.get("hash")}):
        if stands["seq"] is not None and hash_of(store, stands["seq"]) != stands.get("hash"):
            yield Problem(
                MANIFEST,
                "other_database",
                _("It was made of another database: {file} has no change {seq} with that hash.").format(
                    file=store.path.name, seq=stands["seq"]
                ),
            )
            return
    try:
        made = _again(folder, manifest, store)
    except (TrackerError, LookupError) as problem:
        said = problem.message if isinstance(problem, TrackerError) else _("The manifest asks for what there is not.")
        yield Problem(MANIFEST, "not_made_again", _("The record cannot make it again: {why}").format(why=said))
        return
    differing = [
        name
        for name in sorted(made.keys() | manifest["files"].keys())
        if name not in known | {MANIFEST, SUMS} and (name not in made or made[name] != (folder / name).read_bytes())
    ]
    why = _why(manifest, store) if differing else ""
    for name in differing:
        yield Problem(name, "differs", _("The record gives another file for the same question.") + why)
    if not differing and not known and made[MANIFEST] != (folder / MANIFEST).read_bytes():
        yield Problem(MANIFEST, "differs", _("The record gives another manifest for the same questions."))


def _again(folder: Path, manifest: Manifest, store: Store) -> dict[str, bytes]:
    """Make the edition again, by what its manifest says."""
    rule = manifest["rule"]
    word = str(folder / rule["file"]) if rule.get("file") else rule["name"] if rule.get("given") else None
    edition = edition_of(manifest, word)
    if edition.language not in LANGUAGES or not set(edition.reports) <= REPORTS.keys():
        raise LookupError
    return files_of(store, edition, made_by=str(manifest["program"]))


def _why(manifest: Manifest, store: Store) -> str:
    """Return what may be behind a difference: another program, or people who may no longer be named."""
    said = []
    if manifest["program"] != program():
        said.append(_("It was made by {program}; this is {ours}.").format(program=manifest["program"], ours=program()))
    with store.reading(known_by=f"#{manifest['changeset']['seq']}") as db:
        sql = """SELECT count(*) FROM detainees p WHERE p.publish = 'named'
            AND NOT EXISTS (SELECT 1 FROM main.detainees d WHERE d.id = p.id AND d.publish = 'named')"""
        gone = db.execute(sql).fetchone()[0]
    if gone:
        said.append(
            ngettext(
                "{n} person who could be named then may not be named now, and is not made public again.",
                "{n} people who could be named then may not be named now, and are not made public again.",
                gone,
            ).format(n=gone)
        )
    return "".join(f" {each}" for each in said)


def problems_table(folder: Path, found: list[Problem], *, beside: bool) -> Table:
    """Return what is wrong as a table; where nothing is, what was proved."""
    manifest = load(folder) or {}
    proved = ""
    if not found:
        proved = _("{name} is unaltered: {n} files, as sealed.").format(
            name=manifest["edition"], n=len(manifest["files"]) + 2
        )
        proved += " " + (
            _("The record still gives every file byte for byte (change {seq}, {hash}).").format(
                seq=manifest["changeset"]["seq"], hash=manifest["changeset"]["hash"][:8]
            )
            if beside
            else _("It was not held against a record.")
        )
    return Table(PROBLEMS, found, total=len(found), empty=proved)


def editions(folder: Path) -> Table:
    """Return the editions in a folder, in the order of their changesets and days."""
    rows: list[Row] = []
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    for path in paths:
        found = load(path) if path.is_dir() and not path.name.startswith(".") else None
        if found is not None:
            stands, rule = found["changeset"], found.get("rule")
            name = rule.get("name") if isinstance(rule, dict) else None
            unaltered = "no" if any(True for _one in _by_itself(path, found)) else "yes"
            files = len(found["files"]) + 2
            clocks = stands.get("seq"), stands.get("at"), found.get("on"), found.get("published_by")
            rows.append((path.name, *clocks, name, files, unaltered, found.get("seal")))
    rows.sort(key=lambda row: (int(str(row[1] or 0)), str(row[3] or "")))
    return Table(
        EDITIONS,
        rows,
        total=len(rows),
        empty=_("There is no edition in {path}.").format(path=folder),
        tone=lambda row: "error" if row[7] == "no" else None,
    ).pick([column.key for column in EDITIONS if column.key != "seal"])
