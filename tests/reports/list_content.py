"""What a record holds of people, without ids and refs: to compare a record with what its exported list makes again."""

import csv
import io
import shutil
from pathlib import Path

from tracker.domain.lists import LIST
from tracker.importing.case import plan_case, read_case
from tracker.reports.exporting.everybody import Everybody
from tracker.store import Store

_WHOLE = "CASE WHEN c.value IS NULL THEN '' ELSE c.field END"

_CITED = f"""SELECT DISTINCT s.slug, coalesce(k.name, ''), {_WHOLE}, coalesce(c.value, ''), coalesce(c.locator, '')
FROM citations c JOIN sources s ON s.id = c.source LEFT JOIN claimants k ON k.id = c.claimant
WHERE c.{{about}} = ? AND c.stance = 'supports'
  AND (c.value IS NULL OR c.detainee IS NOT NULL OR c.detention IS NOT NULL)"""


def content(store: Store) -> list[tuple]:
    """Everybody, with all that a list's columns can hold; a field cited as it stands is the record cited."""
    with store.reading() as db:

        def ask(sql, *params):
            return [tuple(row) for row in db.execute(sql, params)]

        def cited(about, record):
            rows = ask(_CITED.format(about=about), record)
            placed = {row[:4] for row in rows if row[4]}
            return sorted(row for row in rows if row[4] or row[:4] not in placed)

        def custody(person):
            for row in ask(
                "SELECT id, began, place, authority, charges, stage, sentence, sentence_ends FROM detentions"
                " WHERE detainee = ? ORDER BY coalesce(began_from, began_to, ''), id",
                person,
            ):
                stays = ask(
                    "SELECT y.id, f.name, whereabouts_unknown, since FROM stays y"
                    " LEFT JOIN facilities f ON f.id = y.facility WHERE detention = ? ORDER BY step",
                    row[0],
                )
                releases = ask(
                    "SELECT id, released, kind, basis, status, conditions, freed_at FROM releases"
                    " WHERE detention = ? ORDER BY step",
                    row[0],
                )
                yield (
                    row[1:],
                    cited("detention", row[0]),
                    [(one[1:], cited("stay", one[0])) for one in stays],
                    [(one[1:], cited("release", one[0])) for one in releases],
                )

        return sorted(
            (
                (
                    person[1:],
                    # Spellings that differ in case alone are one name: which of them is kept may change.
                    sorted(ask("SELECT name_exact, kind FROM names WHERE detainee = ?", person[0])),
                    sorted(ask("SELECT tag FROM tags WHERE detainee = ?", person[0])),
                    sorted(ask("SELECT scheme, value FROM identifiers WHERE detainee = ?", person[0])),
                    sorted(
                        (country, cited("nationality", one))
                        for one, country in ask("SELECT id, country FROM nationalities WHERE detainee = ?", person[0])
                    ),
                    cited("detainee", person[0]),
                    list(custody(person[0])),
                )
                for person in ask(
                    "SELECT id, name, description, sex, born, age, age_on, service, occupation, publish, died, note"
                    " FROM detainees WHERE excluded = 0"
                )
            ),
            key=repr,
        )


def loaded(folder: Path, template: Path, target: Path) -> Store:
    """Load a case folder into a copy of the template database."""
    shutil.copyfile(template, target)
    store = Store.open(target)
    with store.writing("load") as change:
        plan_case(read_case(folder)).apply(change)
    return store


def as_rows(store: Store) -> str:
    """The exported list, made cell by cell."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(LIST)
    with store.reading() as db:
        for row in Everybody(db).rows():
            writer.writerow(["; ".join(cell) if isinstance(cell, tuple) else cell for cell in row])
    return file.getvalue()


def as_blocks(store: Store) -> str:
    """The exported list, made line by line."""
    with store.reading() as db:
        return ",".join(LIST) + "\r\n" + "".join(text for _rows, text in Everybody(db).blocks())


def exported_case(store: Store, case: Path, target: Path) -> Path:
    """A case folder whose list is the exported one, with the facilities, claimants and sources of `case`."""
    target.mkdir()
    for name in ("case.json", "facilities.csv", "claimants.csv", "sources.csv"):
        shutil.copyfile(case / name, target / name)
    (target / "list.csv").write_bytes(as_rows(store).encode())
    return target
