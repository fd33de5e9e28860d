"""Sources: articles, lists, court papers, calls. A URL becomes a source by itself; nothing is fetched.

The publisher of a URL is its host's name, the date one that stands in its path (`/2026/01/15/`, `-20260115`); what
does not stand there is not guessed. A slug is the publisher and the date (`infobae-2026-01-15`, `-2` when taken,
`infobae-undated`). Where a source of another house has that name, the whole host is the publisher's.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tracker.casework.addresses import (
    Address,
    host_of,
    looks_like_address,
    plain_host,
    publisher_of,
    read_address,
    site_of,
)
from tracker.casework.edits import SOURCE, edited
from tracker.casework.values import line, past_date, words
from tracker.domain.dates import bounds
from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.domain.vocabulary import read
from tracker.errors import BadValue, NotFound, Refused
from tracker.i18n import _
from tracker.matching.voices import find_source
from tracker.store import Change, Connection, Row

__all__ = ["add_source", "edit_source", "find_or_add_source", "find_source", "free_slug", "read_slug"]

UNDATED = "undated"
LONGEST_SLUG = 80
SLUG_WORDS = 4


def find_or_add_source(change: Change, text: str, *, published: str | None = None) -> tuple[str, tuple[str, ...]]:
    """Return the id of the source that a slug, ref or URL means, and what to tell the user.

    An unknown URL becomes a source. Raises NotFound with near slugs for anything else unknown, BadValue for a URL
    that cannot be one.
    """
    address = read_address(text) if looks_like_address(text) else None
    try:
        return find_source(change.db, address.url if address else text)["id"], ()
    except NotFound:
        if address is None:
            raise
    added = add_source(change, url=address.url, published=published)
    row = change.get("sources", added)
    if row["published"]:
        said = _("New source {slug} ({ref}), published {date}.").format(
            slug=row["slug"], ref=row["ref"], date=row["published"]
        )
        return added, (said,)
    said = _("New source {slug} ({ref}), its date unknown.").format(slug=row["slug"], ref=row["ref"])
    hint = _("Say when it was published: tracker source edit {slug} --published DATE").format(slug=row["slug"])
    return added, (said, hint)


def add_source(
    change: Change,
    *,
    url: str | None = None,
    title: str | None = None,
    slug: str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    published: str | None = None,
    accessed: str | None = None,
    language: str | None = None,
    reliability: str | None = None,
    public: bool = True,
    note: str | None = None,
    dated: bool = False,
) -> str:
    """Add a source and return its id; a URL lends publisher and date where they are not given.

    `dated` wants the date to be known or said to be unknown.
    Raises Refused where the URL or slug is taken or there is neither URL, title nor slug; BadValue for what cannot be
    read.
    """
    address = read_address(url) if url else None
    title = line(title, _("title"))
    if address is None and not title and not slug:
        raise Refused(_("A source needs a title or a URL."))
    if address is not None:
        _refuse_known(change.db, address)
    if published is None and address is not None:
        published = address.date
    if dated and published is None:
        raise BadValue(
            _("When was it published?"), hint=_("Say so with --published DATE, or with --published unknown.")
        )
    when = past_date(change.db, published, _("The date of publication"))
    publisher = line(publisher, _("publisher")) or (_publisher(change.db, address) if address else None)
    return change.insert(
        "sources",
        {
            "slug": read_slug(change.db, slug) if slug else free_slug(change.db, publisher or title or "", when),
            "title": title,
            "publisher": publisher,
            "author": line(author, _("author")),
            "url": address.url if address else None,
            "published": when,
            "accessed": past_date(change.db, accessed, _("The date of access")),
            "language": read_language(language),
            "reliability": read("reliability", reliability) if reliability else None,
            "public": int(public),
            "note": words(note, _("note")),
        },
    )


def _publisher(db: Connection, address: Address) -> str:
    """Return the publisher that a URL lends: the one word of its host, the whole host where another house has the word.

    A publisher that somebody wrote for another address (a copy in an archive) takes no word away.
    """
    word = address.publisher
    rows = db.execute("SELECT url FROM sources WHERE publisher = ? AND url IS NOT NULL", (word,)).fetchall()
    houses = {site_of(host) for row in rows if publisher_of(host := host_of(row["url"])) == word}
    return word if not houses or site_of(address.host) in houses else plain_host(address.host)


def _refuse_known(db: Connection, address: Address, but: str | None = None) -> None:
    try:
        known = find_source(db, address.url)
    except NotFound:
        return
    if known["id"] != but:
        raise Refused(
            _("This URL is already a source: {slug} ({ref}).").format(slug=known["slug"], ref=known["ref"]),
            hint=_("Cite it with -s {slug}.").format(slug=known["slug"]),
        )


def edit_source(change: Change, source: Row, given: Mapping[str, str | None]) -> list[str]:
    """Change what is given (empty text empties a column) and return a sentence for each change.

    A slug that ends in `-undated` follows the date once there is one; no other slug is ever renamed by itself. Raises
    Refused where a slug or URL is taken, BadValue.
    """
    values = {
        name: read_source_value(change.db, name, text, source=source["id"])
        for name, text in given.items()
        if text is not None
    }
    if values.get("published") and "slug" not in values and _is_undated(source["slug"]):
        base = source["slug"].rpartition(f"-{UNDATED}")[0]
        values["slug"] = free_slug(change.db, base, values["published"])
    return edited(change, "sources", source["id"], values, SOURCE)


def _is_undated(slug: str) -> bool:
    before, found, after = slug.rpartition(f"-{UNDATED}")
    return bool(before and found) and (not after or after[1:].isdecimal())


def read_source_value(db: Connection, field: str, text: str, *, source: str | None = None) -> Any:
    """Return what `text` means in a column of `sources`. Raises BadValue, Refused where a slug or URL is taken."""
    if field == "slug":
        return read_slug(db, text, but=source)
    if field == "url" and text.strip():
        address = read_address(text)
        _refuse_known(db, address, but=source)
        return address.url
    readers: dict[str, Callable[[], Any]] = {
        "published": lambda: past_date(db, text, _("The date of publication")),
        "accessed": lambda: past_date(db, text, _("The date of access")),
        "language": lambda: read_language(text),
        "reliability": lambda: read("reliability", text) if text.strip() else None,
        "public": lambda: int(read("yes_no", text) == "yes"),
        "note": lambda: words(text, _("note")),
    }
    return readers.get(field, lambda: line(text, _(SOURCE[field].label)))()


def read_language(text: str | None) -> str | None:
    """Return a language code of two or three letters. Raises BadValue."""
    code = (text or "").strip().lower()
    if not code:
        return None
    if not (code.isascii() and code.isalpha() and len(code) in (2, 3)):
        raise BadValue(_("{value} is not a language code; use es, en, pt …").format(value=quoted(text or "")))
    return code


def read_slug(db: Connection, text: str, *, but: str | None = None) -> str:
    """Return a slug as stored: lower-case letters, digits and dashes. Raises BadValue, Refused where it is taken."""
    slug = text.strip().lower()
    plain = "-".join(fold(slug).split())
    if slug != plain or not any(char.isalnum() for char in slug) or not slug.isascii() or len(slug) > LONGEST_SLUG:
        raise BadValue(
            _("{value} is no slug: letters a–z, digits and single dashes, at most {most}.").format(
                value=quoted(text), most=LONGEST_SLUG
            ),
            hint=_("For example {slug}.").format(slug=plain[:LONGEST_SLUG].strip("-"))
            if plain.isascii() and plain
            else None,
        )
    row = db.execute("SELECT id, ref FROM sources WHERE slug = ?", (slug,)).fetchone()
    if row is not None and row["id"] != but:
        raise Refused(_("The slug {slug} is taken by {ref}.").format(slug=slug, ref=row["ref"]))
    return slug


def free_slug(db: Connection, name: str, published: str | None) -> str:
    """Return the first free slug of a publisher or title and a date of publication (canonical text, None: undated)."""
    plain = [word for word in fold(name).split() if word.isascii()][:SLUG_WORDS]
    base = "-".join(plain)[: LONGEST_SLUG - 30].strip("-") or "source"
    base += f"-{_slug_date(published)}"
    for slug in _numbered(base):
        if db.execute("SELECT 1 FROM sources WHERE slug = ?", (slug,)).fetchone() is None:
            return slug
    raise AssertionError


def _slug_date(published: str | None) -> str:
    """Return the date as a slug has it: a day, month or year as it is, the last day of an interval, `undated`."""
    if published is None:
        return UNDATED
    if ".." in published:
        return (bounds(published)[1] or UNDATED)[:10]
    return published[:10]


def _numbered(base: str) -> Iterator[str]:
    yield base
    number = 2
    while True:
        yield f"{base}-{number}"
        number += 1
