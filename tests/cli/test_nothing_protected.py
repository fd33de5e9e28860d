"""Every command that publishes, found in the tree, in every format, on random records: nothing protected comes out.

Protected are names, other names, identifiers, notes, private sources and voices, texts about people who may not be
named, evidence, lists, actors, reasons and the secrets of the log (every such text holds one word), and the refs and
ids of everybody who may not be named.
"""

import os
import zipfile
from pathlib import Path

import pytest
from hidden_lives import CLAIMANTS, SOURCES, lives, secret
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from invented_lives import a_store, enter
from reference import leaves
from shell import Tracker

from tracker.cli.output import FORMATS
from tracker.reports.columns import SPECS
from tracker.reports.groups import GROUPS
from tracker.reports.public import named_table
from tracker.store import Store

LINES: dict[str, tuple[str, ...]] = {
    "remaining": ("", "--explain", "--uncertain", "--columns {columns}", "--sex female --min-cell 2", "--on 2026-01-10"),
    "released": ("", "--explain", "--columns {columns}", "--pseudonyms keep"),
    "summary": ("", "--by {group}", "--by {group} --list", "--by {group} --explain", "--by facility --min-cell 3"),
    "bulletin": ("--since 2026-01-05", "--list place", "--list sex --explain", "--since 2026-01-05 --min-cell 3"),
    "gap": ("", "--list {claim}", "--list {claim} --explain"),
    "flow": ("--from 2026-01-05", "--from 2026-01-05 --list opening", "--from 2026-01-05 --list closing --explain",
        "--from 2026-01-05 --known-by-from 2", "--from 2026-01-05 --min-cell 2"),
    "timeline": ("", "--per month"),
    "stale": ("--days 1", "--days 1 --explain"),
    "coverage": ("", "--all", "--list age", "--all --explain"),
    "estimate": ("foro-2026-01-13 libre-2026-01-14 --list only_a",),
    "diff": ("--known-by 2", "--known-by 1"),
    "detainee list": ("", "--columns {columns}"),
    "find": ("ana", "rodeo", "foro", "e"),
    "why": ("{named}", "{unnamed}"),
    "export list": ("", "--known-by 2"),
    "export releases": ("", "--pseudonyms keep"),
    "export remaining": ("", "--columns {columns}"),
    "export sources": ("",),
    "export claims": ("",),
    "export all": ("{folder}",),
    "edition make": ("{edition}", "{edition} --min-cell 2"),
}  # fmt: skip
"""Command → what it is tried with, besides --public and a format. A new command that publishes fails without a line."""

FOLDERS = frozenset({"export all", "edition make"})
OPTIONAL = frozenset({"why"})
"""Commands that may refuse to speak of somebody."""

PUBLISHING = {" ".join(leaf.words) for leaf in leaves() if any(param.name == "public" for param in leaf.command.params)}


def test_every_command_that_publishes_is_tried() -> None:
    assert {"edition make", *PUBLISHING} == {*LINES}


def fill(store: Store, people: list) -> None:
    """Enter the people, and all else that is protected."""
    enter(store, people, sources=SOURCES, claimants=CLAIMANTS)
    with store.writing(secret("motivo"), actor=secret("actora")) as change:
        claimant = change.db.execute("SELECT id FROM claimants LIMIT 1").fetchone()
        claimant = claimant[0] if claimant else change.insert(
            "claimants", {"name": "Foro Libre", "kind": "monitor", "default_status": "verified"})  # fmt: skip
        source = change.db.execute("SELECT id FROM sources WHERE slug = 'foro-2026-01-13'").fetchone()[0]
        facility = change.insert("facilities", {"name": "Rodeo Dos", "note": secret("nota")})
        claim = change.insert("claims", {"claimant": claimant, "measure": "held", "min": 5, "as_of": "2026-01-12",
            "note": secret("nota"), "scope": f'{{"facility":"{facility}"}}'})  # fmt: skip
        change.insert("citations", {"source": source, "claim": claim, "stance": "supports"})
        change.insert("sources", {"slug": "libre-2026-01-14", "published": "2026-01-14", "note": secret("nota")})
        change.insert("evidence", {"source": source, "file_name": secret("prueba.pdf"), "sha256": "ab" * 32, "size": 3})
        ids = [row[0] for row in change.db.execute("SELECT id FROM detainees LIMIT 2")]
        change.insert(
            "judgements",
            {"one": ids[0], "other": ids[1], "verdict": "different", "who": secret("yo"), "why": secret("x")},
        )
        change.insert("lists", {"name": secret("lista"), "source": source, "file": secret("lista.csv"), "sha256": "cd" * 32,
            "size": 3, "entered": "2026-01-14"})  # fmt: skip
        change.insert("settings", {"id": f"minor_named:{ids[0]}x", "value": secret("razón")})


def protected(store: Store) -> tuple[list[str], dict[str, str]]:
    """The refs, ids and secrets that must not come out, and what the lines ask about."""
    with store.reading() as db:
        unnamed = f"WITH {named_table(db)} SELECT id, ref FROM detainees WHERE id NOT IN (SELECT id FROM named)"
        hidden = [word for row in db.execute(unnamed) for word in row]
        keys = [
            row[0]
            for row in db.execute("SELECT key FROM seals UNION ALL SELECT salt FROM changesets WHERE salt IS NOT NULL")
        ]
        [claim] = db.execute("SELECT ref FROM claims").fetchone()
        named = db.execute(f"WITH {named_table(db)} SELECT d.ref FROM detainees d JOIN named USING (id)").fetchone()
    return [*hidden, *keys], {
        "claim": claim,
        "named": named[0] if named else "Ana",
        "unnamed": hidden[1] if hidden else "Ana",
    }


def came_out(tracker: Tracker, name: str, words: list[str], form: str, tmp: Path) -> str:
    """Run a command for publication and return all that it wrote, unpacked."""
    file = tmp / f"out.{form}"
    file.unlink(missing_ok=True)
    more = [] if name == "edition make" else ["--public"]
    more += [] if name in FOLDERS else ["--format", form, "-o", str(file)]
    ran = tracker(*name.split(), *words, *more)
    assert ran.code == 0 or (name in OPTIONAL and ran.code in (3, 4)), (name, words, ran)
    texts = [ran.out, ran.err]
    if name in FOLDERS:
        texts += [path.read_text(encoding="utf-8") for path in sorted(Path(words[0]).rglob("*")) if path.is_file()]
    elif form == "xlsx" and file.exists():
        with zipfile.ZipFile(file) as book:
            texts += [book.read(part).decode() for part in book.namelist()]
    elif file.exists():
        texts.append(file.read_text(encoding="utf-8"))
    return "\n".join(texts)


def try_everything(template: Path, tmp: Path, people: list, group: str, forms: tuple[str, ...]) -> int:
    """Run every line in these formats (one after the other where there are several lines); return how many that were."""
    tried = 0
    with a_store(template) as store:
        fill(store, people)
        hidden, known = protected(store)
        tracker = Tracker(store.path)
        for name, lines in LINES.items():
            for place, line in enumerate(lines):
                for form in forms if len(forms) == len(FORMATS) else (forms[place % len(forms)],):
                    at = {"columns": ",".join(SPECS), "group": group, "folder": f"{tmp}/{store.path.parent.name}-{tried}",
                        "edition": f"e{tried}", **known}  # fmt: skip
                    words = line.format(**at).split()
                    asked = set(words)
                    if name == "edition make":
                        words += ["--to", str(tmp)]
                        found = came_out(tracker, name, words, form, tmp) + "".join(
                            path.read_text(encoding="utf-8") for path in (tmp / words[0]).iterdir())  # fmt: skip
                        for path in (tmp / words[0]).iterdir():
                            path.unlink()
                        (tmp / words[0]).rmdir()
                    else:
                        found = came_out(tracker, name, words, form, tmp)
                    tried += 1
                    low = found.lower()
                    assert "ecret" not in low, (name, words, form, low[low.index("ecret") - 200 :][:300])
                    told = [word for word in hidden if word in found and word not in asked]
                    assert not told, (name, words, form, told[:3])
    return tried


records = st.lists(lives(), min_size=8, max_size=16)
groups = st.sampled_from([by for by in GROUPS if by != "tag"])
quiet = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(
    max_examples=int(os.environ.get("TRACKER_PUBLIC_EXAMPLES", "1")),
    deadline=None,
    suppress_health_check=quiet,
    phases=[Phase.generate],
)
@given(people=records, group=groups, forms=st.permutations(FORMATS))
def test_no_publication_holds_anything_protected(
    template_database: Path, tmp_path: Path, people: list, group: str, forms: list[str]
) -> None:
    assert try_everything(template_database, tmp_path, people, group, tuple(forms[:2])) >= len(LINES)


@pytest.mark.long
@settings(max_examples=25, deadline=None, suppress_health_check=quiet, phases=[Phase.generate])
@given(people=records, group=groups)
def test_no_publication_holds_anything_protected_in_all_formats(
    template_database: Path, tmp_path: Path, people: list, group: str
) -> None:
    print(try_everything(template_database, tmp_path, people, group, FORMATS), "publications searched")
