"""Verdicts on pairs, and what becomes of them (and of lists' rows) when one of the two is merged."""

import pytest

from tracker.casework import merging
from tracker.casework.judgements import between, judge
from tracker.errors import BadValue, Refused
from tracker.store.structure import referrers


@pytest.fixture
def change(store):
    with store.writing("test", kind="merge") as change:
        yield change


@pytest.fixture
def people(change):
    return [
        change.get("detainees", change.insert("detainees", {"name": name})) for name in ("Ana", "Eva", "Iris", "Zoe")
    ]


def verdict(change, one, other):
    row = between(change.db, one["id"], other["id"])
    return None if row is None else row["verdict"]


def test_a_verdict_is_on_the_pair_whatever_the_order_and_in_either_language(change, people):
    ana, eva, *_ = people
    assert judge(change, eva, ana, "personas distintas", who="luis", why=" father  and son ") == (None, "different")
    row = between(change.db, ana["id"], eva["id"])
    assert (row["one"], row["other"], row["who"], row["why"]) == (ana["id"], eva["id"], "luis", "father and son")
    assert judge(change, ana, eva, "same") == ("different", "same")
    assert change.db.execute("SELECT count(*) FROM judgements").fetchone()[0] == 1


def test_one_person_is_no_pair_and_a_verdict_is_one_of_three(change, people):
    with pytest.raises(Refused, match="one person, not two"):
        judge(change, people[0], people[0], "same")
    with pytest.raises(BadValue):
        judge(change, people[0], people[1], "perhaps")


@pytest.mark.parametrize(
    ("mine", "theirs", "left"),
    [
        (None, "different", "different"),
        ("same", "different", "different"),
        ("different", "same", "different"),
        ("same", "unsure", "unsure"),
        ("unsure", "same", "unsure"),
        ("same", "same", "same"),
    ],
)
def test_verdicts_on_others_hold_for_the_one_kept_the_more_careful_first(change, people, mine, theirs, left):
    ana, eva, iris, zoe = people
    judge(change, ana, eva, "same")
    judge(change, zoe, iris, "different")
    if mine:
        judge(change, ana, iris, mine)
    judge(change, eva, iris, theirs)
    told = merging.merge(change, ana, eva)
    assert verdict(change, ana, iris) == left
    assert verdict(change, zoe, iris) == "different"
    assert verdict(change, ana, eva) is None
    assert any("was judged" in line for line in told) == (mine not in (None, theirs))


def test_nothing_points_at_the_one_merged_any_more(change, people):
    ana, eva, iris, _zoe = people
    source = change.insert("sources", {"slug": "lista"})
    taken = {"name": "l", "file": "l.csv", "sha256": "0", "size": 1, "entered": "2026-01-12"}
    row = {"list": change.insert("lists", taken)}
    row |= {"row": 2, "key": "eva", "digest": "0", "state": "taken", "detainee": eva["id"]}
    listed = change.insert("list_rows", row)
    change.insert("names", {"detainee": eva["id"], "name": "Evita"})
    change.insert("nationalities", {"detainee": eva["id"], "country": "VE"})
    change.insert("tags", {"detainee": eva["id"], "tag": "journalist"})
    change.insert("identifiers", {"detainee": eva["id"], "scheme": "ID", "value": "1"})
    change.insert("detentions", {"detainee": eva["id"], "entered": "2026-01-12"})
    change.insert("citations", {"detainee": eva["id"], "source": source})
    judge(change, iris, eva, "unsure")
    judge(change, eva, people[3], "unsure")
    pointing = [f"SELECT count(*) FROM {table} WHERE {column} = ?" for table, column in referrers("detainees")]
    assert all(change.db.execute(sql, (eva["id"],)).fetchone()[0] for sql in pointing if "judgements" not in sql)
    merging.merge(change, ana, eva)
    assert not any(change.db.execute(sql, (eva["id"],)).fetchone()[0] for sql in pointing)
    assert change.get("list_rows", listed)["detainee"] == ana["id"]
