"""Why a person's standing on a day is what it is: the steps that give it, in sentences, each with its sources.

The standing itself is the one definition's (`store.standing`), and so is what else it could be; the sentences say,
record by record, what it rests on (`why_steps`). Two forms: step, sentence and sources for machines; to a reader
each sentence ends with its sources.
"""

from collections.abc import Iterator
from typing import Final

from tracker.domain.text import quoted
from tracker.domain.vocabulary import label
from tracker.errors import NotFound, Refused
from tracker.i18n import N_, _
from tracker.matching.who import find_person
from tracker.reports import foot, merges
from tracker.reports.asked import Asked, said
from tracker.reports.standings import others
from tracker.reports.why_life import Life, read_life
from tracker.reports.why_steps import Step, custody
from tracker.store import Connection, Store
from tracker.store import Row as Kept
from tracker.store.standing import BITS
from tracker.table import Column, Row, Table, Toned

LONG: Final = (
    Column("step", N_("step"), "count"),
    Column("sentence", N_("what counts, and what does not")),
    Column("sources", N_("sources")),
)


def why_table(store: Store, db: Connection, word: str, asked: Asked, *, long: bool) -> Table:
    """Return the steps to the standing of the person a word means.

    Raises NotFound, Ambiguous; Refused in public for somebody who may not be named.
    """
    person = _found(store, db, word, asked)
    life = read_life(db, asked, person["id"])
    if life is None:
        raise Refused(
            _("{person} may not be named in public: nothing is told of them.").format(person=quoted(word)),
            hint=_("Ask without --public, or see 'tracker publish'."),
        )
    steps = list(_steps(db, asked, life))
    merged = [] if asked.public else merges.said_of(db, person, word, asked)
    return Table(
        LONG if long else LONG[:2],
        [_row(place, step, long=long, last=place == len(steps)) for place, step in enumerate(steps, 1)],
        title=_("Why: {name} ({ref}), {day}").format(
            name=person["name"] or person["description"] or "", ref=person["ref"], day=said(asked.moment)
        ),
        total=len(steps),
        foot=foot.notes(db, asked, *merged),
        tone=Toned.of,
    )


def _found(store: Store, db: Connection, word: str, asked: Asked) -> Kept:
    """Return the person. Raises NotFound, with the reason where it is the clocks that leave them out."""
    try:
        return find_person(db, word, partial=True)
    except NotFound:
        if asked.known_by is None and asked.published_by is None:
            raise
        with store.reading() as today:
            person = find_person(today, word, partial=True)
        raise NotFound(
            _("{name} ({ref}) is on record today, but not by these clocks: {clocks}").format(
                name=person["name"] or person["description"], ref=person["ref"], clocks=foot.clocks(asked)
            ),
            hint=_("Nothing was known, or published, of them by then: ask for a later time."),
        ) from None


def _row(place: int, step: Step, *, long: bool, last: bool) -> Row:
    tone = "total" if last else "doubt" if step.open else None
    return Toned((place, step.sentence, step.sources) if long else (place, _read(step)), tone)


def _read(step: Step) -> str:
    """Return a sentence with its sources, as a person reads them."""
    if not step.sources:
        return step.sentence
    return f"{step.sentence} [{'; '.join(one.label for one in step.sources)}]"


def _steps(db: Connection, asked: Asked, life: Life) -> Iterator[Step]:
    """Yield all steps; the last one is the standing."""
    yield Step(foot.clocks(asked))
    yield from _left_out(db, asked, life)
    if life.standing is None:
        reason = life.person["excluded_reason"]
        excluded = _("Excluded from all counts: {reason}").format(reason=reason or "?")
        yield Step(_("Excluded from all counts.") if asked.public else excluded)
        yield Step(_("Therefore, on {day}: no standing, and in no count.").format(day=said(asked.moment)))
        return
    if not life.spells:
        yield Step(_("No detention is on record."))
    yield from custody(life, asked.rule)
    yield from _said_out(life)
    yield Step(_rule(asked, life.standing["standing"]))
    yield Step(_therefore(life, life.standing))


def _left_out(db: Connection, asked: Asked, life: Life) -> Iterator[Step]:
    """Yield what the record holds of this person and the clocks or the rule leave out; in public that is not told."""
    if asked.public:
        return
    short: set[str] = set()
    if asked.rule.min_hours:
        from tracker.store.lasting import too_short_of

        for one in too_short_of(db, life.person["id"]):
            short.add(one.ref)
            sentence = _("{ref}, begun {began}, is left out: it certainly lasted less than {hours} hours.")
            yield Step(sentence.format(ref=one.ref, began=one.began, hours=asked.rule.min_hours))
    if asked.known_by is None and asked.published_by is None:
        return
    shown = {spell.row["ref"] for spell in life.spells} | {
        row["ref"] for spell in life.spells for row, _event in (*spell.stays, *spell.releases)
    }
    hidden = [ref for ref in _today(db, life.person["id"], short) if ref not in shown]
    if hidden:
        yield Step(_("These clocks leave out what the record holds today: {refs}.").format(refs=", ".join(hidden)))


def _today(db: Connection, person: str, short: set[str]) -> list[str]:
    """Return the refs of the detentions of a person that the record holds today, with their stays and releases."""
    rows = db.execute(
        """WITH own AS (SELECT id, ref FROM main.detentions WHERE detainee = :person)
        SELECT ref, ref AS part FROM own
        UNION ALL SELECT o.ref, x.ref FROM own o JOIN main.stays x ON x.detention = o.id
        UNION ALL SELECT o.ref, x.ref FROM own o JOIN main.releases x ON x.detention = o.id""",
        {"person": person},
    )
    return [row["part"] for row in rows if row["ref"] not in short]


def _said_out(life: Life) -> Iterator[Step]:
    status = life.standing["said_out"] if life.standing is not None else None
    if status:
        sentence = _("By {day} said to be out: {status}. This rule does not go by that.")
        yield Step(sentence.format(day=said(life.moment), status=label("release_status", status)))


def _rule(asked: Asked, standing: str) -> str:
    """Return what the rule accepts, and what it makes of a standing."""
    rule = asked.rule
    if standing in rule.deprived:
        sentence = _("Rule “{rule}”: a release counts if {statuses}; {standing} counts as deprived of liberty.")
    elif standing in rule.released:
        sentence = _("Rule “{rule}”: a release counts if {statuses}; {standing} counts as released.")
    else:
        sentence = _(
            "Rule “{rule}”: a release counts if {statuses}; {standing} counts neither as held nor as released."
        )
    statuses = " / ".join(label("release_status", status) for status in rule.accepted)
    return sentence.format(rule=rule.name, statuses=statuses, standing=label("standing", standing))


def _therefore(life: Life, standing: Kept) -> str:
    """Return the standing, since when, and what else it could be."""
    known = standing["standing"]
    sentence = _("Therefore, on {day}: {standing}.")
    if standing["since"]:
        sentence = _("Therefore, on {day}: {standing}, since {since}.")
    sentence = sentence.format(day=said(life.moment), standing=label("standing", known), since=standing["since"])
    could = [label("standing", one) for one in others(standing["possible"] & ~BITS[known])]
    return sentence + (" " + _("It could also be: {others}.").format(others=" / ".join(could)) if could else "")
