"""URLs as sources have them: checked, tidied, and read for what plainly stands in them."""

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

from tracker.domain.text import quoted, refuse_controls
from tracker.errors import BadValue
from tracker.i18n import _

LONGEST: Final = 2000

# Labels before a country's own that say nothing of who publishes: elnacional.com.ve, bbc.co.uk, gob.ve.
_SECOND: Final = frozenset(
    {"com", "co", "org", "net", "gob", "gov", "gouv", "gub", "edu", "ac", "info", "web", "mil", "or", "ne", "go", "nom"}
)

# Houses where every subdomain is somebody else.
_SHARED: Final = frozenset({"wordpress", "blogspot", "substack", "medium", "tumblr", "github"})

_FRONT: Final = frozenset({"www", "www2", "m", "amp", "mobile", "movil"})

# Says who shared the link, not which page it is; and could give a person away.
_TRACKING: Final = re.compile(r"utm_.*|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|igsh")

_SCHEMES: Final = (
    "javascript:",
    "vbscript:",
    "data:",
    "file:",
    "blob:",
    "about:",
    "mailto:",
    "tel:",
    "http:",
    "https:",
    "www.",
)

_HOST: Final = re.compile(r"(?!-)[\w-]{1,63}(?:\.[\w-]{1,63})*\.?|\[[0-9a-f:.]+\]")

_DAY: Final = re.compile(
    r"(?<![0-9])(20[0-9]{2})"
    r"(?:(?P<sep>[/_-])(0?[1-9]|1[0-2])(?P=sep)(0?[1-9]|[12][0-9]|3[01])|(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01]))"
    r"(?![0-9])"
)


@dataclass(frozen=True, slots=True)
class Address:
    """A URL as stored, the host it names, and the date that stands in its path (`2026-01-15` or None)."""

    url: str
    host: str
    date: str | None

    @property
    def publisher(self) -> str:
        """The one word that the host stands for."""
        return publisher_of(self.host)


def looks_like_address(text: str) -> bool:
    """Tell whether a word is meant as a URL, good or bad, and not as a title or a slug."""
    word = text.strip().lower()
    return "://" in word or word.startswith(_SCHEMES)


def read_address(text: str) -> Address:
    """Return what a URL says.

    Raises BadValue unless it is a plain http or https address of at most 2,000 characters.
    """
    url = text.strip()
    if len(url) > LONGEST:
        raise BadValue(
            _("A URL of {count} characters is too long; at most {limit}.").format(count=len(url), limit=LONGEST)
        )
    refuse_controls(url, _("URL"))
    parts = _split(url)
    if parts.username is not None or parts.password is not None:
        raise BadValue(_("The URL {value} holds a user name; take it out.").format(value=quoted(parts.hostname or "")))
    query = (
        urlencode([pair for pair in _pairs(parts.query) if not _TRACKING.fullmatch(pair[0])])
        if _tracked(parts)
        else parts.query
    )
    tidy = urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, parts.fragment))
    return Address(tidy, parts.hostname or "", date_in(parts.path))


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        fine = (
            parts.scheme.lower() in ("http", "https")
            and _HOST.fullmatch((parts.hostname or "").lower())
            and (parts.port or 1)
        )
    except ValueError:  # a port or a bracketed host that is none
        fine = None
    if not fine or any(char.isspace() or char in '<>"\\' for char in url):
        raise BadValue(
            _("{value} is not an address of a page.").format(value=quoted(url)),
            hint=_("A URL begins with https:// or http:// and holds no blanks."),
        )
    return parts


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query, keep_blank_values=True)


def _tracked(parts: SplitResult) -> bool:
    return any(_TRACKING.fullmatch(name) for name, _value in _pairs(parts.query))


def publisher_of(host: str) -> str:
    """Return the name a host stands for: `www.elnacional.com.ve` gives `elnacional`."""
    site = site_of(host)
    return site if ":" in site or site.replace(".", "").isdecimal() else site.partition(".")[0]


def host_of(url: str) -> str:
    """Return the host of a stored URL, empty where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:  # taken over from a list as it was
        return ""


def plain_host(host: str) -> str:
    """Return a host without what stands before any: `www.other.example.net` gives `other.example.net`."""
    labels = host.lower().strip("[]").rstrip(".").split(".")
    while len(labels) > 2 and labels[0] in _FRONT:  # noqa: PLR2004  (m.com is a house of its own)
        labels.pop(0)
    return ".".join(labels)


def site_of(host: str) -> str:
    """Return the part of a host that one house owns: `www.elnacional.com.ve` gives `elnacional.com.ve`."""
    labels = [label for label in host.lower().rstrip(".").split(".") if label]
    if not labels or host.startswith("[") or all(label.isdecimal() for label in labels):
        return host.strip("[]")
    rest = labels[:-1] or labels
    if len(rest) > 1 and rest[-1] in _SECOND:
        rest.pop()
    if len(rest) > 1 and rest[-1] in _SHARED and rest[-2] not in _FRONT:
        rest.pop()
    return ".".join(labels[len(rest) - 1 :])


def date_in(path: str) -> str | None:
    """Return the day that plainly stands in a URL's path: `/2026/01/15/`, `-20260115`. None where none or two do."""
    found = set()
    for match in _DAY.finditer(path):
        year, month, day = match[1], match[3] or match[5], match[4] or match[6]
        found.add(f"{year}-{int(month):02}-{int(day):02}")
    if len(found) != 1:
        return None
    day = found.pop()
    from datetime import date

    try:
        date.fromisoformat(day)
    except ValueError:  # 2026/02/30 is something else
        return None
    return day
