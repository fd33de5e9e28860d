"""`release …` at the shell, with invented people: the daily work as the README shows it."""

import csv
import io
import json

import pytest

WOMEN = [f"{first} {last}" for first, last in zip(
    ["Yusmary", "Belkis", "Dayana", "Rosaura", "Sonia", "Yerlin", "Jessica", "Yolimar", "Carla"],
    ["Marcano Oropeza", "Pacheco Lugo", "Urbina Tovar", "Chirino Salas", "Guaita Flores", "Cardozo Vargas",
     "Aponte Molero", "Becerra Nieves", "Quintero Duarte"],
    strict=True,
)]  # fmt: skip
MEN = [f"{first} {last}" for first, last in zip(
    ["Gilberto", "Amílcar", "Alán", "Andrés", "Helio", "Rafael", "William", "Renzo", "Yosbel", "Humberto", "Alexis",
     "José Luis", "Alberto", "Mario", "Alejandro"],
    ["Ponte Mijares", "Herrera Yánez", "Correia Solís", "Oquendo Barrios", "Sandoval Ríos", "Zerpa Colina",
     "Brito Landaeta", "Lara Montiel", "Espinoza Carvajal", "Prieto Galindo", "Rivero Camacho", "Agüero Peraza",
     "Trevisan Rossi", "Burlando Conti", "Canales Plaza"],
    strict=True,
)]  # fmt: skip
LIST = WOMEN + MEN


@pytest.fixture
def case(tracker):
    """Two prisons, a monitor, a ministry, two lists."""
    tracker.ok("facility", "add", "La Crisálida")
    tracker.ok("facility", "add", "El Rodeo I", "--other-name", "Internado Judicial Capital Rodeo I")
    tracker.ok("claimant", "add", "Foro Libre", "--kind", "monitor")
    tracker.ok("claimant", "add", "Ministerio Penitenciario", "--kind", "detaining_state")
    tracker.ok("source", "add", "Lista del 12 de enero", "--slug", "lista-2026-01-12", "--published", "2026-01-12")
    tracker.ok("source", "add", "Otra", "--slug", "otra-2026-01-13", "--published", "2026-01-13")
    return tracker


def rows(tracker, *words):
    return list(csv.DictReader(io.StringIO(tracker.ok(*words, "--csv").out)))


def add_list(tracker, names, *words, **more):
    return tracker("release", "add", "-", "--on", "2026-01-12", *words, stdin="\n".join(names) + "\n", **more)


def test_a_list_of_24_names_from_stdin_and_the_same_from_a_second_outlet(case):
    women = add_list(case, WOMEN, "--create", "-f", "La Crisálida", "-s", "lista-2026-01-12", "-c", "Foro Libre")
    assert (women.code, women.out) == (0, "")
    assert "9 people: 9 new releases, 0 citations added to releases already on record, 0 upgrades." in women.err
    printed = ["# El Rodeo 1", "", *(f"{n}. {name}" for n, name in enumerate(MEN, 1))]
    men = add_list(case, printed, "--create", "-f", "Rodeo 1", "-s", "lista-2026-01-12", "-c", "Foro Libre")
    assert "15 people were created" in men.err
    before = rows(case, "release", "list")
    assert (len(before), {row["status"] for row in before}) == (24, {"verified"})

    # The second outlet has 21 of the names, and three of its own.
    second = [*LIST[:21], "Ramona Istúriz Vega", "Zoraida Piñango Ruda", "Tulio Febres Osío"]
    again = add_list(case, second, "--create", "-s", "https://www.dos.example/2026/01/13/lista", "-c", "Foro Libre")
    assert "24 people: 3 new releases, 21 citations added to releases already on record, 0 upgrades." in again.err
    assert "3 people were created: Ramona Istúriz Vega" in again.err
    assert "New source dos-2026-01-13" in again.err
    after = rows(case, "release", "list")
    assert len(after) == 27
    assert [row["sources"] for row in after].count("dos-2026-01-13; lista-2026-01-12") == 21
    people = {row["detainee"] for row in after}
    assert len(people) == 27


def test_a_list_repeated_by_its_own_source_adds_nothing(case):
    words = ("-s", "lista-2026-01-12", "-c", "Foro Libre")
    add_list(case, MEN, "--create", *words)
    again = add_list(case, MEN, *words)
    assert "15 releases were on record with this source already." in again.err
    assert "Nothing was changed." in again.err


def test_names_come_from_files_with_bullets_numbers_comments_and_twice(case, tmp_path):
    text = "\ufeff# lista\n\n1) Ana Ruiz Prieto,\n - Luis Paz Mora\n• Eva Gil Soto;\n  12 Iris León Vidal\nana ruiz prieto\n"
    (tmp_path / "names.txt").write_text(text, encoding="utf-8")
    ran = case.ok("release", "add", "--names", "names.txt", "--on", "2026-01-12", "--create")
    assert {row["name"] for row in rows(case, "release", "list")} == {
        "Ana Ruiz Prieto", "Luis Paz Mora", "Eva Gil Soto", "Iris León Vidal",
    }  # fmt: skip
    assert "Named twice, counted once: “ana ruiz prieto”." in ran.err


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [(b"Jos\xe9 Ruiz\n", 3, "line 1: this is not UTF-8"), (b"\n#x\n", 3, "No name was given"), (None, 13, "names.txt")],
)
def test_lists_that_cannot_be_read_are_refused(case, tmp_path, data, code, said):
    if data is not None:
        (tmp_path / "names.txt").write_bytes(data)
    ran = case("release", "add", "--names", "names.txt", "--on", "2026-01-12", "--create")
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert rows(case, "release", "list") == []


def test_a_release_needs_its_date(case):
    ran = case("release", "add", "Ana Ruiz Prieto")
    assert (ran.code, "--on is missing" in ran.err) == (2, True)


def test_names_not_on_record_refuse_everything_with_those_near(case):
    case.ok("release", "add", "--new", "Kennedy Tejada", "--on", "2026-01-12", "--status", "verified")
    ran = case("release", "add", "Kennedy Tejada", "Kenny Tejada Jiménez", "Zoraida Piñango", "--on", "2026-01-12")
    assert ran.code == 4
    assert ran.normal == (
        "2 of 3 names are not on record:\n"
        "  “Kenny Tejada Jiménez”  near: P-1 Kennedy Tejada (spelled alike: kennedy/kenny)\n"
        "  “Zoraida Piñango”  nobody near\n"
        "Somebody on record: use the ref; 'tracker detainee edit' adds this spelling to their other names.\n"
        "Somebody new: --create makes all names that nobody comes near, --new NAME forces one.\n"
        "Nothing was changed.\n"
    )
    assert len(rows(case, "release", "list")) == 1


def test_create_makes_only_those_without_a_near_miss_and_new_forces_one(case):
    case.ok("release", "add", "Kennedy Tejada", "--create", "--on", "2026-01-12")
    names = ("Kenny Tejada Jiménez", "Zoraida Piñango")
    refused = case("release", "add", *names, "--create", "--on", "2026-01-12")
    assert (refused.code, "“Zoraida Piñango”" in refused.err) == (4, False)
    ran = case.ok("release", "add", *names, "--create", "--new", names[0], "--on", "2026-01-12")
    assert "2 people were created" in ran.err
    assert len(rows(case, "release", "list")) == 3


def test_new_makes_a_person_of_a_name_on_record(case):
    case.ok("release", "add", "--new", "Julio Balza", "--on", "2026-01-12")
    case.ok("release", "add", "--new", "Julio Balza", "--on", "2026-01-12")
    ran = case("release", "add", "Julio Balza", "--on", "2026-01-12")
    assert ran.code == 4
    assert "2 people on record answer to “Julio Balza”" in ran.err


def test_two_names_of_one_list_that_could_be_one_person_are_not_both_created(case):
    ran = add_list(case, ["Kennedy Tejada", "Kenny Tejada Jiménez"], "--create")
    assert (ran.code, "both in this list" in ran.err) == (4, True)
    assert rows(case, "release", "list") == []


def test_a_single_word_is_told_to_be_put_in_quotes(case):
    case.ok("release", "add", "Ana Ruiz Prieto", "--create", "--on", "2026-01-12")
    for words in (("Zoraida", "Piñango"), ("Zoraida", "--create")):
        ran = case("release", "add", *words, "--on", "2026-01-12")
        assert (ran.code, "Put the name in quotes" in ran.err) == (4, True)
    case.ok("release", "add", "--new", "Zoraida", "--on", "2026-01-12")


def test_the_day_of_one_man_freed_retaken_sent_home_freed(case):
    """Freed on 8 February, seized again at 23:45, at home under arrest on the 10th, free on the 20th."""
    words = ("-s", "lista-2026-01-12", "-c", "Foro Libre")
    man = "Pablo Guaraima Núñez"
    case.ok(
        "release",
        "add",
        man,
        "--create",
        "--on",
        "2026-02-08",
        "--detained-on",
        "2025-05-23",
        "-k",
        "cautelares",
        *words,
    )
    taken = case.ok("retake", man, "--on", "2026-02-08T23:45", "--whereabouts-unknown", *words)
    assert "(measures revoked), whereabouts unknown." in taken.err
    late = case.ok("release", "add", man, "--on", "2026-02-08", "-s", "otra-2026-01-13")
    assert "On record already" in late.err
    assert "On record now: whereabouts unknown" in late.err
    home = case.ok("release", "add", man, "--on", "2026-02-10", "-k", "casa por cárcel", *words)
    assert "Recorded: release" in home.err
    assert "On record now: house arrest" in home.err
    free = case.ok("release", "add", man, "--on", "2026-02-20", "-k", "libertad plena", *words)
    assert "Recorded: new terms" in free.err
    assert "On record now: free" in free.err
    assert [(row["on"], row["kind"], row["sources"]) for row in rows(case, "release", "list", man)] == [
        ("2026-02-08", "precautionary", "lista-2026-01-12; otra-2026-01-13"),
        ("2026-02-10", "house_arrest", "lista-2026-01-12"),
        ("2026-02-20", "full", "lista-2026-01-12"),
    ]
    assert [(row["on"], row["released"]) for row in rows(case, "detention", "list", man)] == [
        ("2025-05-23", "2026-02-08"),
        ("2026-02-08T23:45", "2026-02-10"),
    ]


@pytest.mark.parametrize(
    ("moment", "standing"),
    [
        ("2025-05-23", "detained"),
        ("2026-02-07", "detained"),
        ("2026-02-08T14:59", "detained"),
        ("2026-02-08T15:00", None),
        ("2026-02-08T23:44", None),
        ("2026-02-08T23:45", "whereabouts_unknown"),
        ("2026-02-08", "whereabouts_unknown"),
        ("2026-02-09", "whereabouts_unknown"),
        ("2026-02-10T08:59", "whereabouts_unknown"),
        ("2026-02-10T09:00", "house_arrest"),
        ("2026-02-19", "house_arrest"),
        ("2026-02-20", None),
    ],
)
def test_who_remains_is_right_at_every_hour_of_the_hard_days(case, moment, standing):
    man, words = "Pablo Guaraima Núñez", ("-s", "lista-2026-01-12", "-c", "Foro Libre")
    case.ok("release", "add", man, "--create", "--on", "2026-02-08T15:00", "--detained-on", "2025-05-23", *words)
    case.ok("retake", man, "--on", "2026-02-08T23:45", "--whereabouts-unknown", *words)
    case.ok("release", "add", man, "--on", "2026-02-10T09:00", "-k", "house_arrest", *words)
    case.ok("release", "add", man, "--on", "2026-02-20", "-k", "full", *words)
    remaining = rows(case, "remaining", "--on", moment)
    assert [row["standing"] for row in remaining] == ([standing] if standing else [])


def test_a_release_the_family_keeps_private(case):
    case.ok("claimant", "add", "familia Roa", "--kind", "family")
    case.ok("source", "add", "call with the family", "--slug", "call-2026-01-20", "--published", "2026-01-20")
    who = ("Marina Roa Cedeño", "Tomás Roa Cedeño")
    ran = case.ok(
        "release", "add", *who, "--new", who[0], "--new", who[1], "--on", "2026-01-20",
        "--publish", "withheld", "--publish-from", "2026-02-04", "-s", "call-2026-01-20", "-c", "familia Roa",
    )  # fmt: skip
    assert "2 people: 2 new releases" in ran.err
    shown = {row["field"]: row["value"] for row in json.loads(case.ok("show", who[0], "--json").out)}
    assert (shown["publish"], shown["publish_from"]) == ("withheld", "2026-02-04")


def test_unnamed_people_are_never_matched(case):
    for _time in range(2):
        ran = case.ok("release", "add", "--unnamed", "3", "--on", "2026-01-12", "-s", "lista-2026-01-12")
        assert "3 people: 3 new releases" in ran.err
    found = rows(case, "release", "list")
    assert [row["name"] for row in found] == ["unnamed, released 2026-01-12"] * 6
    assert len({row["detainee"] for row in found}) == 6


def test_unnamed_people_counted_before_are_told(case):
    def told(*words):
        ran = case.ok("release", "add", "--unnamed", "2", *words)
        return [line for line in ran.err.splitlines() if "on record already" in line]

    lista, otra = ("-s", "lista-2026-01-12"), ("-s", "otra-2026-01-13")
    ministry = ("-c", "Ministerio Penitenciario")
    assert told("--on", "2026-01-12", *lista, *ministry) == []
    assert told("--on", "2026-01-13", *otra, *ministry) == [], "another day in another source"
    assert told("--on", "2026-01-12", *otra, "-c", "Foro Libre") == [
        (
            "2 releases of unnamed people are on record already by this source, or of this day by this claimant:"
            " if they are of the same people, undo this."
        )
    ]
    [line] = told("--on", "2026-01-12", *otra, *ministry)
    assert line.startswith("6 releases of unnamed people"), "four of the source, two of the day and claimant"
    assert told("--on", "2026-01-12") == [], "nobody says so"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ('"Pérez, Ana"', "Pérez, Ana"),
        ('1. "Pérez, Ana",', "Pérez, Ana"),
        ("'Ana Pérez'", "Ana Pérez"),
        ("“Ana Pérez”", "Ana Pérez"),
        ("«Ana Pérez»", "Ana Pérez"),
        ('"Ana ""La Negra"" Pérez"', 'Ana "La Negra" Pérez'),
        ('Ana "La Negra" Pérez', 'Ana "La Negra" Pérez'),
        ('"Negra" Ana "Pérez"', '"Negra" Ana "Pérez"'),
        ("Ana O'Neill", "Ana O'Neill"),
    ],
)
def test_quotes_around_a_name_of_a_list_are_not_part_of_it(case, tmp_path, line, name):
    (tmp_path / "names.txt").write_text(f"{line}\n", encoding="utf-8")
    case.ok("release", "add", "--names", "names.txt", "--create", "--on", "2026-01-12")
    assert [row["name"] for row in rows(case, "release", "list")] == [name]


def test_what_the_environment_gives_is_echoed(case):
    env = {"TRACKER_SOURCE": "lista-2026-01-12", "TRACKER_CLAIMANT": "Foro Libre"}
    ran = case.ok("release", "add", "Ana Ruiz Prieto", "--create", "--on", "2026-01-12", env=env)
    assert "verified by Foro Libre" in ran.err
    assert "$TRACKER_SOURCE: lista-2026-01-12" in ran.err
    assert "$TRACKER_CLAIMANT: Foro Libre" in ran.err


def test_a_status_by_who_speaks_and_one_above_it_is_told(case):
    words = ("--on", "2026-01-12", "-s", "lista-2026-01-12", "-c", "Ministerio Penitenciario")
    ran = case.ok("release", "add", "Ana Ruiz Prieto", "--create", *words)
    assert "announced by Ministerio Penitenciario" in ran.err
    high = case.ok("release", "add", "Luis Paz Mora", "--create", "--status", "verificada", *words)
    assert "The one cited supports announced, not verified: 'tracker check' will find it." in high.err


def test_what_is_unclear_is_refused_with_the_choices_and_answered(case):
    case.ok("release", "add", "Ana Ruiz Prieto", "--create", "--on", "2026-01-12", "--status", "verified")
    unclear = case("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-22", "-s", "otra-2026-01-13")
    assert unclear.code == 4
    assert unclear.normal == (
        "Ana Ruiz Prieto (P-1): 2026-01-22, release, terms not stated, reported. The release on record, or another?\n"
        "  --same R-1  2026-01-12, release, terms not stated, verified\n"
        "  --another  a release, or new terms, of its own\n"
        "Say which: --same REF or --another. Taken again in between? Record 'tracker retake' first. Nothing was changed.\n"
    )
    ref = rows(case, "release", "list")[0]["ref"]
    same = case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-22", "-s", "otra-2026-01-13", "--same", ref)
    assert "2026-01-22 by this source" in same.err
    case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-22", "--another")
    assert len(rows(case, "release", "list")) == 2


def test_another_answers_only_what_is_unclear_for_several_people(case):
    names = ["Ana Ruiz Prieto", "Luis Paz Mora", "Eva Gil Soto"]
    add_list(case, names, "--create", "--status", "verified")
    case.ok("release", "edit", "Eva Gil Soto", "--on", "2026-01-02")
    unclear = add_list(case, names, "-s", "otra-2026-01-13")
    assert (unclear.code, "Eva Gil Soto" in unclear.err, "Luis Paz" in unclear.err) == (4, True, False)
    ran = add_list(case, names, "-s", "otra-2026-01-13", "--another")
    assert "3 people: 1 new release, 2 citations added" in ran.err


def test_a_release_of_nobody_named_is_no_answer(case):
    add_list(case, ["Ana Ruiz Prieto", "Luis Paz Mora"], "--create")
    [ana, _luis] = rows(case, "release", "list")
    ran = case("release", "add", "Luis Paz Mora", "--on", "2026-01-12", "--same", ana["ref"])
    assert (ran.code, ana["ref"] in ran.err) == (3, True)


def test_a_dry_run_shows_it_and_changes_nothing(case):
    ran = add_list(case, LIST, "--create", "--dry-run")
    assert "A dry run: this is what would happen." in ran.err
    assert "24 people: 24 new releases" in ran.err
    assert "Undo" not in ran.err
    assert rows(case, "release", "list") == []


def test_the_outcome_is_a_table_only_where_that_is_asked(case):
    ran = add_list(case, ["Ana Ruiz Prieto", "Luis Paz Mora"], "--create", "--json")
    assert [(row["name"], row["action"], row["status"]) for row in json.loads(ran.out)] == [
        ("Ana Ruiz Prieto", "new", "reported"),
        ("Luis Paz Mora", "new", "reported"),
    ]


def test_the_history_names_people_by_ref_only(case):
    add_list(case, LIST, "--create")
    history = case.ok("history", "--csv").out
    assert "release add P-" in history
    assert "Ponte" not in history


def test_a_time_of_another_zone_is_echoed_in_local_time(case):
    ran = case.ok("release", "add", "Ana Ruiz Prieto", "--create", "--on", "2026-01-12T02:30Z")
    assert "2026-01-12T02:30Z is 2026-01-11T22:30 in America/Caracas." in ran.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("Ana Ruiz Prieto", "--on", "2026-02-30"), 3),
        (("Ana Ruiz Prieto", "--on", "03/04/2024"), 3),
        (("Ana Ruiz Prieto", "--on", "mañana"), 3),
        (("Ana Ruiz Prieto", "--on", "2026-01-12", "-k", "happy"), 3),
        (("", "--on", "2026-01-12"), 3),
        (("x" * 10_000, "--on", "2026-01-12", "--create"), 3),
        (("Ana\x1b[31m Ruiz", "--on", "2026-01-12", "--create"), 3),
        (("Ana \u202eRuiz", "--on", "2026-01-12", "--create"), 3),
        (("--unnamed", "0", "--on", "2026-01-12"), 3),
        (("--unnamed", "-4", "--on", "2026-01-12"), 3),
        (("--unnamed", "some", "--on", "2026-01-12"), 3),
        (("Ana Ruiz Prieto", "--on", "2026-01-12", "--columns", "weight"), 3),
        (("Ana Ruiz Prieto", "--on", "2026-01-12", "--format", "pdf"), 3),
        (("Ana Ruiz Prieto", "--on", "2026-01-12", "--output", "nowhere/file.csv"), 13),
        (("Ana Ruiz Prieto", "--on", "2026-01-12", "-s", "nowhere"), 4),
        (("Ana Ruiz Prieto", "--on", "2026-01-12", "-f", "Zona 7"), 4),
        (("P-zzzzzz", "--on", "2026-01-12", "--create"), 4),
        (("--on", "2026-01-12"), 3),
    ],
)
def test_bad_input_is_a_sentence_and_changes_nothing(case, words, code):
    case.ok("detainee", "add", "Ana Ruiz Prieto")
    ran = case("release", "add", *words)
    assert (ran.code, ran.out) == (code, "")
    assert "Traceback" not in ran.err
    assert 0 < len(ran.err.splitlines()) < 8
    assert rows(case, "release", "list") == []


def test_hostile_names_are_stored_as_they_are_and_shown_safely(case):
    for name in ("Ana [bold] Ruiz", "=cmd|' /C calc'!A0 Ruiz", "Pérez [/red] Gil"):
        ran = case.ok("release", "add", "--new", name, "--on", "2026-01-12")
        assert name in ran.err
    assert {row["name"] for row in rows(case, "release", "list")} >= {"Ana [bold] Ruiz", "Pérez [/red] Gil"}


def test_a_detention_can_be_named_where_a_person_has_several(case):
    case.ok("release", "add", "Ana Ruiz Prieto", "--create", "--on", "2026-02-08", "--status", "verified")
    case.ok("retake", "Ana Ruiz Prieto", "--on", "2026-02-08T23:45")
    first, second = (row["ref"] for row in rows(case, "detention", "list"))
    assert case("release", "add", "Ana Ruiz Prieto", "--on", "unknown").code == 4
    assert "On record already" in case.ok("release", "add", first, "--on", "unknown").err
    assert "Recorded: release" in case.ok("release", "add", second, "--on", "unknown").err


def test_names_of_several_people_are_all_told(case):
    for name in ("Julio Balza", "Julio Balza", "Eva Gil", "Eva Gil"):
        case.ok("release", "add", "--new", name, "--on", "2026-01-12")
    ran = case("release", "add", "Julio Balza", "Eva Gil", "Nadie Conocido", "--on", "2026-01-12")
    assert ran.code == 4
    assert "2 names mean several people each:" in ran.err
    assert len(set(ran.normal.split()) & {"P-1", "P-2", "P-3", "P-4"}) == 4


def test_one_person_by_two_names_counts_once(case):
    case.ok("release", "add", "Ana Ruiz Prieto", "--create", "--on", "2026-01-12")
    ref = rows(case, "release", "list")[0]["detainee"]
    ran = case.ok("release", "add", "Ana Ruiz Prieto", ref, "--on", "2026-01-12", "-s", "lista-2026-01-12")
    assert f"Named twice, counted once: “{ref}”." in ran.err
    assert "the citation was added" in ran.err


def test_somebody_without_a_detention_is_told(case):
    case.ok("detainee", "add", "Ana Ruiz Prieto")
    case.ok("detainee", "add", "Luis Paz Mora")
    one = case.ok("release", "add", "Ana Ruiz Prieto", "--on", "2026-01-12")
    assert "A detention was added, for none was on record." in one.err
    several = case.ok("release", "add", "Ana Ruiz Prieto", "Luis Paz Mora", "--on", "2026-01-12")
    assert "1 person had no detention on record, one was added: Luis Paz Mora" in several.err


def test_statuses_that_rise_are_told(case):
    add_list(case, LIST[:3], "--create", "-s", "otra-2026-01-13")
    ran = add_list(case, LIST[:3], "-s", "lista-2026-01-12", "-c", "Foro Libre")
    assert f"3 statuses rose: {LIST[0]} (P-" in ran.err
    one = case.ok("release", "add", "Ana Ruiz Prieto", "--create", "--on", "2026-01-12")
    assert "uncited" in one.err
    risen = case.ok(
        "release", "add", "Ana Ruiz Prieto", "--on", "2026-01-13", "-s", "lista-2026-01-12", "-c", "Foro Libre"
    )
    assert "it rises from reported to verified by Foro Libre." in risen.err
    assert "released: 2026-01-12 → 2026-01-13" in risen.err
    assert "status: reported → verified" in risen.err


def test_a_list_from_windows_is_read(case, tmp_path):
    (tmp_path / "names.txt").write_bytes("José Ruiz Peña\r\nEva Gil Soto\r\n".encode("utf-16"))
    case.ok("release", "add", "--names", "names.txt", "--on", "2026-01-12", "--create")
    assert {row["name"] for row in rows(case, "release", "list")} == {"José Ruiz Peña", "Eva Gil Soto"}


def test_every_fact_that_a_statement_changes_on_a_release_on_record_is_said(case):
    case.ok("release", "add", "Ana Ruiz", "Luis Paz", "--create", "--on", "2026-01", "--status", "reported")
    words = ("-s", "lista-2026-01-12", "-c", "Foro Libre", "-k", "full", "--basis", "amnesty")
    words += ("--conditions", "may not travel", "--freed-at", "a mall", "--detained-on", "2025-05")
    ran = case.ok("release", "add", "Ana Ruiz", "--on", "2026-01-12", *words)
    said = ran.normal.splitlines()
    assert [line.strip() for line in said if "→" in line] == [
        "D-1: arrested: unknown → 2025-05",
        "R-1: released: 2026-01 → 2026-01-12",
        "R-1: terms: release, terms not stated → full freedom",
        "R-1: basis: not stated → amnesty",
        "R-1: status: reported → verified",
        "R-1: conditions: (nothing) → may not travel",
        "R-1: freed at: (nothing) → a mall",
    ]
    assert "→" not in case.ok("release", "add", "Ana Ruiz", "--on", "2026-01-12", *words).err
    several = case.ok("release", "add", "Ana Ruiz", "Luis Paz", "--on", "2026-01-12", *words)
    assert [line.split(":")[0].strip() for line in several.err.splitlines() if "terms" in line and "→" in line] == [
        f"Luis Paz ({rows(case, 'release', 'list', 'Luis Paz')[0]['detainee']})"
    ]


def test_terms_of_a_lower_status_are_kept_as_what_their_source_says(case):
    case.ok("release", "add", "Eva Gil", "--create", "--on", "2026-01-12", "--status", "verified")
    ran = case.ok("release", "add", "Eva Gil", "--on", "2026-01-12", "-k", "precautionary", "-s", "otra-2026-01-13")
    assert "precautionary measures by this source" in ran.err
    assert "→" not in ran.err
    assert [row["kind"] for row in rows(case, "release", "list")] == ["unstated"]
    stated = [(row["value"], row["stance"], row["source"]) for row in rows(case, "show", "Eva Gil")
              if row["field"] == "release_kind"]  # fmt: skip
    assert ("precautionary", "supports", "otra-2026-01-13") in stated


def test_a_long_list_of_names_alike_is_refused_in_a_few_lines(case):
    names = [f"Zoraida Piñango Ruda {letter}{second}" for letter in "bcdfgh" for second in "aeiou"]
    ran = add_list(case, names, "--create")
    assert ran.code == 4
    assert ran.err.count("both in this list") == 20
    assert "… and 9 more" in ran.err


def test_many_unnamed_people_are_told_by_a_few_refs(case):
    ran = case.ok("release", "add", "--unnamed", "34", "--on", "2026-01-12", "-s", "lista-2026-01-12")
    assert "34 people were created: " in ran.err
    assert ran.err.count("P-") == 12
    assert "… and 22 more" in ran.err
