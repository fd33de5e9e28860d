"""The steps of `why`: each detention with its arrest, stays and releases, which of them decides, and the death.

A sentence for every record that counts by the moment asked about, and for every one that does not, with the reason;
right below each, what sources say against it. `Step.open` marks what a vague date leaves open there.
"""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from tracker.domain.counting import Rule
from tracker.domain.lists import WHEREABOUTS_UNKNOWN
from tracker.domain.vocabulary import DEPRIVED, KIND_STANDING, label
from tracker.i18n import _
from tracker.reports.asked import said
from tracker.reports.person_records import Citation
from tracker.reports.why_life import Event, Life, Spell
from tracker.reports.why_words import doubt, others, pro, terms, voices, when
from tracker.store import Row
from tracker.table import Labelled

HOME: Final = "house_arrest"


class Step(NamedTuple):
    """One sentence, who says so (None where it is no statement of theirs), and whether it leaves something open."""

    sentence: str
    sources: tuple[Labelled, ...] | None = None
    open: bool = False


def custody(life: Life, rule: Rule) -> Iterator[Step]:
    """Yield the steps from the first arrest to the detention that decides, then the death."""
    deciding = life.standing["detention"] if life.standing is not None else None
    for place, spell in enumerate(life.spells):
        yield from _arrest(life, spell, again=place > 0)
        if spell not in life.begun:
            continue
        if spell.row["id"] == deciding or not spell.ends(life.look):
            yield from _stays(life, spell)
        for row, event in spell.releases:
            yield from _release(life, spell, row, event, rule)
        yield from _run_out(life, spell)
    yield from _decides(life)
    yield from _death(life)


def _told(life: Life, record: str, sentence: str, fields: Mapping[str, str | None], *, open_: bool) -> Iterator[Step]:
    """Yield a record's own sentence with who supports it, then what sources say against it or otherwise."""
    cited = life.cited.get(record, [])
    sources = voices(pro(cited, fields)) or (() if cited else (_uncited(),))
    yield Step(sentence, sources, open_)
    yield from _against(cited, fields)


def _against(cited: list[Citation], fields: Mapping[str, str | None]) -> Iterator[Step]:
    for sentence, own in others(cited, fields):
        yield Step(sentence, voices(own))


def _uncited() -> Labelled:
    return Labelled("uncited", label("page_stance", "uncited"))


def _not_yet(life: Life, event: Event) -> str:
    """Return why something that counts has not happened by the moment, '' where it has or its date leaves it open."""
    if event.at > life.moment:
        if event.open(life.moment):
            return ""
        return " " + _("That is later than {day}: it does not count yet.").format(day=said(life.moment))
    return " " + _("That is not before the death: it does not count.") if event.at > life.look else ""


def _arrest(life: Life, spell: Spell, *, again: bool) -> Iterator[Step]:
    row = spell.row
    sentence = _("Taken again {when} ({ref}).") if again else _("Arrested {when} ({ref}).")
    sentence = sentence.format(when=when(row["began"]), ref=row["ref"])
    if not row["began"] and not spell.arrest.open(life.moment):
        sentence += " " + _("That counts as begun on every day.")
    if not life.dead:
        sentence += _not_yet(life, spell.arrest)
    sentence += doubt(spell.arrest, life.moment, row["began_from"])
    fields = {"detained_on": row["began"], "sentence_ends": row["sentence_ends"]}
    yield from _told(life, row["id"], sentence, fields, open_=spell.arrest.open(life.moment))


def _stays(life: Life, spell: Spell) -> Iterator[Step]:
    """Yield the latest stay by then, and those that are later or whose date leaves it open."""
    latest = spell.stay(life.look)
    if latest is None and not spell.ends(life.look):
        yield Step(_("No place of detention is on record by {day}.").format(day=said(life.moment)))
    for row, event in spell.stays:
        open_ = event.open(life.moment) and bool(row["since"] or event.lo)
        if row is not latest and event.at <= life.look and not open_:
            continue  # an earlier place, left for a later one
        lost = row["whereabouts_unknown"]
        if row is not latest or spell.ends(life.look):
            sentence = _("Whereabouts unknown {since} ({ref}).") if lost else _("Held at {place} {since} ({ref}).")
            if row is latest and not lost:
                sentence = _("Last held at {place} {since} ({ref}).")
        elif lost:
            sentence = _("Whereabouts unknown {since} ({ref}): the latest stay by {day}.")
        else:
            sentence = _("Held at {place} {since} ({ref}): the latest stay by {day}.")
        since = _("since {date}").format(date=row["since"]) if row["since"] else _("since an unknown day")
        if row is spell.stays[0][0] and not row["since"]:
            since = _("since the arrest")
        sentence = sentence.format(place=row["place"], since=since, ref=row["ref"], day=said(life.moment))
        sentence += _not_yet(life, event) + (doubt(event, life.moment, row["since_from"]) if open_ else "")
        fields = {
            "facility": WHEREABOUTS_UNKNOWN if lost else row["place"],
            "facility_since": row["since"],
        }
        yield from _told(life, row["id"], sentence, fields, open_=open_)


def _counting(spell: Spell, row: Row) -> Row | None:
    """Return the release that counts just before one, None for the first."""
    before = None
    for one, event in spell.releases:
        if one["id"] == row["id"]:
            break
        before = one if event is not None else before
    return before


def _release(life: Life, spell: Spell, row: Row, event: Event | None, rule: Rule) -> Iterator[Step]:
    open_ = False
    if event is None:
        sentence = _uncounted(life, row)
    else:
        sentence, effect = _counted(row, _counting(spell, row), rule)
        sentence += f" {effect}" if effect and event.at <= life.look else ""
        undecided = life.death is not None and event.lo < life.death.hi and event.hi >= life.death.lo
        undecided = undecided and life.death is not None and life.death.lo <= life.moment
        open_ = event.open(life.moment) or undecided
        sentence += _not_yet(life, event) + doubt(event, life.moment, row["released_from"])
        if undecided:
            sentence += " " + _("Whether this or the death came first is open.")
    fields = {"released_on": row["released"], "release_kind": row["kind"], "release_status": row["status"]}
    yield from _told(life, row["id"], sentence, fields, open_=open_)


def _counted(row: Row, before: Row | None, rule: Rule) -> tuple[str, str]:
    """Return the sentence of a release that the rule accepts, after the one `before`, and that of its effect."""
    effect = _("That ends the detention.")
    if before is not None and before["kind"] == HOME and row["kind"] != HOME:
        sentence, effect = _("Left house arrest {when}: {terms}."), ""
    elif before is not None:
        sentence, effect = _("New terms {when}: {terms}."), _("That is not another release.")
    elif row["kind"] == HOME:
        sentence, effect = _("Moved to house arrest {when}: {terms}."), _("By this rule that is out.")
        if HOME in rule.deprived:
            effect = _("That is out of prison, still deprived of liberty.")
    elif row["kind"] == "escaped":
        sentence = _("Escaped {when}: {terms}.")
    else:
        sentence = _("Released {when}: {terms}.")
    return sentence.format(when=when(row["released"]), terms=terms(row)), effect


def _uncounted(life: Life, row: Row) -> str:
    """Return the sentence of a release that the rule does not accept."""
    if row["status"] == "retracted":
        sentence = _("Said to be out {when}: {terms}. It proved false: it does not count.")
    else:
        sentence = _("Said to be out {when}: {terms}. By this rule that does not end a detention.")
    sentence = sentence.format(when=when(row["released"]), terms=terms(row))
    if row["released_from"] is not None and row["released_from"] > life.moment:
        sentence += " " + _("It is later than {day} besides.").format(day=said(life.moment))
    return sentence


def _run_out(life: Life, spell: Spell) -> Iterator[Step]:
    """Yield that a sentence was over by then, or by a death, without a word of release."""
    until = max(life.look, min(life.death.hi, life.moment)) if life.death is not None else life.look
    ends = [event for _row, event in spell.releases if event is not None]
    if spell.over > until or (ends and ends[0].hi <= life.look and ends[0].at <= life.look):
        return
    sentence = _("The sentence ended {when}: still counted as held until a release, but it could be over.")
    yield Step(sentence.format(when=when(spell.row["sentence_ends"])), None, True)


def _decides(life: Life) -> Iterator[Step]:
    """Yield which detention decides, and why; and where vague dates leave open which release came last."""
    deciding = life.standing["detention"] if life.standing is not None else None
    spell = next((one for one in life.begun if one.row["id"] == deciding), None)
    if spell is None:
        return
    yield Step(_reason(life, spell).format(ref=spell.row["ref"], day=said(life.moment)))
    mine = _possible_ends(life, spell)
    for other in life.begun:
        theirs = _possible_ends(life, other) if other is not spell else []
        rivals = [
            (one, two)
            for one, event in mine
            for two, rival in theirs
            if event.lo <= rival.hi and rival.lo <= event.hi and not event.lo == event.hi == rival.lo == rival.hi
        ]
        if rivals:
            one, two = rivals[-1]
            sentence = _("Which of {one} and {two} came last is open.")
            yield Step(sentence.format(one=one["ref"], two=two["ref"]), None, True)


def _possible_ends(life: Life, spell: Spell) -> list[tuple[Row, Event]]:
    """Return the releases that may have been the last of a detention by then."""
    counting = [(row, event) for row, event in spell.releases if event is not None and event.lo <= life.look]
    return [
        (row, event)
        for place, (row, event) in enumerate(counting)
        if not any(later.hi <= life.look for _row, later in counting[place + 1 :])
    ]


def _reason(life: Life, spell: Spell) -> str:
    begun = life.begun
    ended = {one.row["id"]: one.ends(life.look)[-1][1].at for one in begun if one.ends(life.look)}
    if len(begun) == 1:
        return _("{ref} decides: the only detention that had begun by {day}.")
    if spell.row["id"] not in ended:
        if len(ended) == len(begun) - 1:
            return _("{ref} decides: the only detention begun by {day} and not over.")
        return _("{ref} decides: of several not over by {day}, a known place comes first, then the later arrest.")
    latest = max(ended.values())
    if ended[spell.row["id"]] < latest:
        return _("{ref} decides: all were over by {day}, they overlapped, and its terms are the most restrictive.")
    if list(ended.values()).count(latest) > 1:
        return _("{ref} decides: all were over by {day} in the same minute, and its terms are the most restrictive.")
    return _("{ref} decides: all were over by {day}, and its release is the latest.")


def _death(life: Life) -> Iterator[Step]:
    person, death = life.person, life.death
    if death is None:
        return
    where = "; ".join(part for part in (person["died_place"], person["died_cause"]) if part)
    sentence = _("Died {when}.") if not where else _("Died {when}: {where}.")
    sentence = sentence.format(when=when(person["died"]), where=where)
    sentence += _not_yet(life, death) if not life.dead else ""
    sentence += doubt(death, life.moment, person["died_from"])
    if life.dead:
        was = before_death(life)
        held = (
            _("Just before that: {standing}, so it was in custody.")
            if was in DEPRIVED
            else _("Just before that: {standing}, so it was not in custody.")
        )
        sentence += " " + held.format(standing=label("standing", was))
    own = [one for one in life.cited.get(person["id"], []) if one.field == "died_on"]
    fields = {"died_on": person["died"]}
    yield Step(sentence, voices(pro(own, fields)) or (() if own else (_uncited(),)), death.open(life.moment))
    yield from _against(own, fields)


def before_death(life: Life) -> str:
    """Return what custody was just before a death that counts."""
    standing = life.standing
    if standing is None or standing["detention"] is None:
        return "none"
    spell = next(one for one in life.begun if one.row["id"] == standing["detention"])
    release = next((row for row, _event in spell.releases if row["id"] == standing["release"]), None)
    if release is not None:
        return KIND_STANDING[release["kind"]]
    stay = next((row for row, _event in spell.stays if row["id"] == standing["stay"]), None)
    return "whereabouts_unknown" if stay is not None and stay["whereabouts_unknown"] else "detained"
