"""Invented people of whom the public may know some, some of each, or nothing: every protected text holds one word."""

from hypothesis import strategies as st
from invented_lives import Cite, Detention, Person, Release, Stay

CLAIMANTS = {
    "Foro Libre": "monitor",
    "Secreta Madre": "family",
    "Secreto Abogado": "lawyer",
    "Secreta Testigo": "witness",
}
SOURCES = (
    {"slug": "foro-2026-01-13", "published": "2026-01-13"},
    {"slug": "secreta-llamada", "published": "2026-01-13", "public": 0, "title": "Secreta", "publisher": "Secreta Voz",
     "url": "https://secreta.example", "author": "Secreta", "note": "Secreta"},
)  # fmt: skip

ADULT = {"born": "1980-05-01"}
UNSURE = ({"born": "2008-06-01"}, {"age": 17}, {"age": 18, "age_on": "2026-01-10"}, {"born": "2008"})

secret = "Secreta {}".format
"""Every protected text holds this word; no other does."""


def cites(how):
    """A citation that the public may read, or one hidden by its source, its claimant, or both."""
    source = "secreta-llamada" if "source" in how else "foro-2026-01-13"
    claimant = "Secreta Madre" if "claimant" in how else "Foro Libre"
    value, locator = ("Secreta cita", "Secreta página") if how else (None, None)
    return (Cite(source, claimant, value=value, locator=locator),)


HIDDEN = ("source", "claimant", "source claimant")


@st.composite
def lives(draw):
    """A person, and whether the public may know the name, or that they are there at all."""
    publish = draw(st.sampled_from(("named", "anonymous", "withheld", None)))
    age = draw(st.sampled_from((ADULT, {}, *UNSURE)))
    level = draw(st.sampled_from((None, None, "named", "anonymous", "withheld")))
    youth = draw(st.sampled_from(((), (), ("adolescent",))))
    hidden = draw(st.sampled_from(HIDDEN))
    named = publish == "named" and age not in UNSURE and level != "anonymous" and not youth
    name = "Ana Ruiz" if named else draw(st.sampled_from((secret("Nombre"), None)))
    values = {"publish": publish, "occupation": "maestra" if named else secret("Oficio"), "note": secret("Nota"),
        "description": None if name else secret("Descripción"), **age}  # fmt: skip
    release = Release(
        draw(st.sampled_from(("2026-01-12", "2026-01", None))),
        draw(st.sampled_from(("full", "house_arrest", "bail"))),
        draw(st.sampled_from(("verified", "reported"))),
        conditions="presentarse cada 30 días" if named else secret("Medida"),
        freed_at="plaza" if named else secret("Plaza"),
        note=secret("Nota"),
        publish=draw(st.sampled_from((None, None, "anonymous", "withheld"))),
        publish_from=draw(st.sampled_from((None, None, "2026-02-04", "2026-02", "2150-01-01"))),
        cited=cites(draw(st.sampled_from(("", *HIDDEN)))),
    )
    stay = Stay(
        "Rodeo Uno", publish=draw(st.sampled_from((None, "anonymous"))), note=secret("Nota"), cited=cites(hidden)
    )
    texts = {"charges": secret("Cargo"), "place": secret("Calle"), "note": secret("Nota"), "sentence": secret("Pena"),
        "authority": "DGCIM" if named else secret("Primo")}  # fmt: skip
    detention = Detention(
        "2025-05", draw(st.sampled_from(((release,), ()))), (stay,), "charged", level, texts, cites(hidden)
    )
    return Person(
        name,
        (detention,),
        values,
        nationalities=("VE",),
        tags=(*youth, *(("journalist",) if named else ("hermana_de_secreta",))),
        other_names=("Anita",) if named else (secret("Alias"),),
        identifiers=(secret("Cédula"),),
        cited=cites(hidden),
    )
