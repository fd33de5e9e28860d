import pytest

from tracker.casework.arrest import Arrest
from tracker.casework.citations import Cited, cite
from tracker.casework.claimants import add_claimant
from tracker.casework.custody import add_detention, open_detention, retake
from tracker.casework.facilities import add_facility
from tracker.casework.faults import detentions_of, releases_of, stays_of
from tracker.casework.people import Person, add_person
from tracker.casework.releases import ANOTHER, Undecided, add_release, read_request
from tracker.casework.sources import add_source
from tracker.errors import BadValue, Refused


@pytest.fixture
def change(store):
    with store.writing("test") as change:
        yield change


@pytest.fixture
def ana(change):
    person = add_person(change, Person(name="Ana Ruiz Prieto"))
    add_detention(change, person, Arrest(began="2025-05-23"))
    return person


@pytest.fixture
def say(change, ana):
    """Let a source (each name is one) say of Ana that she was released, with the status given."""
    sources = {}

    def one(on, source, status="reported", *, answer=None, **words):
        if source is not None and source not in sources:
            sources[source] = add_source(change, title=source)
        cited = Cited(sources.get(source))
        request = read_request(change.db, on=on, status=status, cited=cited, **words)
        return add_release(change, ana, request, answer=answer)

    return one


def releases(change, person):
    return [row for held in detentions_of(change.db, person) for row in releases_of(change.db, held["id"])]


def cited(change, release):
    """Return the citations of a release: source's title, field, value, stance."""
    rows = change.db.execute(
        "SELECT s.title, c.field, c.value, c.stance FROM citations c JOIN sources s ON s.id = c.source"
        " WHERE c.release = ? ORDER BY s.title, c.field, c.value",
        (release,),
    )
    return [tuple(row) for row in rows]


def test_a_second_source_adds_its_citation_and_no_second_release(change, ana, say):
    first = say("2026-01-12", "uno")
    second = say("2026-01-14", "dos")
    assert (first.action, second.action, second.release) == ("new", "same", first.release)
    assert len(releases(change, ana)) == 1
    assert releases(change, ana)[0]["released"] == "2026-01-12"
    assert cited(change, first.release) == [
        ("dos", None, None, "supports"),
        ("dos", "released_on", "2026-01-14", "disputes"),
        ("uno", None, None, "supports"),
    ]
    assert "2026-01-14 by this source" in second.notes[0]


def test_the_same_source_twice_is_known_already(change, ana, say):
    say("2026-01-12", "uno")
    assert say("2026-01-12", "uno").action == "known"
    assert len(cited(change, releases(change, ana)[0]["id"])) == 1


def test_a_higher_status_brings_its_own_date_and_terms_and_who_said_otherwise_stays_cited(change, ana, say):
    say("2026-01-12", "uno", kind="precautionary", conditions="may not travel")
    say("2026-01-12", "dos")
    risen = say("2026-01-14", "tres", "verified", conditions="reports every 15 days")
    [row] = releases(change, ana)
    assert (row["released"], row["status"], row["kind"]) == ("2026-01-14", "verified", "precautionary")
    assert row["conditions"] == "reports every 15 days"
    assert (risen.before, risen.status) == ("reported", "verified")
    assert cited(change, row["id"]) == [
        ("dos", None, None, "supports"),
        ("dos", "released_on", "2026-01-12", "disputes"),
        ("tres", None, None, "supports"),
        ("tres", "conditions", "reports every 15 days", "supports"),
        ("uno", None, None, "supports"),
        ("uno", "conditions", "may not travel", "disputes"),
        ("uno", "released_on", "2026-01-12", "disputes"),
    ]


def test_who_disputed_what_a_higher_status_confirms_supports_it_then(change, ana, say):
    say("2026-01-12", "uno")
    say("2026-01-14", "dos")
    say("2026-01-14", "tres", "verified")
    [row] = releases(change, ana)
    assert ("dos", "released_on", "2026-01-14", "supports") in cited(change, row["id"])
    assert ("uno", "released_on", "2026-01-12", "disputes") in cited(change, row["id"])


def test_a_lower_status_never_lowers_nor_moves_date_or_terms(change, ana, say):
    say("2026-01-12", "uno", "verified")
    outcome = say("2026-02-20", "dos", "announced", kind="full", basis="amnesty", freed_at="a mall")
    [row] = releases(change, ana)
    assert (row["status"], row["released"], row["kind"]) == ("verified", "2026-01-12", "unstated")
    assert (row["basis"], row["freed_at"]) == ("amnesty", "a mall")  # nobody had stated these
    assert ("dos", "release_kind", "full", "supports") in cited(change, row["id"])
    assert len(outcome.notes) == 2  # date and terms


def test_what_was_not_stated_is_filled_in_by_an_equal_status(change, ana, say):
    say("unknown", "uno")
    say("2026-01", "dos")
    say("2026-01-12", "tres", kind="bail")
    say("unknown", "cuatro")
    [row] = releases(change, ana)
    assert (row["released"], row["kind"]) == ("2026-01-12", "bail")
    assert cited(change, row["id"]) == [
        ("cuatro", None, None, "supports"),
        ("cuatro", "released_on", "unknown", "supports"),
        ("dos", None, None, "supports"),
        ("dos", "released_on", "2026-01", "supports"),
        ("tres", None, None, "supports"),
        ("tres", "release_kind", "bail", "supports"),
        ("tres", "released_on", "2026-01-12", "supports"),
        ("uno", None, None, "supports"),
        ("uno", "released_on", "unknown", "supports"),
    ]


def test_a_vaguer_date_of_a_higher_status_does_not_blur_the_one_on_record(change, ana, say):
    say("2026-01-12", "uno")
    say("2026-01", "dos", "verified")
    [row] = releases(change, ana)
    assert (row["released"], row["status"]) == ("2026-01-12", "verified")
    assert ("dos", "released_on", "2026-01", "supports") in cited(change, row["id"])


def test_a_later_date_with_freer_terms_is_an_upgrade(change, ana, say):
    home = say("2026-02-10", "uno", "verified", kind="house_arrest")
    free = say("2026-02-20", "dos", "verified", kind="full")
    assert (home.action, free.action) == ("new", "upgrade")
    assert [(row["kind"], row["step"]) for row in releases(change, ana)] == [("house_arrest", 1), ("full", 2)]


@pytest.mark.parametrize(
    "told",
    [
        ("2026-01-20", "unstated", "reported"),  # later, terms unstated
        ("2026-01-08", "precautionary", "verified"),  # earlier than the rule allows
        ("2026-01-12", "full", "reported"),  # other terms on the same day
        ("2026-01-20", "house_arrest", "verified"),  # later, less free
        ("2026-01", "full", "verified"),  # freer, but not certainly later
        ("2026-01-12", "full", "announced"),  # announced, other terms
    ],
)
def test_anything_else_is_asked_with_the_choices(change, ana, say, told):
    on, kind, status = told
    first = say("2026-01-12", "uno", "verified", kind="precautionary")
    with pytest.raises(Undecided) as undecided:
        say(on, "dos", status, kind=kind)
    [question] = undecided.value.questions
    assert [answer for answer, _sentence in question.choices] == [first.ref, ANOTHER]
    assert undecided.value.code == 4
    assert f"--same {first.ref}" in undecided.value.candidates[0]


def test_two_releases_a_statement_could_join_are_asked_unless_one_has_its_very_date(change, ana, say):
    first = say("2026-01-01", "uno", kind="house_arrest")
    second = say("2026-01-05", "dos", kind="full")
    with pytest.raises(Undecided) as undecided:
        say("2026-01-03", "tres", "verified")
    [question] = undecided.value.questions
    assert [answer for answer, _sentence in question.choices] == [first.ref, second.ref, ANOTHER]
    assert say("2026-01-05", "cuatro", "verified").release == second.release
    with pytest.raises(Undecided):
        say("unknown", "cinco")


def test_the_answers_decide(change, ana, say):
    first = say("2026-01-12", "uno", "verified")
    same = say("2026-01-20", "dos", answer=first.ref)
    assert (same.action, same.release) == ("same", first.release)
    other = say("2026-01-20", "tres", answer=ANOTHER)
    assert other.action == "new"
    assert len(releases(change, ana)) == 2


def test_another_goes_even_against_the_rule(change, ana, say):
    say("2026-01-12", "uno", "verified")
    assert say("2026-01-12", "dos", answer=ANOTHER).action == "new"


def test_a_release_of_somebody_else_is_no_answer(change, ana, say):
    luis = add_person(change, Person(name="Luis Paz"))
    foreign = add_release(change, luis, read_request(change.db, on="2026-01-12"))
    with pytest.raises(Refused, match=foreign.ref):
        say("2026-01-12", "uno", answer=foreign.ref)


def test_a_news_of_earlier_terms_takes_its_place_before_the_later_ones(change, ana, say):
    say("2026-02-20", "uno", "verified", kind="full")
    say("2026-02-10", "dos", "verified", kind="house_arrest", answer=ANOTHER)
    assert [row["kind"] for row in releases(change, ana)] == ["house_arrest", "full"]


def test_a_release_before_the_arrest_is_refused_naming_both_dates(change, ana, say):
    with pytest.raises(Refused, match=r"Ana Ruiz Prieto.*2025-05-22.*2025-05-23"):
        say("2025-05-22", "uno")


def test_a_higher_status_with_a_date_before_the_arrest_is_refused(change, ana, say):
    say("2025-05-24", "uno")
    with pytest.raises(Refused, match=r"2025-05-22.*2025-05-23"):
        say("2025-05-22", "dos", "verified", answer=releases(change, ana)[0]["ref"])


@pytest.mark.parametrize("on", ["2150-01-01", "2026-02-30", "", "03/04/2024"])
def test_dates_that_cannot_be_are_refused(change, on):
    with pytest.raises(BadValue):
        read_request(change.db, on=on)


def test_nothing_is_entered_as_retracted(change):
    with pytest.raises(BadValue):
        read_request(change.db, on="2026-01-12", status="desmentida")


def test_somebody_on_record_without_detention_gets_one(change):
    luis = add_person(change, Person(name="Luis Paz"))
    source = Cited(add_source(change, title="uno"))
    outcome = add_release(change, luis, read_request(change.db, on="2026-01-12", cited=source))
    [held] = detentions_of(change.db, luis)
    assert outcome.detention
    assert held["began"] is None
    assert change.db.execute("SELECT count(*) FROM citations WHERE detention = ?", (held["id"],)).fetchone()[0] == 1


def test_the_status_follows_who_speaks(change, ana):
    source = add_source(change, title="uno")

    def status(kind, **more):
        claimant = add_claimant(change, f"de {kind}", kind, **more) if kind else None
        return read_request(change.db, on="2026-01-12", cited=Cited(source, claimant)).status

    assert status(None) == "reported"
    assert status("detaining_state") == "announced"
    assert status("media") == "reported"
    assert status("monitor") == "verified"
    assert status("family") == "verified"
    assert status("witness", default_status="announced") == "announced"
    assert read_request(change.db, on="2026-01-12").status == "reported"


def test_a_status_above_the_one_cited_is_told(change, ana):
    source = add_source(change, title="uno")
    ministry = add_claimant(change, "Ministerio", "detaining_state")
    over = read_request(change.db, on="2026-01-12", status="verified", cited=Cited(source, ministry))
    assert "announced, not verified" in (over.overrated() or "")
    assert "nobody's word" in (read_request(change.db, on="2026-01-12", status="verified").overrated() or "")
    assert read_request(change.db, on="2026-01-12", status="announced").overrated() is None


class TestWhereTheyWereHeld:
    @pytest.fixture(autouse=True)
    def prisons(self, change):
        for name in ("El Rodeo I", "Yare II"):
            add_facility(change, name)

    def stays(self, change, person):
        return stays_of(change.db, detentions_of(change.db, person)[-1]["id"])

    def test_an_unknown_stay_is_recorded(self, change, ana, say):
        say("2026-01-12", "uno", facility="Rodeo 1")
        assert [stay["facility_name"] for stay in self.stays(change, ana)] == ["El Rodeo I"]

    def test_a_known_one_is_cited(self, change, ana, say):
        say("2026-01-12", "uno", facility="El Rodeo I")
        say("2026-01-12", "dos", facility="El Rodeo I")
        [stay] = self.stays(change, ana)
        assert change.db.execute("SELECT count(*) FROM citations WHERE stay = ?", (stay["id"],)).fetchone()[0] == 2

    def test_another_one_disputes_it_and_moves_nobody(self, change, ana, say):
        say("2026-01-12", "uno", facility="El Rodeo I")
        outcome = say("2026-01-12", "dos", facility="Yare II")
        [stay] = self.stays(change, ana)
        row = change.db.execute(
            "SELECT field, value, stance FROM citations WHERE stay = ? AND value NOT NULL", (stay["id"],)
        )
        assert [tuple(one) for one in row] == [("facility", "Yare II", "disputes")]
        assert "held at El Rodeo I on record" in outcome.notes[0]


class TestTheArrestAsToldByTheRelease:
    def test_an_unknown_one_is_filled_in(self, change):
        luis = add_person(change, Person(name="Luis Paz"))
        add_release(change, luis, read_request(change.db, on="2026-01-12"))
        add_release(change, luis, read_request(change.db, on="2026-01-12", detained_on="2025-03"))
        assert detentions_of(change.db, luis)[0]["began"] == "2025-03"

    def test_another_one_disputes_it(self, change, ana, say):
        outcome = say("2026-01-12", "uno", detained_on="2025-06-01")
        assert detentions_of(change.db, ana)[0]["began"] == "2025-05-23"
        assert "2025-06-01 by this source" in outcome.notes[0]


class TestRetaken:
    """Freed on 8 February, retaken at 23:45: which detention does a statement end?"""

    @pytest.fixture(autouse=True)
    def taken_again(self, change, ana, say):
        self.first = say("2026-02-08", "uno", "verified")
        self.second = retake(change, ana, Arrest(began="2026-02-08T23:45"), whereabouts_unknown=True)

    def test_a_second_source_of_the_first_release_does_not_end_the_second_detention(self, change, ana, say):
        outcome = say("2026-02-08", "dos")
        assert outcome.release == self.first.release
        assert open_detention(change.db, ana)["id"] == self.second

    def test_two_days_later_it_can_only_be_the_second(self, change, ana, say):
        outcome = say("2026-02-10", "dos", "verified", kind="house_arrest")
        assert outcome.action == "new"
        assert change.get("releases", outcome.release)["detention"] == self.second

    def test_a_statement_without_a_day_is_asked(self, change, ana, say):
        for on in ("unknown", "2026-02"):
            with pytest.raises(Undecided):
                say(on, "dos")
        outcome = say("unknown", "dos", answer=ANOTHER)
        assert change.get("releases", outcome.release)["detention"] == self.second

    def test_the_detention_can_be_named(self, change, ana):
        first = detentions_of(change.db, ana)[0]["id"]
        request = read_request(change.db, on="unknown")
        assert add_release(change, ana, request, detention=first).release == self.first.release

    def test_a_release_moved_past_the_next_arrest_is_refused(self, change, ana, say):
        change.update("releases", self.first.release, {"status": "reported"})
        with pytest.raises(Refused, match="overlap"):
            say("2026-02-10", "tres", "verified", answer=self.first.ref)


class TestAfterARetraction:
    @pytest.fixture(autouse=True)
    def false_report(self, change, ana, say):
        self.false = say("2026-01-08", "uno")
        change.update("releases", self.false.release, {"status": "retracted"})

    def test_the_same_story_again_is_asked(self, change, ana, say):
        with pytest.raises(Undecided):
            say("2026-01-09", "dos", "verified")

    def test_a_later_release_is_a_new_one(self, change, ana, say):
        assert say("2026-01-25", "dos", "verified").action == "new"

    def test_a_source_that_repeats_it_is_kept_and_changes_nothing(self, change, ana, say):
        outcome = say("2026-01-09", "dos", "verified", answer=self.false.ref)
        row = change.get("releases", self.false.release)
        assert (row["status"], row["released"]) == ("retracted", "2026-01-08")
        assert "retracted" in outcome.notes[-1]
        assert ("dos", None, None, "supports") in cited(change, row["id"])


class TestPublishing:
    def test_a_statement_narrows_what_is_public(self, change, ana, say):
        say("2026-01-20", "uno", publish="named")
        say("2026-01-20", "dos", publish="withheld", publish_from="2026-02-04")
        [row] = releases(change, ana)
        assert (row["publish"], row["publish_from"]) == ("withheld", "2026-02-04")

    def test_a_statement_never_widens_it(self, change, ana, say):
        say("2026-01-20", "uno", publish="withheld", publish_from="2026-02-04")
        outcome = say("2026-01-20", "dos", publish="named", publish_from="2026-01-21")
        [row] = releases(change, ana)
        assert (row["publish"], row["publish_from"]) == ("withheld", "2026-02-04")
        assert "publish" in outcome.notes[0]

    @pytest.mark.parametrize("day", ["2026-02", "soon", "..2026-02-04"])
    def test_a_day_to_publish_from_is_a_day(self, change, day):
        with pytest.raises(BadValue):
            read_request(change.db, on="2026-01-20", publish_from=day)


def test_an_excluded_person_is_told(change, ana, say):
    change.update("detainees", ana, {"excluded": 1, "excluded_reason": "a common crime"})
    assert "in no count" in say("2026-01-12", "uno").notes[-1]


def test_what_was_cited_by_hand_is_weighed_anew(change, ana, say):
    say("2026-01-12", "uno")
    [row] = releases(change, ana)
    for title, value in (("mano", None), ("carta", "the Monday after Epiphany")):
        source = Cited(add_source(change, title=title))
        cite(change, "releases", row["id"], source, field="released_on", value=value)
    say("2026-01-14", "dos", "verified")
    assert ("mano", "released_on", "2026-01-12", "disputes") in cited(change, row["id"])
    assert ("carta", "released_on", "the Monday after Epiphany", "disputes") in cited(change, row["id"])


def test_a_person_on_record_as_dead_is_not_released_later(change, ana, say):
    change.update("detainees", ana, {"died": "2026-01-10"})
    with pytest.raises(Refused, match=r"2026-01-12.*2026-01-10"):
        say("2026-01-12", "uno")
