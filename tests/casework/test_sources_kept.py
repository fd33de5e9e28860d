"""Sources: what a URL says of itself, slugs, hostile addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.casework.addresses import date_in, publisher_of, read_address
from tracker.casework.citations import Cited, cite, read_cited
from tracker.casework.sources import add_source, edit_source, find_or_add_source, free_slug
from tracker.errors import BadValue, NotFound, Refused
from tracker.store import Store


@pytest.mark.parametrize(
    ("host", "publisher"),
    [
        ("infobae.com", "infobae"),
        ("www.infobae.com", "infobae"),
        ("amp.infobae.com", "infobae"),
        ("www.elnacional.com.ve", "elnacional"),
        ("news.bbc.co.uk", "bbc"),
        ("www.mppre.gob.ve", "mppre"),
        ("es.wikipedia.org", "wikipedia"),
        ("miblog.wordpress.com", "miblog"),
        ("www.wordpress.com", "wordpress"),
        ("x.com", "x"),
        ("co.uk", "co"),
        ("localhost", "localhost"),
        ("192.168.0.1", "192.168.0.1"),
        ("[::1]", "::1"),
    ],
)
def test_the_publisher_is_the_host_without_its_wrapping(host: str, publisher: str) -> None:
    assert publisher_of(host) == publisher


def test_two_houses_of_one_word_are_told_apart_and_one_house_is_not(store: Store) -> None:
    kept = []
    with store.writing("sources") as change:
        for number, host in enumerate(
            ["example.org", "other.example.net", "news.example.org", "www.other.example.net", "m.example.org",
             "example.co.uk", "foro.wordpress.com", "foro.com", "10.0.0.1", "10.0.0.2"]
        ):  # fmt: skip
            row = change.get("sources", add_source(change, url=f"https://{host}/{number}", published="2026-01-15"))
            kept.append((row["publisher"], row["slug"]))
    assert kept == [
        ("example", "example-2026-01-15"),
        ("other.example.net", "other-example-net-2026-01-15"),
        ("example", "example-2026-01-15-2"),
        ("other.example.net", "other-example-net-2026-01-15-2"),
        ("example", "example-2026-01-15-3"),
        ("example.co.uk", "example-co-uk-2026-01-15"),
        ("foro", "foro-2026-01-15"),
        ("foro.com", "foro-com-2026-01-15"),
        ("10.0.0.1", "10-0-0-1-2026-01-15"),
        ("10.0.0.2", "10-0-0-2-2026-01-15"),
    ]


def test_a_copy_in_an_archive_does_not_take_the_word_of_its_publisher(store: Store) -> None:
    with store.writing("sources") as change:
        add_source(change, url="https://archive.example/infobae", publisher="infobae", published="2026-01-15")
        page = add_source(change, url="https://www.infobae.com/x", published="2026-01-15")
        assert change.get("sources", page)["publisher"] == "infobae"


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/venezuela/2026/01/15/una-noticia/", "2026-01-15"),
        ("/2026/1/5/una-noticia", "2026-01-05"),
        ("/una-noticia-20260115.html", "2026-01-15"),
        ("/nota/2026-01-15-presos", "2026-01-15"),
        ("/20260115/presos_2026_01_15", "2026-01-15"),
        ("/2026/01/presos", None),
        ("/2026/02/30/presos", None),
        ("/2026/01/15/de-20260114", None),
        ("/nota-1202601159", None),
        ("/presos", None),
    ],
)
def test_only_a_date_that_plainly_stands_in_the_path_is_taken(path: str, day: str | None) -> None:
    assert date_in(path) == day


@given(
    st.dates(min_value=__import__("datetime").date(2000, 1, 1), max_value=__import__("datetime").date(2099, 12, 31)),
    st.sampled_from(["/%Y/%m/%d/", "-%Y%m%d", "_%Y-%m-%d."]),
)
def test_every_day_is_read_back_from_a_path(day: object, shape: str) -> None:
    assert date_in(f"/nota{day:{shape}}presos") == f"{day:%Y-%m-%d}"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript://x.com/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://x.com/a",
        "http://",
        "https://x.com/a b",
        "https://x.com/\x07",
        "https://x.com/\n",
        "https://x.com/<script>",
        "https://user:pass@x.com/",
        "https://x.com:99999/",
        "https://[::1/",
        "https://-x.com/",
        "https://x..com/",
        "www.x.com/a",
        "https://x.com/" + "a" * 10_000,
    ],
)
def test_hostile_addresses_are_refused(store: Store, url: str) -> None:
    if url.endswith("\n"):
        url = url + "x"
    with pytest.raises(BadValue), store.writing("cite") as change:
        find_or_add_source(change, url)
    with store.reading() as db:
        assert db.execute("SELECT count(*) FROM sources").fetchone()[0] == 0


def test_who_shared_a_link_is_not_kept() -> None:
    address = read_address("HTTPS://WWW.Diario.com/Nota?id=5&utm_source=x&fbclid=abc#parte")
    assert address.url == "https://www.diario.com/Nota?id=5#parte"
    assert read_address("https://diario.com/n?a=1&b=%20c").url == "https://diario.com/n?a=1&b=%20c"
    assert read_address("https://diario.com").url == "https://diario.com/"


def test_a_url_becomes_a_source_once(store: Store) -> None:
    with store.writing("cite") as change:
        first, said = find_or_add_source(change, "https://www.infobae.com/venezuela/2026/01/15/nota/?utm_medium=x")
        row = change.get("sources", first)
        assert (row["slug"], row["publisher"], row["published"]) == ("infobae-2026-01-15", "infobae", "2026-01-15")
        assert "infobae-2026-01-15" in said[0]
        for again in ("http://infobae.com/venezuela/2026/01/15/nota", "infobae-2026-01-15", row["ref"].lower()):
            assert find_or_add_source(change, again) == (first, ())
        other, said = find_or_add_source(change, "https://infobae.com/otra/2026/01/15/nota")
        assert change.get("sources", other)["slug"] == "infobae-2026-01-15-2"
        undated, said = find_or_add_source(change, "https://infobae.com/otra")
        assert change.get("sources", undated)["slug"] == "infobae-undated"
        assert "tracker source edit infobae-undated --published" in said[1]
        with pytest.raises(NotFound) as told:
            find_or_add_source(change, "infobae-2026-01-16")
        assert "infobae-2026-01-15" in told.value.candidates


def test_an_undated_slug_follows_its_date_and_no_other_does(store: Store) -> None:
    with store.writing("edit") as change:
        undated, _said = find_or_add_source(change, "https://infobae.com/a")
        second, _said = find_or_add_source(change, "https://infobae.com/b")
        assert change.get("sources", second)["slug"] == "infobae-undated-2"
        for source in (undated, second):
            said = edit_source(change, change.get("sources", source), {"published": "2026-01-15"})
            assert len(said) == 2
        slugs = [change.get("sources", source)["slug"] for source in (undated, second)]
        assert slugs == ["infobae-2026-01-15", "infobae-2026-01-15-2"]
        edit_source(change, change.get("sources", undated), {"published": "2026-01-16"})
        assert change.get("sources", undated)["slug"] == "infobae-2026-01-15"


@pytest.mark.parametrize(
    ("name", "published", "slug"),
    [
        ("Foro Penal", "2026-01-12", "foro-penal-2026-01-12"),
        ("El País", "2026-01", "el-pais-2026-01"),
        ("El País", "2026-01-12T08:30", "el-pais-2026-01-12"),
        ("El País", "2026-01-10..2026-01-12", "el-pais-2026-01-12"),
        ("El País", "..2026-01-12", "el-pais-2026-01-12"),
        ("Una llamada muy larga de un abogado", None, "una-llamada-muy-larga-undated"),
        ("Новая газета", "2026-01-12", "novaya-gazeta-2026-01-12"),
        ("", None, "source-undated"),
    ],
)
def test_slugs_are_made_of_publisher_and_date(store: Store, name: str, published: str | None, slug: str) -> None:
    with store.reading() as db:
        assert free_slug(db, name, published) == slug


@pytest.mark.parametrize("slug", ["", " ", "Con Espacios", "ñandú", "a/b", "--", "a--b", "x" * 81, "[bold]", "=cmd"])
def test_a_slug_is_plain(store: Store, slug: str) -> None:
    with store.writing("edit") as change:
        source = change.get("sources", add_source(change, title="x", published="unknown"))
        with pytest.raises(BadValue):
            edit_source(change, source, {"slug": slug})


def test_a_source_wants_its_date_and_a_title_or_url(store: Store) -> None:
    with store.writing("add") as change:
        with pytest.raises(BadValue, match="published"):
            add_source(change, title="Llamada", dated=True)
        with pytest.raises(Refused):
            add_source(change, published="unknown", dated=True)
        with pytest.raises(BadValue, match="future"):
            add_source(change, title="Llamada", published="2199-01-01")
        call = add_source(
            change,
            title="Llamada",
            published="unknown",
            dated=True,
            public=False,
            language="ES",
            reliability="poco confiable",
        )
        row = change.get("sources", call)
        assert (row["published"], row["public"], row["language"], row["reliability"]) == (
            None,
            0,
            "es",
            "likely_unreliable",
        )
        page = add_source(change, url="https://a.com/2026/01/15/x", dated=True)
        assert change.get("sources", page)["published"] == "2026-01-15"
        with pytest.raises(Refused, match="already a source"):
            add_source(change, url="http://www.a.com/2026/01/15/x/", published="unknown")
        with pytest.raises(BadValue):
            add_source(change, title="x", published="unknown", language="español")
        with pytest.raises(Refused, match="taken"):
            edit_source(change, row, {"slug": change.get("sources", page)["slug"]})
        edit_source(change, row, {"reliability": "", "public": "yes", "note": "x"})
        assert change.get("sources", call)["reliability"] is None
        assert change.get("sources", call)["public"] == 1


def test_the_same_citation_is_kept_once_and_gains_its_locator(store: Store) -> None:
    with store.writing("cite") as change:
        source = add_source(change, title="x", published="unknown")
        person = change.insert("detainees", {"name": "Ana Ruiz"})
        first = cite(change, "detainees", person, Cited(source))
        assert cite(change, "detainees", person, Cited(source, locator="p. 3")) == first
        assert first is not None
        assert change.get("citations", first)["locator"] == "p. 3"
        assert cite(change, "detainees", person, Cited(source), field="age") != first
        assert cite(change, "detainees", person, Cited(source), stance="disputes") != first
        assert cite(change, "detainees", person, Cited()) is None
        assert change.db.execute("SELECT count(*) FROM citations").fetchone()[0] == 3


def test_a_claimant_without_a_source_is_no_citation(store: Store) -> None:
    with store.writing("cite") as change:
        assert read_cited(change, None).nothing
        assert read_cited(change, " ", "", "").nothing
        for claimant, locator in (("Foro Uno", None), (None, "p. 3")):
            with pytest.raises(Refused, match="no source"):
                read_cited(change, None, claimant, locator)
        with pytest.raises(NotFound, match="Foro Uno"):
            read_cited(change, "https://a.com/2026/01/15/x", "Foro Uno")
        cited = read_cited(change, "https://a.com/b", published="2026-01-15")
        assert cited.source is not None
        assert change.get("sources", cited.source)["slug"] == "a-2026-01-15"
