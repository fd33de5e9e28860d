"""Figures as people state them: 24, 50 to 80, at least 80, around 40, 24 of 116."""

import re
from dataclasses import dataclass
from typing import Final

from tracker.casework.values import whole_number
from tracker.domain.names import fold
from tracker.domain.text import quoted
from tracker.domain.vocabulary import VOCABULARIES, read
from tracker.errors import BadValue
from tracker.i18n import _

_NUMBER: Final = r"[0-9][0-9.,  ]*"
_RANGE: Final = re.compile(
    rf"(?:between |entre )?({_NUMBER})(?: *[-–—] *| to | and | a | y | hasta |\.\.)({_NUMBER})", re.IGNORECASE
)
_OUT_OF: Final = re.compile(r"(.*[0-9+])\s+(?:out of|of|de un total de|de)\s+([0-9][0-9.,  ]*)", re.IGNORECASE)
_LOOSE: Final = {
    "more than": "at least",
    "over": "at least",
    "upwards of": "at least",
    "a little more than": "at least",
    "más de": "at least",
    "poco más de": "at least",
    "algo más de": "at least",
    "nearly": "around",
    "almost": "around",
    "casi": "around",
    "less than": "at most",
    "fewer than": "at most",
    "under": "at most",
    "menos de": "at most",
}
"""Words that no qualifier says exactly → the nearest. The number stays the one stated; the words are kept, too."""
_REMARK: Final = re.compile(r"(?:^|(?<=; )|(?<=\n))(?:printed|publicado): ([^;\n]*)(?:; |\n|$)")
"""A remark in a note, in whichever language the claim was recorded."""
_PLUS: Final = re.compile(rf"({_NUMBER})\+")


@dataclass(frozen=True, slots=True)
class Figure:
    """A count as stated: both bounds where it is exact or around, one where it is open, none where none was said.

    `printed` has the words that the qualifier says only nearly: *more than*.
    """

    min: int | None = None
    max: int | None = None
    qualifier: str | None = None
    out_of: int | None = None
    printed: str | None = None

    @property
    def said(self) -> str:
        """The figure in a sentence: `at least 80`, `50–80`, `24 of 116`."""
        if self.min == self.max:
            number = _("no number") if self.min is None else str(self.min)
        elif self.max is None:
            number = _("at least {n}").format(n=self.min)
        elif self.min is None:
            number = _("at most {n}").format(n=self.max)
        else:
            number = f"{self.min}–{self.max}"
        if self.qualifier == "around":
            number = _("around {n}").format(n=number)
        if self.out_of is not None:
            number = _("{n} of {all}").format(n=number, all=self.out_of)
        return number if self.printed is None else f"{number} ({self.remark})"

    @property
    def remark(self) -> str | None:
        """What a note says of the words: `printed: more than`."""
        return None if self.printed is None else _("printed: {words}").format(words=self.printed)


NO_NUMBER: Final = Figure()


def said_loosely(note: str | None) -> str | None:
    """Return the nearest qualifier of the words that the remark in a claim's note has, None where it has none such.

    "More than", "over" and *más de* are one saying, which "at least" is not.
    """
    nearest = {fold(words): key for words, key in _LOOSE.items()}
    return next((nearest[words] for found in _REMARK.findall(note or "") if (words := fold(found)) in nearest), None)


def without_remark(note: str | None) -> str | None:
    """Return a claim's note without what it says of the words of its figure."""
    return _REMARK.sub("", note or "").rstrip("; \n") or None


def read_figure(text: str) -> Figure:
    """Return what a stated count means. Raises BadValue for anything that is no number, range or qualified number."""
    plain = " ".join(text.split())
    out_of = _OUT_OF.fullmatch(plain)
    whole = None
    if out_of is not None:
        plain, whole = out_of[1], whole_number(out_of[2], _("out of"))
    qualifier, printed, rest = _qualified(plain)
    between = _RANGE.fullmatch(rest)
    if between is not None and qualifier in (None, "around"):
        return checked(Figure(_n(between[1]), _n(between[2]), qualifier, whole, printed))
    try:
        number = _n(rest)
    except BadValue:
        raise BadValue(
            _("{value} is no count.").format(value=quoted(text)),
            hint=_(
                "Write 24, 50-80, 'at least 80', 'more than 80', 'at most 80', 'around 40' or '24 of 116'; leave out"
                " what was not said."
            ),
        ) from None
    return checked(
        Figure(
            None if qualifier == "at most" else number,
            None if qualifier == "at least" else number,
            qualifier,
            whole,
            printed,
        )
    )


def figure_of(min_: str | None, max_: str | None, qualifier: str | None, out_of: str | None) -> Figure:
    """Return a figure given in parts, as people write them. A number with "at least" or "at most" bounds one side only.

    Raises BadValue.
    """
    least, most = whole_number(min_, _("the least")), whole_number(max_, _("the most"))
    word = printed = None
    if qualifier:
        loose = {fold(words): key for words, key in _LOOSE.items()}.get(fold(qualifier))
        word, printed = (loose, " ".join(qualifier.split()).lower()) if loose else (read("qualifier", qualifier), None)
    if (word == "at least" and most is not None) or (word == "at most" and least is not None):
        raise BadValue(_("A figure of 'at least' has no most, one of 'at most' no least."))
    if word == "around" and (least is None or most is None):
        least = most = least if least is not None else most
    return checked(Figure(least, most, word, whole_number(out_of, _("out of")), printed))


def _n(text: str) -> int | None:
    return whole_number(text, _("number"))


def _qualified(text: str) -> tuple[str | None, str | None, str]:
    """Return the qualifier that a figure begins with (or the plus it ends in), its words if they say more, the rest."""
    plus = _PLUS.fullmatch(text)
    if plus is not None:
        return "at least", None, plus[1]
    exactly = {word: term.key for term in VOCABULARIES["qualifier"] for word in term.words()}
    for word, key in (exactly | _LOOSE).items():
        length = len(word)
        if fold(text[:length]) == fold(word) and text[length : length + 1] == " ":
            return key, text[:length].lower() if word in _LOOSE else None, text[length:].strip()
    return None, None, text


def checked(figure: Figure) -> Figure:
    """Return the figure. Raises BadValue where its bounds are the wrong way round, or exceed what it is out of."""
    if figure.min is not None and figure.max is not None and figure.min > figure.max:
        raise BadValue(
            _("The least ({min}) is more than the most ({max}).").format(min=figure.min, max=figure.max),
            hint=_("Put the smaller number first."),
        )
    most = figure.max if figure.max is not None else figure.min
    if figure.out_of is not None and most is not None and most > figure.out_of:
        raise BadValue(_("{n} cannot be out of {all}.").format(n=most, all=figure.out_of))
    return figure
