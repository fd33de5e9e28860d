"""The write door: what it fills in, what it refuses, and that it happens whole or not at all."""

import sqlite3

import pytest

from tracker.errors import BadValue, NotFound, Refused
from tracker.store import Store, ids


def add_person(store: Store, name: str = "Ana Ruiz", **more) -> str:
    with store.writing("detainee add") as change:
        return change.insert("detainees", {"name": name, **more})


def test_insert_fills_id_ref_bounds_and_name_keys(store):
    person = add_person(store, "Rocío San Miguel", born="1966-05")
    with store.reading() as db:
        row = db.execute("SELECT * FROM detainees").fetchone()
    assert row["id"] == person
    assert row["ref"] == "P-" + person[-6:]
    assert (row["born_from"], row["born_to"]) == ("1966-05-01T00:00", "1966-05-31T23:59")
    assert row["name_key"] == "rocio san miguel"
    assert row["name_exact"] == "rocío san miguel"
