"""Which source and which claimant is meant: sources by slug, ref or URL, claimants by any of their names."""

from typing import Final

from tracker.domain.names import exact, fold
from tracker.domain.text import quoted
from tracker.errors import Ambiguous, BadValue, NotFound
from tracker.i18n import _
from tracker.store import Connection, Row
from tracker.store.ids import read_ref

MOST_NEAR: Final = 5


def find_source(db: Connection, text: str) -> Row:
    """Return the row of `sources` that `text` means: a slug, a ref (`S-7k3m9q`) or a URL.

    Raises NotFound with the nearest slugs, Ambiguous where one URL stands for several sources, BadValue for nothing.
    """
    word = text.strip()
    if not word:
        raise BadValue(_("Which source is meant? The word is empty."), hint=_("Give a slug, a URL or a ref."))
    found = db.execute("SELECT * FROM sources WHERE slug = ?", (word.lower(),)).fetchall()
    if not found and "://" in word:
        spellings = same_page(word)
        marks = ", ".join("?" * len(spellings))
        found = db.execute(f"SELECT * FROM sources WHERE url IN ({marks}) ORDER BY slug", spellings).fetchall()
    if not found and (ref := read_ref(word)) is not None:
        found = db.execute("SELECT * FROM sources WHERE ref = ?", (ref,)).fetchall()
    if len(found) == 1:
        one: Row = found[0]
        return one
    if found:
        raise Ambiguous(
            _("{n} sources on record answer to {name}:").format(n=len(found), name=quoted(text)),
            candidates=[f"{source['ref']}  {source['slug']}" for source in found],
            hint=_("Use the slug of the one you mean."),
        )
    raise NotFound(
        _("There is no source {name} on record.").format(name=quoted(text)),
        candidates=[] if "://" in word else _near(word, [row[0] for row in db.execute("SELECT slug FROM sources")]),
        hint=_("'tracker source list' shows them all; 'tracker source add' adds one."),
    )


def same_page(url: str) -> list[str]:
    """Return the spellings under which a URL may be on record: http or https, www.

    or not, a slash at the end or not.
    """
    scheme, _colon, rest = url.partition("://")
    if scheme.lower() not in ("http", "https"):
        return [url]
    host, slash, path = rest.partition("/")
    host = host.lower().removeprefix("www.")
    path = slash + path
    paths = dict.fromkeys((path, path.rstrip("/"), path.rstrip("/") + "/") if "?" not in path else (path,))
    return [f"{way}://{front}{host}{end}" for way in ("https", "http") for front in ("", "www.") for end in paths]


def find_claimant(db: Connection, text: str) -> Row:
    """Return the row of `claimants` that `text` means: a ref (`C-7k3m9q`) or any of its names.

    Raises NotFound with the nearest names, Ambiguous where several claimants share the name, BadValue for an empty one.
    """
    if not text.strip():
        raise BadValue(_("Which claimant is meant? The name is empty."), hint=_("Give a name or a ref."))
    found = claimants_called(db, text)
    if not found and (ref := read_ref(text)) is not None:
        found = db.execute("SELECT * FROM claimants WHERE ref = ?", (ref,)).fetchall()
    if len(found) == 1:
        one: Row = found[0]
        return one
    if found:
        raise Ambiguous(
            _("{n} claimants on record answer to {name}:").format(n=len(found), name=quoted(text)),
            candidates=[f"{claimant['ref']}  {claimant['name']}" for claimant in found],
            hint=_("Use the ref of the one you mean."),
        )
    names = db.execute("SELECT name FROM claimants UNION SELECT name FROM claimant_names")
    raise NotFound(
        _("There is no claimant {name} on record.").format(name=quoted(text)),
        candidates=_near(text, [row[0] for row in names]),
        hint=_("'tracker claimant list' shows them all; 'tracker claimant add' adds one."),
    )


def claimants_called(db: Connection, name: str) -> list[Row]:
    """Return the claimants with exactly this name; where there are none, those with it but for accents."""
    rows = db.execute(
        "SELECT id, name_exact FROM claimants WHERE name_key = :key"
        " UNION SELECT claimant, name_exact FROM claimant_names WHERE name_key = :key",
        {"key": fold(name)},
    ).fetchall()
    same = exact(name)
    ids = {row["id"] for row in rows if row["name_exact"] == same} or {row["id"] for row in rows}
    marks = ", ".join("?" * len(ids))
    return db.execute(f"SELECT * FROM claimants WHERE id IN ({marks}) ORDER BY name, id", sorted(ids)).fetchall()


def _near(word: str, known: list[str]) -> list[str]:
    """Return the nearest of `known`, best first, at most five."""
    from rapidfuzz import fuzz, process

    by_key = {fold(name): name for name in known}
    near = process.extract(fold(word), list(by_key), scorer=fuzz.WRatio, score_cutoff=75, limit=MOST_NEAR)
    return [by_key[key] for key, _score, _place in near]
