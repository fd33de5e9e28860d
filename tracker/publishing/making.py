"""Making an edition: read what is wanted, make every file, write the folder whole or not at all."""

import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, Final, NamedTuple

from tracker.domain.clock import now_moment
from tracker.domain.counting import ENDING
from tracker.domain.dates import read_moment
from tracker.domain.text import brief, quoted
from tracker.errors import BadValue, DiskTrouble, NotFound, Refused
from tracker.i18n import _, language
from tracker.publishing.edition_reports import chosen
from tracker.publishing.editions import Edition, Previous, pages, speaking
from tracker.publishing.manifest import (
    MANIFEST,
    README,
    SUMS,
    Manifest,
    digest,
    is_sealed,
    manifest_of,
    program,
    readme,
    sums,
    text_of,
)
from tracker.reports.asked import LAST_MINUTE, asking
from tracker.reports.difference.states import local_minute
from tracker.store import Store

FOLDER: Final = "editions"
NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)
DAY: Final = len("2026-01-14")
LONGEST: Final = 200
"""Letters of a path that a sentence shows."""


class Wanted(NamedTuple):
    """An edition in the words of the user."""

    name: str
    on: str | None = None
    known_by: str | None = None
    published_by: str | None = None
    rule: str | None = None
    reports: list[str] | None = None
    previous: str | None = None
    min_cell: str | None = None


def default_folder(store: Store) -> Path:
    """Return where editions are kept unless another folder is named: beside the database."""
    return store.path.parent / FOLDER


def read(store: Store, wanted: Wanted) -> Edition:
    """Return the edition that is meant. Raises BadValue, NotFound, Refused."""
    if not NAME.fullmatch(wanted.name):
        raise BadValue(
            _("{name} cannot be the name of an edition.").format(name=quoted(wanted.name)),
            hint=_("Use letters, digits, dots and dashes, such as 2026-01-14."),
        )
    if wanted.min_cell is not None and wanted.previous is not None:
        raise BadValue(
            _("An erratum tells what changed person by person: small figures cannot be left out of it."),
            hint=_("Leave out --previous, or --min-cell."),
        )
    with asking(store, known_by=wanted.known_by, public=True, min_cell=wanted.min_cell) as (db, asked):
        record, least = asked.record, asked.min_cell
        if not record.changeset:
            raise BadValue(
                _("Nothing was on record yet by {known}.").format(known=quoted(wanted.known_by or "")),
                hint=_("Give a later time, or the number of a change: see 'tracker history'."),
            )
        stands = local_minute(store.head(db).at, record.zone)[:DAY]
    edition = Edition(
        name=wanted.name,
        on=_day(wanted.on, store.zone) or stands,
        changeset=record.changeset,
        published_by=_day(wanted.published_by, store.zone),
        rule=wanted.rule,
        reports=chosen(wanted.reports, min_cell=least is not None),
        language=language(),
        file=record.file,
        previous=None,
        min_cell=least,
    )
    before = None if wanted.previous is None else _previous(store, Path(wanted.previous), edition)
    return replace(edition, previous=before)


def _day(text: str | None, zone: str) -> str | None:
    """Return a day, written as one. Raises BadValue for anything finer or coarser."""
    if text is None:
        return None
    moment, given = read_moment(text, zone=zone, today=date.fromisoformat(now_moment(zone)[:DAY]))
    if not moment.endswith(LAST_MINUTE) or given.earliest is None or given.earliest[:DAY] != moment[:DAY]:
        raise BadValue(
            _("An edition is of a day: {text} is none.").format(text=quoted(text)), hint=_("Write 2026-01-14.")
        )
    return moment[:DAY]


def _previous(store: Store, folder: Path, edition: Edition) -> Previous:
    """Return the edition before, from its folder. Raises NotFound, Refused."""
    found = load(folder)
    if found is None or not is_sealed(found):
        raise NotFound(
            _("{path} holds no edition with its own seal.").format(path=brief(str(folder), LONGEST)),
            hint=_("See what is wrong with it: tracker edition verify {path}").format(path=brief(str(folder), LONGEST)),
        )
    seq, expected = found["changeset"]["seq"], found["changeset"]["hash"]
    if hash_of(store, seq) != expected:
        raise Refused(
            _("{path} was made of another database: its change {seq} is not on record here.").format(
                path=folder, seq=seq
            )
        )
    if seq > edition.changeset:
        raise Refused(_("{path} stands at a later change than this edition.").format(path=folder))
    manifest = digest((folder / MANIFEST).read_bytes())
    return Previous(found["edition"], manifest, seq, expected, found["on"], found["published_by"])


def load(folder: Path) -> Manifest | None:
    """Return the manifest of an edition's folder; None where there is none that can be read."""
    with suppress(OSError, ValueError):
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if (
            isinstance(found, dict)
            and isinstance(found.get("files"), dict)
            and isinstance(found.get("changeset"), dict)
        ):
            return found
    return None


def hash_of(store: Store, seq: int) -> str | None:
    """Return the hash of a changeset of this record, None where there is none of that number."""
    with store.reading() as db:
        row = db.execute("SELECT hash FROM changesets WHERE seq = ?", (seq,)).fetchone()
    return row[0] if row else None


def files_of(store: Store, edition: Edition, *, made_by: str | None = None) -> dict[str, bytes]:
    """Return every file of an edition by name. `made_by`: the program that made it first."""
    made = list(pages(store, edition))
    with speaking(edition.language):
        about = _about(store, edition, made_by or program())
        page = readme(edition, about, made)
    found = {each.name: each.data for each in made} | {README: page}
    if edition.rule is not None and edition.rule.lower().endswith(ENDING):
        about["rule"]["file"] = Path(edition.rule).name
        found[about["rule"]["file"]] = Path(edition.rule).read_bytes()
    manifest = manifest_of(edition, about, made, page)
    for name in found.keys() - manifest["files"].keys():
        manifest["files"][name] = {"bytes": len(found[name]), "sha256": digest(found[name])}
    from tracker.publishing.manifest import sealed

    found[MANIFEST] = text_of(sealed(manifest))
    return {**found, SUMS: sums(found)}


def _about(store: Store, edition: Edition, made_by: str) -> dict[str, Any]:
    """Return what a manifest says of the record, the changeset, the rule and the program."""
    with asking(store, known_by=edition.known_by, rule=edition.rule) as (db, asked):
        record, at = asked.record, local_minute(store.head(db).at, asked.record.zone)
    return {
        "record": {"file": edition.file, "we": record.we, "country": record.country, "zone": record.zone},
        "changeset": {"seq": record.changeset, "hash": record.hash, "at": at},
        "rule": {"name": asked.rule.name, "text": asked.rule.text, "given": edition.rule is not None},
        "program": made_by,
    }


def write_whole(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder whole or not at all. Raises Refused where something is there, DiskTrouble."""
    if folder.exists() or folder.is_symlink():
        same = folder.is_dir() and all(_read(folder / name) == data for name, data in files.items())
        same = same and {path.name for path in folder.iterdir()} == set(files)
        raise Refused(
            _("{path} is there already, and identical to what would be written.").format(path=folder)
            if same
            else _("{path} is there already.").format(path=folder),
            hint=_("Nothing was written. Give the edition another name, or another folder with --to."),
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
        try:
            for name, data in files.items():
                with (unfinished / name).open("xb") as file:
                    file.write(data)
                    file.flush()
                    os.fsync(file.fileno())
            unfinished.rename(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as problem:
        raise DiskTrouble(
            _("Cannot write {path}: {why}.").format(path=folder, why=problem.strerror or problem),
            hint=_("Choose another place."),
        ) from problem


def _read(path: Path) -> bytes | None:
    with suppress(OSError):
        return path.read_bytes()
    return None
