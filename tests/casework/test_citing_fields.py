"""What a source says of a field, for or against; and who may be named."""

import pytest

from tracker.casework.citations import Cited
from tracker.casework.citing import Said, cite_field, meant, read_field
from tracker.casework.publishing import publish
from tracker.errors import Ambiguous, BadValue, NotFound, Refused
from tracker.store import Store


@pytest.fixture
def ids(store: Store) -> dict[str, str]:
    with store.writing("record") as change:
        ids = {"detainees": change.insert("detainees", {"name": "Ana Ruiz", "age": 34})}
        ids["nationalities"] = change.insert("nationalities", {"detainee": ids["detainees"], "country": "ES"})
        ids["place"] = change.insert("facilities", {"name": "El Rodeo I"})
        change.insert("facilities", {"name": "Yare II"})
        ids["detentions"] = change.insert(
            "detentions",
            {
                "detainee": ids["detainees"],
                "began": "2025-03-02",
                "cause": "arrest",
                "entered": "2026-01-09",
                "stage": "on_trial",
            },
        )
        ids["stays"] = change.insert("stays", {"detention": ids["detentions"], "step": 1, "facility": ids["place"]})
        ids["releases"] = change.insert(
            "releases",
            {
                "detention": ids["detentions"],
                "step": 1,
                "released": "2026-01-12",
                "entered": "2026-01-13",
                "kind": "unstated",
                "status": "announced",
            },
        )
        ids["source"] = change.insert("sources", {"slug": "uno", "published": "2026-01-12"})
        for kind, status in (("monitor", "verified"), ("media", "reported"), ("detaining_state", "announced")):
            ids[kind] = change.insert("claimants", {"name": kind, "kind": kind, "default_status": status})
    return ids


def say(
    store: Store,
    ids: dict[str, str],
    table: str,
    what: str | None,
    claimant: str | None = None,
    *,
    against: bool = False,
) -> Said:
    with store.writing("cite") as change:
        cited = Cited(ids["source"], ids[claimant] if claimant else None)
        return cite_field(change, table, change.get(table, ids[table]), what, cited, against=against)


STATED = [
    ("detainees", None, None, None, "supports"),
    ("detainees", "age", "age", None, "supports"),
    ("detainees", "age=34", "age", None, "supports"),
    ("detainees", "age=35", "age", "35", "disputes"),
    ("detainees", "name=Ana Luz Ruiz", "name", "Ana Luz Ruiz", "disputes"),
    ("detainees", "sex=mujer", "sex", "female", "supports"),  # the record says nothing there
    ("nationalities", "nationalities=española", "nationalities", None, "supports"),
    ("detentions", "detained_on=2 de marzo de 2025", "detained_on", None, "supports"),
    ("detentions", "began=2025-03", "detained_on", "2025-03", "supports"),  # vaguer, not against
    ("detentions", "began=2025-03-02T08:15", "detained_on", "2025-03-02T08:15", "supports"),  # sharper
    ("detentions", "began=2025-04", "detained_on", "2025-04", "disputes"),
    ("detentions", "began=unknown", "detained_on", "unknown", "supports"),
    ("detentions", "stage=condenada", "stage", "sentenced", "disputes"),
    ("detentions", "charges=traición", "charges", "traición", "supports"),
    ("stays", "facility=rodeo 1", "facility", None, "supports"),
    ("stays", "facility=Yare 2", "facility", "Yare II", "disputes"),
    ("stays", "facility=paradero desconocido", "facility", "unknown whereabouts", "disputes"),
    ("releases", "released_on=2026-01-12", "released_on", None, "supports"),
    ("releases", "kind=libertad plena", "release_kind", "full", "disputes"),
]


@pytest.mark.parametrize("case", STATED)
def test_a_stated_value_supports_or_disputes_the_records_own(
    store: Store, ids: dict[str, str], case: tuple[str, str | None, str | None, str | None, str]
) -> None:
    table, what, *kept = case
    said = say(store, ids, table, what)
    assert [said.field, said.value, said.stance] == kept
    with store.reading() as db:
        row = db.execute("SELECT field, value, stance FROM citations").fetchone()
    assert list(row) == kept


@pytest.mark.parametrize("what", [None, "age", "age=34"])
def test_against_denies_what_the_record_says(store: Store, ids: dict[str, str], what: str | None) -> None:
    assert say(store, ids, "detainees", what, against=True).stance == "disputes"


@pytest.mark.parametrize(
    ("table", "what", "error"),
    [
        ("detainees", "foo=1", BadValue),
        ("detainees", "detained_on=2025", BadValue),
        ("detainees", "age=", BadValue),
        ("detainees", "age=old", BadValue),
        ("detainees", "age=35 --against", BadValue),
        ("detentions", "began=2026-02-30", BadValue),
        ("stays", "facility=Nowhere", NotFound),
        ("nationalities", "nationalities=Wonderland", BadValue),
    ],
)
def test_what_cannot_be_read_is_not_cited(
    store: Store, ids: dict[str, str], table: str, what: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        say(store, ids, table, what)


def test_another_value_disputes_already_and_needs_no_against(store: Store, ids: dict[str, str]) -> None:
    with pytest.raises(Refused, match="age is"):
        say(store, ids, "detainees", "age=35", against=True)


def test_nothing_is_cited_without_a_source(store: Store, ids: dict[str, str]) -> None:
    with pytest.raises(Refused, match="which source"), store.writing("cite") as change:
        cite_field(change, "detainees", change.get("detainees", ids["detainees"]), None, Cited())


def test_a_releases_status_rises_by_who_speaks_and_never_falls(store: Store, ids: dict[str, str]) -> None:
    def status() -> str:
        with store.reading() as db:
            return str(db.execute("SELECT status FROM releases").fetchone()[0])

    assert say(store, ids, "releases", None, "detaining_state").raised is None
    assert say(store, ids, "releases", "kind=full", "monitor").raised is None  # it disputes
    assert say(store, ids, "releases", None, "monitor", against=True).raised is None
    assert status() == "announced"
    assert say(store, ids, "releases", None).raised == ("announced", "reported")  # the press, naming nobody
    assert say(store, ids, "releases", "released_on", "monitor").raised == ("reported", "verified")
    assert say(store, ids, "releases", None, "media").raised is None
    assert status() == "verified"
    with store.writing("retract") as change:
        change.update("releases", ids["releases"], {"status": "retracted"})
    assert say(store, ids, "releases", "release_kind", "monitor").raised is None
    assert status() == "retracted"


def test_fields_are_called_as_in_lists_or_by_their_column() -> None:
    assert read_field("releases", "release-kind") == read_field("releases", "kind") == "release_kind"
    assert read_field("detainees", "Died on") == read_field("detainees", "died") == "died_on"
    with pytest.raises(BadValue) as told:
        read_field("claims", "min")
    assert "whole" in str(told.value.hint)


def test_a_field_named_of_a_person_is_looked_for_in_what_hangs_on_them(store: Store, ids: dict[str, str]) -> None:
    with store.writing("more") as change:
        person = change.get("detainees", ids["detainees"])

        def found(what: str | None) -> tuple[str, str]:
            table, row = meant(change.db, "detainees", person, what)
            return table, row["id"]

        for what, table in {
            None: "detainees",
            "age=3": "detainees",
            "foo": "detainees",  # left to be refused with the fields there are
            "detained_on=2025": "detentions",
            "facility": "stays",
            "released_on": "releases",
            "nationalities=ES": "nationalities",
        }.items():
            assert found(what) == (table, ids[table])
        with pytest.raises(Refused, match="no record"):
            found("nationalities=IT")
        change.insert("stays", {"detention": ids["detentions"], "step": 2, "facility": ids["place"]})
        with pytest.raises(Ambiguous) as told:
            found("facility")
        assert len(told.value.candidates) == 2
        assert "El Rodeo I" in told.value.candidates[0]


def test_publish_levels(store: Store, ids: dict[str, str]) -> None:
    with store.writing("publish") as change:

        def level(table: str, text: str, from_: str | None = None) -> list[str]:
            return publish(change, table, change.get(table, ids[table]), text, from_=from_, cited=Cited(ids["source"]))

        assert level("detainees", "con nombre") == ["publication: (nothing) → named"]
        assert level("detainees", "named") == []
        assert level("stays", "anonymous") == ["publication: (nothing) → anonymous"]
        assert level("detentions", "withheld") == ["publication: (nothing) → withheld"]
        assert level("releases", "withheld", "2026-02-04") == [
            "publication: (nothing) → withheld",
            "publish from: (nothing) → 2026-02-04",
        ]
        assert level("releases", "unset", "unknown") == [
            "publication: withheld → (nothing)",
            "publish from: 2026-02-04 → (nothing)",
        ]
        with pytest.raises(Refused, match="Only a release"):
            level("detainees", "named", "2026-02-04")
        with pytest.raises(BadValue):
            level("detainees", "secret")
        source = change.get("sources", ids["source"])
        with pytest.raises(Refused, match="no publish level"):
            publish(change, "sources", source, "named")
        cited = change.db.execute("SELECT count(*) FROM citations WHERE field = 'publish'").fetchone()[0]
        assert cited == 4
