"""Two people on record are one: `merge` makes one of them, `split` takes them apart again exactly.

The first person named is kept, with id and ref. The other's name becomes a printed name, everything that hangs on them
moves, what is the same is joined, and what differs stays as a citation or in the note (`merge_rows`, `merge_custody`).
A merge is one change of its own kind; its reason names both, by which the old ref still finds the person.
"""

from typing import Final

from tracker.casework import judgements
from tracker.casework.faults import called, faults, stored
from tracker.casework.merge_custody import join_custody, join_nationalities, refuse_new_faults
from tracker.casework.merge_rows import combine, taken
from tracker.casework.people import add_other_name
from tracker.domain.names import exact
from tracker.domain.same_release import agrees
from tracker.domain.text import quoted
from tracker.domain.vocabulary import label
from tracker.errors import NotFound, Refused
from tracker.i18n import _
from tracker.store import Change, Connection, Row
from tracker.store.merges import REASON, Merge, merged_in, take_apart

LISTED: Final = {"tags": ("tag",), "identifiers": ("scheme", "value")}
"""Lists of a person → the columns that make an entry what it is."""


def refuse_merging(kept: Row, gone: Row) -> None:
    """Raise Refused, saying what to do, for two rows of detainees that cannot be made one as they are."""
    if kept["id"] == gone["id"]:
        raise Refused(_("{person}: that is one person, not two.").format(person=called(kept)))
    both = {"kept": called(kept), "gone": called(gone), "kept_ref": kept["ref"], "gone_ref": gone["ref"]}
    if kept["name"] is None and gone["name"] is not None:
        raise Refused(
            _("{kept} has no name and {gone} has one: keep the one with the name.").format(**both),
            hint=_("Nothing was changed. The other way round: tracker detainee merge {gone_ref} {kept_ref}").format(
                **both
            ),
        )
    if bool(kept["excluded"]) != bool(gone["excluded"]):
        raise Refused(
            _("One of {kept} and {gone} is left out of every count and the other is not: decide that first.").format(
                **both
            ),
            hint=_(
                "Nothing was changed. Count the one again: tracker detainee exclude {ref} --undo. Or exclude both."
            ).format(ref=kept["ref"] if kept["excluded"] else gone["ref"]),
        )
    if not agrees(stored(kept, "died"), stored(gone, "died")):
        raise Refused(
            _(
                "{kept} died on {mine} and {gone} on {theirs}: one of the dates is wrong, or they are two people."
            ).format(mine=kept["died"], theirs=gone["died"], **both),
            hint=_("Nothing was changed. Correct one: tracker death {gone_ref} --on DATE --correct").format(**both),
        )


def judged_different(db: Connection, kept: Row, gone: Row) -> str | None:
    """Return a sentence if somebody judged the two to be different people."""
    verdict = judgements.between(db, kept["id"], gone["id"])
    if verdict is None or verdict["verdict"] != "different":
        return None
    said = _("{kept} and {gone} were judged to be different people ({who}, {at}).")
    if verdict["why"]:
        said = _("{kept} and {gone} were judged to be different people ({who}, {at}): {why}")
    return said.format(
        kept=called(kept), gone=called(gone), who=verdict["who"] or "?", at=verdict["at"] or "?", why=verdict["why"]
    )


def merge(change: Change, kept: Row, gone: Row) -> list[str]:
    """Make two people (rows of detainees) one, `kept`; return what was joined, moved and differs, in words.

    Raises Refused where they cannot be one person as they are on record: two arrests that nothing ended, dates that
    exclude each other, only one of them excluded.
    """
    refuse_merging(kept, gone)
    before = faults(change.db, kept["id"]) + faults(change.db, gone["id"])
    told = join_custody(change, kept, gone)
    values = taken("detainees", kept, gone)
    told = combine(change, "detainees", kept, gone, values) + told
    told = _names(change, kept, gone) + _publication(change, kept, gone) + told
    join_nationalities(change, kept["id"], gone["id"])
    for table, columns in LISTED.items():
        _move_entries(change, table, columns, kept["id"], gone["id"])
    told += judgements.hand_over(change, kept["id"], gone["id"])
    for row in change.db.execute("SELECT id FROM list_rows WHERE detainee = ?", (gone["id"],)).fetchall():
        change.update("list_rows", row["id"], {"detainee": kept["id"]})
    change.delete("detainees", gone["id"])
    refuse_new_faults(change, kept, gone, before)
    change.reason = REASON.format(kept=kept["ref"], gone=gone["ref"])
    return told


def _names(change: Change, kept: Row, gone: Row) -> list[str]:
    """Give one person the other's names, each once; return a sentence if the main name is new."""
    known = "SELECT name_exact FROM detainees WHERE id = :id UNION SELECT name_exact FROM names WHERE detainee = :id"
    for row in change.db.execute("SELECT * FROM names WHERE detainee = ? ORDER BY id", (gone["id"],)).fetchall():
        if exact(row["name"]) in {one[0] for one in change.db.execute(known, {"id": kept["id"]})}:
            change.delete("names", row["id"])
        else:
            change.update("names", row["id"], {"detainee": kept["id"]})
    if gone["name"] is None or not add_other_name(change, kept["id"], gone["name"], "printed"):
        return []
    return [_("{name} stays on record as a printed name.").format(name=quoted(gone["name"]))]


def _publication(change: Change, kept: Row, gone: Row) -> list[str]:
    """Return a sentence where the two had another publish level: what may be made public may change with a merge."""
    if kept["publish"] == gone["publish"]:
        return []
    mine, theirs, now = (
        label("publish", row["publish"]) if row["publish"] else _("not set")
        for row in (kept, gone, change.get("detainees", kept["id"]))
    )
    return [
        _("publication: {mine} ({kept}), {theirs} ({gone}); from now on: {now}").format(
            mine=mine, kept=kept["ref"], theirs=theirs, gone=gone["ref"], now=now
        )
    ]


def _move_entries(change: Change, table: str, columns: tuple[str, ...], kept: str, gone: str) -> None:
    """Move the entries of a list from one person (an id) to another who lacks them; the rest go."""
    rows = change.db.execute(f"SELECT * FROM {table} WHERE detainee IN (?, ?)", (kept, gone)).fetchall()
    own = {tuple(row[name] for name in columns) for row in rows if row["detainee"] == kept}
    for row in rows:
        if row["detainee"] == kept:
            continue
        if tuple(row[name] for name in columns) in own:
            change.delete(table, row["id"])
        else:
            change.update(table, row["id"], {"detainee": kept})


def find_merge(db: Connection, kept: str, gone: str | None = None) -> Merge:
    """Return the last merge into a person (a ref), or the one of the person `gone` (a ref).

    Raises NotFound where there is none, Refused where another merge has to be split first.
    """
    into = merged_in(db, kept)
    if gone is None:
        own = [one for one in into if one.kept == kept]
        if own:
            return own[0]
        raise NotFound(
            _("Nobody was merged into {ref}.").format(ref=kept),
            hint=_("See 'tracker history {ref}'. A merge that was undone is apart already.").format(ref=kept),
        )
    for one in into:
        if one.gone == gone and one.kept == kept:
            return one
        if one.gone == gone:
            raise Refused(
                _("{gone} was merged into {between}, and {between} into {kept}.").format(
                    gone=gone, between=one.kept, kept=kept
                ),
                hint=_("Nothing was changed. First: tracker detainee split {kept} {between}").format(
                    kept=kept, between=one.kept
                ),
            )
    raise NotFound(
        _("{gone} was not merged into {kept}.").format(gone=gone, kept=kept),
        hint=_("Merged into it: {refs}.").format(refs=", ".join(one.gone for one in into) or _("nobody")),
    )


def split(change: Change, merge_: Merge) -> None:
    """Take a merge apart: every row as it was before, later changes kept where they do not rest on the merge.

    Raises Refused, naming the later changes, where they do.
    """
    take_apart(change.db, merge_)
    for table in ("stays", "releases"):
        _put_steps_right(change, table)
    change.takes_back(merge_.seq, f"detainee split {merge_.kept} {merge_.gone}")


def _put_steps_right(change: Change, table: str) -> None:
    """Give the rows of touched detentions new numbers where later changes left two with one number."""
    touched = [row for name, row in change.touched if name == table]
    for identifier in touched:
        found = change.db.execute(f"SELECT detention FROM {table} WHERE id = ?", (identifier,)).fetchone()
        if found is None:
            continue
        rows = change.db.execute(f"SELECT id, step FROM {table} WHERE detention = ? ORDER BY step, id", tuple(found))
        steps = rows.fetchall()
        if len({row["step"] for row in steps}) < len(steps):
            for step, row in enumerate(steps, start=1):
                change.update(table, row["id"], {"step": step})
