"""`export list`, imported into an empty record, is the same list: whatever its columns can hold comes back unchanged."""

import csv
import io
import re
import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_lives import CLAIMANTS, KINDS, PLACES, Cite, Detention, Person, Release, Stay, enter
from shell import REF, Tracker

from tracker.domain.lists import FIELDS_OF
from tracker.store import Store

MAKING = ("--create-facilities", "--create-sources", "--create-claimants", "--no-source")

VOICE = ("source", "claimant", "locator")

VOICES = st.builds(
    Cite,
    source=st.sampled_from(("uno-2026-01-13", "dos-2026-01-14", "tres-undated")),
    claimant=st.sampled_from((None, *CLAIMANTS)),
    locator=st.sampled_from((None, None, "p. 4")),
)
CITED = st.lists(VOICES, max_size=3, unique_by=lambda one: (one.source, one.claimant)).map(tuple)
TEXTS = st.sampled_from((None, None, "a; b", "line one\nline two", '=1+1 "quoted", ¿sí?', "0012"))

SPELLS = (
    (("2019-03-02", "2019", "2019-03", None), ("2019-04-01", "2019-05"), ("2019-08-01", "2019-08..2019-09")),
    (("2021-03-02", "2021-03-02T04:30"), ("2021-06-01", None), ("2022-01", "2022-01-12T08:00")),
    (("2024-03-02", "2024", "..2024-01-14"), ("2024-07", "2025-01-01"), ("2026-01-12", "2026-01", None)),
)
"""For each detention of a life: when it began, when a transfer may have been, when it ended."""


def texts(*columns: str):
    return st.fixed_dictionaries(dict.fromkeys(columns, TEXTS))


@st.composite
def spells(draw, number: int, *, last: bool):
    begins, moves, ends = SPELLS[number]
    places = draw(st.lists(st.sampled_from((*PLACES, None)), max_size=3, unique=True))
    stays = [Stay(place, draw(st.sampled_from((None, *moves))) if step else None, cited=draw(CITED))
        for step, place in enumerate(places)]  # fmt: skip
    releases = []
    if not last or draw(st.booleans()):
        releases.append(draw(release(st.sampled_from(ends if last else ends[:2]), verified=not last)))
        if last and draw(st.booleans()):
            terms = draw(release(st.just("2026-02-20")))
            releases += [terms] * (terms.kind != releases[0].kind)
    values = draw(texts("place", "authority", "charges", "sentence"))
    values["sentence_ends"] = draw(st.sampled_from((None, "2031", "2026-06-01")))
    stage = draw(st.sampled_from((None, "unknown", "charged", "sentenced")))
    return Detention(
        draw(st.sampled_from(begins)), tuple(releases), tuple(stays), stage, texts=values, cited=draw(CITED)
    )


def release(when, *, verified: bool = False):
    return st.builds(
        Release,
        on=when,
        kind=st.sampled_from(KINDS),
        status=st.just("verified") if verified else st.sampled_from(("verified", "reported", "announced", "retracted")),
        conditions=TEXTS,
        freed_at=TEXTS,
        cited=CITED,
    )


@st.composite
def lives(draw):
    name = draw(st.sampled_from(("Ana Ruiz", "Luis Vega", "Zoé Paz", "Íñigo «el 7» Sanz", None)))
    detentions = []
    if count := draw(st.integers(0, 3)):
        chosen = sorted(draw(st.permutations(range(3)))[:count])
        detentions = [draw(spells(number, last=number == chosen[-1])) for number in chosen]
    values = draw(texts("occupation", "note"))
    values["sex"] = draw(st.sampled_from((None, "female", "male")))
    values["service"] = draw(st.sampled_from((None, "military", "unknown")))
    values["born"] = draw(st.sampled_from((None, "1980-05-01", "1979")))
    values["publish"] = draw(st.sampled_from((None, "named", "anonymous", "withheld")))
    if name is None:
        values["description"] = draw(st.sampled_from(("adolescent, 17", "a man from Zulia")))
    return Person(
        name,
        tuple(detentions),
        values,
        nationalities=draw(st.sampled_from(((), ("VE",), ("ES", "VE")))),
        tags=draw(st.sampled_from(((), ("journalist",), ("journalist", "student")))),
        other_names=draw(st.sampled_from(((), ("La Negra",), ("La Negra", "R. Vega")))),
        identifiers=draw(st.sampled_from(((), ("1234",), ("0012", "V-7")))),
        cited=draw(CITED),
    )


def exported(tracker: Tracker) -> tuple[set[tuple[str, ...]], set[tuple[str, ...]]]:
    """Return every fact of the list, and who says what; refs are numbered in order of appearance.

    A record's values stand on one of its rows, whichever comes first; the others tell only which record is meant.
    """
    seen: dict[str, str] = {}
    facts, voices = set(), set()
    for row in csv.DictReader(io.StringIO(tracker.ok("export", "list", "--csv").out)):
        about = (seen.setdefault(row["ref"], f"person {len(seen) + 1}"), row["detention"])
        voice = (row["source"], row["claimant"], row["locator"])
        facts |= {(*about, column, cell) for column, cell in row.items() if cell and column not in {"ref", *VOICE}}
        if row["source"]:
            spoken = {"person": any(row[column] for column in ("sex", "born", "service", "occupation")),
                "detention": any(row[column] for column in FIELDS_OF["detention"]), "countries": row["nationalities"],
                "facility": row["facility"], "release": row["released_on"] + row["release_kind"]}  # fmt: skip
            voices |= {(*about, *voice, record, str(said)) for record, said in spoken.items() if said}
    return facts, voices


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(lives(), min_size=1, max_size=4))
def test_a_list_that_went_out_comes_in_the_same(template_database, people):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        ours, theirs = folder / "ours.db", folder / "theirs.db"
        shutil.copyfile(template_database, ours)
        shutil.copyfile(template_database, theirs)
        enter(Store.open(ours), people)
        there, back = Tracker(ours), Tracker(theirs)
        there.ok("export", "list", "-o", str(folder / "list.csv"))
        ran = back("import", str(folder / "list.csv"), *MAKING)
        assert ran.code == 0, (ran.err, (folder / "list.csv").read_text(encoding="utf-8"))
        assert exported(back) == exported(there)
        again = re.sub(REF, "", back.ok("import", str(folder / "list.csv"), *MAKING).err)
        assert "This very file was taken in" in again
