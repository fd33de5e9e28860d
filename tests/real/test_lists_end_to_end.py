"""Real lists taken in from end to end, with their mappings: the record afterwards says what the files say."""

import csv
import io
from pathlib import Path

import pytest

DATA = Path(__file__).parents[2].parent / "shared" / "data"

pytestmark = pytest.mark.shared

CHINA = ("snapshot_2020-05-23.csv", "snapshot_2020-06-14.csv", "chinese-political-prisoners.csv")
CHINA_DAYS = ("2020-05-23", "2020-06-14", "2020-08-01")


def listed(name: str) -> Path:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"the real lists are not beside this checkout ({DATA})")
    return path


def words(option: str, *values: str) -> list[str]:
    return [word for value in values for word in (option, value)]


def part(name: str, folder: Path, wanted) -> Path:
    """Write the rows of a CSV list that `wanted(number, row)` says, the header included."""
    with listed(name).open(encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file)
    path = folder / Path(name).name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *(row for number, row in enumerate(rows) if wanted(number, row))])
    return path


def records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def absent_ones(table: str) -> list[str]:
    return [row["name"] for row in csv.DictReader(io.StringIO(table)) if row["action"] == "absent"]


def no_words_for_a_date() -> list[str]:
    """The list writes some words where others have the end of a sentence."""
    return words("--empty", "unknown", "life", "detention", "death")


def into_china(tracker, path: Path, day: str, *more: str):
    columns = words("--map", "Sentence=sentence_ends", "Place=note")
    options = ("--list", "cppc", "--as-of", day, "--create-sources", *no_words_for_a_date())
    return tracker("import", str(path), *columns, *options, *more)


@pytest.mark.parametrize("every", [pytest.param(3, id="some"), pytest.param(1, id="all", marks=pytest.mark.long)])
def test_three_snapshots_of_the_chinese_list_in_order(new_record, tmp_path, every):
    """A third of the rows, and all that the later snapshots corrected or added; the long form takes them all."""
    tracker = new_record()
    gone = "艾则孜•艾买提"

    def taken(number, row):
        return number % every == 0 or number > 800 or "29" in row[2][-2:] or row[0] in {gone, "刘贤斌", "王炳章"}

    skipped = []
    for name, day in zip(CHINA, CHINA_DAYS, strict=True):
        path = part(f"china_political_prisoners/{name}", tmp_path, taken)
        refused = into_china(tracker, path, day)
        assert refused.code == 3
        assert "1954-02-29" in refused.err
        assert "row " in refused.err
        bad = tmp_path / f"bad-{day}.csv"
        done = into_china(tracker, path, day, "--skip-bad", str(bad))
        assert done.code == 5, done
        assert "wait" not in done.err
        assert "no longer on it" not in done.err  # nobody was taken off in those months
        skipped.append({row["Name"]: row["tracker problem"] for row in records(bad)})
    assert "February 1954 has 28 days" in skipped[0]["陈西"]
    assert set(skipped[0]) > set(skipped[1]) == set(skipped[2])
    assert {"张展", "张彦平"} <= set(skipped[0]) - set(skipped[1])  # put right on the list: on record now

    rows = records(tmp_path / CHINA[2])
    kept = [row for row in rows if row["Name"] not in skipped[2]]
    people = tracker.rows("detainee", "list", "--columns", "ref,name,standing")
    assert sorted(row["name"] for row in people) == sorted(" ".join(row["Name"].split()) for row in kept)

    died = sum(row["Date of Death"] not in {"", "unknown"} for row in kept)
    assert sum(row["standing"] == "died" for row in people) == died
    remaining = tracker.rows("remaining", "--on", "2020-08-01", "--columns", "name,standing,uncertain")
    held = {row["name"]: row for row in remaining}
    assert len(remaining) == len(kept) - died
    assert {row["standing"] for row in held.values()} == {"detained"}
    assert held["刘贤斌"]["uncertain"] != "none"  # his sentence ended on 2020-06-27, and nobody says that he is out
    assert held["王炳章"]["uncertain"] == "none"  # for life
    before = {
        row["name"]: row for row in tracker.rows("remaining", "--on", "2020-06-26", "--columns", "name,uncertain")
    }
    assert before["刘贤斌"]["uncertain"] == "none"
    found = tracker("check", "--csv")
    run_out = {row["name"] for row in csv.DictReader(io.StringIO(found.out)) if row["check"] == "sentence-run-out"}
    assert "刘贤斌" in run_out
    assert "王炳章" not in run_out

    shorter = part(
        "china_political_prisoners/" + CHINA[2], tmp_path, lambda number, row: taken(number, row) and row[0] != gone
    )
    told = into_china(tracker, shorter, "2020-09-01", "--dry-run", "--csv")
    assert gone in absent_ones(told.out)
    assert len(tracker.rows("detainee", "list")) == len(people)


def test_one_man_is_gone_from_the_second_snapshot_of_guantanamo(new_record):
    tracker = new_record()
    maps = words("--map", "key=name", "country=nationalities", "*=-")
    constant = ("--constant", "facility=Guantánamo", "--create-facilities", "--list", "docket")
    for day in ("2015-10-19", "2015-10-30"):
        path = listed(f"guantanamo_2015/nyt_docket_prisoners_{day}.json")
        address = f"https://docket.example/{day.replace('-', '/')}/held"
        mapped = (*maps, *constant) if day.endswith("19") else constant[2:]  # the second is read as the first was
        done = tracker.ok("import", str(path), "-s", address, *mapped)
    assert "1 person on the last version of this list is no longer on it: Shaker Aamer" in done.err
    assert "96 on record gain something" in done.err
    assert tracker.rows("review") == []
    held = tracker.rows("remaining", "--columns", "name,nationalities,facility,sources")
    assert len(held) == 97
    assert {row["facility"] for row in held} == {"Guantánamo"}
    assert [row["name"] for row in held if ";" not in row["sources"]] == ["Shaker Aamer"]
    assert {row["nationalities"] for row in held if row["name"] == "Hamidullah"} == {"AF"}
    tracker.ok("undo", "--yes")
    done = tracker.ok("import", str(path), "-s", address, "--list", "docket", "--absent", "released")
    assert "Recorded for 1 of them" in done.err
    (release,) = tracker.rows("release", "list")
    assert (release["name"], release["on"], release["status"]) == ("Shaker Aamer", "2015-10-19..2015-10-30", "reported")


def test_the_wide_spreadsheet_of_press_freedom(new_record, tmp_path):
    """The 79 incidents that ended in an arrest, of 516; 54 of the 59 columns are left out."""
    tracker = new_record()
    path = part("us_press_freedom_tracker_2020/incidents.csv", tmp_path, lambda _n, row: row[21] != "None" and row[11])
    asked = ("--list", "press", "--create-sources", "--empty", "None")
    refused = tracker("import", str(path), *asked)
    assert refused.code == 3
    assert "equipment_seized" in refused.err  # not one column is dropped silently
    maps = words(
        "--map", "targeted_journalists=name", "date=detained_on", "release_date=released_on", "slug=source", "tags=-"
    )
    both = tracker("import", str(path), *asked, *maps, "--map", "*=-")
    assert both.code == 3
    assert "detention_date" in both.err  # known by its header, and the same as what `date` was said to be
    maps += words("--map", "detention_date=-", "*=-")
    tracker.ok("import", str(path), *asked, *maps)
    rows = records(path)
    (first,) = tracker.rows("find", "Katie Nielsen", "--columns", "name,standing,since,sources")
    assert first["name"] == "Katie Nielsen (KPIX 5)"
    assert first["since"] == "2020-06-01"
    taken = tracker.rows("detainee", "list", "--columns", "name,since")
    waiting = tracker.rows("review")
    assert {" ".join(row["targeted_journalists"].split()) for row in rows} == {row["name"] for row in taken} | {
        row["printed_name"] for row in waiting
    }
    out = [row for row in rows if row["release_date"] != "None"]
    assert len(tracker.rows("release", "list")) == len(out)
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    again = tracker.ok("import", str(path), *asked)  # read as it was read before
    assert "new p" not in again.err
    assert len(tracker.rows("detainee", "list")) == len(taken)


def test_the_chilean_spreadsheet_has_no_two_of_its_people_merged(new_record, tmp_path):
    tracker = new_record()
    sheet = listed("chile_pinochet/pinochet.xlsx")
    columns = ("first_name=name", "last_name=name", "individual_id=identifier", "start_date_daily=detained_on")
    maps = words("--map", *columns, "nationality=nationalities", "*=-")
    asked = ("-s", "https://pinochet.example/2019/01/01/list", "--list", "rettig")
    nothing = words("--empty", "NA", "#N/A")  # in the CSV, and in the spreadsheet
    refused = tracker("import", str(sheet), *maps, *asked, *nothing)
    assert refused.code == 3
    assert "pinochet.xlsx, row 1313" in refused.err
    assert "Argentinean, Chilean residency since 03/73" in refused.err
    assert "dual British and Chilean" not in refused.err  # two nationalities, both known
    bad = tmp_path / "bad.csv"
    skipped = tracker("import", str(sheet), *maps, *asked, *nothing, "--skip-bad", str(bad))
    assert skipped.code == 5
    wrong = records(bad)
    for row in wrong:
        row["nationality"] = row["nationality"].split(",")[0]
        row["age"] = row["age"].split(".")[0]  # a baby of 0.22 years
    with bad.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, wrong[0])
        writer.writeheader()
        writer.writerows(wrong)
    done = tracker.ok("import", str(bad), *asked, *nothing, "--map", "*=-")  # a column has no header
    assert "3 new people" in done.err

    people = tracker.rows("detainee", "list", "--columns", "ref,name,nationalities")
    rows = records(listed("chile_pinochet/pinochet.csv"))
    assert sorted(" ".join(f"{row['last_name']} {row['first_name']}".split()) for row in rows) == sorted(
        row["name"] for row in people
    )
    assert len({row["ref"] for row in people}) == 2398
    assert sum(row["name"] == "Torres Arenas José Fernando" for row in people) == 2  # two men of one name
    assert sum(row["nationalities"] == "CL; GB" for row in people) == 1

    again = tracker.ok("import", str(sheet), *asked, *nothing)
    assert "This very file was taken in" in again.err
    same = part("chile_pinochet/pinochet.csv", tmp_path, lambda _n, row: row[26] == "Chilean" and "." not in row[9])
    done = tracker.ok("import", str(same), *asked, *nothing)
    assert "2368 known already" in done.err  # all Chileans whose age is a whole number
    assert tracker.rows("detainee", "list", "--columns", "ref,name,nationalities") == people
    assert tracker.rows("review") == []
