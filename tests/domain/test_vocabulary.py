"""The closed lists: every word means one term, labels are those of the field, ranks cover every term."""

import random
import re
import unicodedata

import pytest

from tracker import i18n
from tracker.domain import vocabulary
from tracker.domain.names import fold
from tracker.domain.vocabulary import (
    CLAIMANT_DEFAULT_STATUS,
    DEPRIVED,
    FREEDOM,
    KIND_STANDING,
    RESTRICTIVENESS,
    STATUS_RANK,
    VOCABULARIES,
    Term,
    freer,
    keys,
    label,
    read,
    title,
)
from tracker.errors import BadValue
from tracker.store import schema

TERMS = [(name, term) for name, terms in VOCABULARIES.items() for term in terms]

# The field, word for word: key → a Spanish word of the field that must mean it, and no other.
OF_THE_FIELD = {
    "release_kind": {
        "unstated": "excarcelación, términos no informados", "full": "libertad plena", "precautionary": "medidas cautelares sustitutivas",
        "conditional": "libertad condicional", "bail": "fianza", "medical": "licencia extrapenal, medida humanitaria",
        "house_arrest": "casa por cárcel", "exile": "destierro", "deported": "deportación", "escaped": "fuga",
    },
    "release_basis": {
        "court_review": "revisión de medida", "amnesty": "amnistía", "pardon": "indulto", "dismissal": "sobreseimiento",
        "acquittal": "absolución", "annulment": "sentencia anulada", "sentence_served": "cumplimiento de pena", "exchange": "canje",
        "negotiation": "gestión diplomática", "measures_ended": "cese de medidas",
    },
    "release_status": {"retracted": "desmentida"},
    "standing": {"whereabouts_unknown": "paradero desconocido"},
    "reliability": {
        "highly_reliable": "muy confiable", "likely_reliable": "probablemente confiable", "unsure": "confiabilidad dudosa",
        "likely_unreliable": "poco confiable", "highly_unreliable": "no confiable", "unknown": "desconocido",
    },
    "stage": {"awaiting_trial": "prisión preventiva", "sentenced": "condenado"},
}  # fmt: skip

# Pairs that are easily swapped in a table: (vocabulary, key, English, Spanish).
PAIRS = [
    ("release_kind", "house_arrest", "house arrest", "casa por cárcel"),
    ("release_kind", "full", "full freedom", "libertad plena"),
    ("release_kind", "bail", "bail", "fianza"),
    ("release_kind", "exile", "exile", "destierro"),
    ("release_basis", "amnesty", "amnesty", "amnistía"),
    ("release_basis", "pardon", "pardon", "indulto"),
    ("release_basis", "dismissal", "case dismissed", "sobreseimiento"),
    ("release_basis", "acquittal", "acquittal", "absolución"),
    ("release_status", "announced", "announced", "anunciada"),
    ("release_status", "verified", "verified", "verificada"),
    ("release_status", "retracted", "retracted", "desmentida"),
    ("standing", "died", "died in custody", "murió en custodia"),
    ("standing", "deceased", "died later", "murió después"),
    ("standing", "house_arrest", "house arrest", "casa por cárcel"),
    ("claimant_kind", "detaining_state", "detaining state", "Estado que detiene"),
    ("claimant_kind", "foreign_state", "foreign state", "Estado extranjero"),
    ("sex", "female", "female", "mujer"),
    ("sex", "male", "male", "hombre"),
    ("service", "civilian", "civilian", "civil"),
    ("service", "military", "military", "militar"),
    ("service", "police", "police", "policía"),
    ("age_group", "adolescent", "adolescent", "adolescente"),
    ("publish", "named", "named", "con nombre"),
    ("publish", "withheld", "withheld", "reservado"),
    ("stance", "supports", "supports", "respalda"),
    ("stance", "disputes", "disputes", "contradice"),
    ("house_arrest_practice", "held", "counts it as held", "la cuenta como detención"),
    ("qualifier", "at least", "at least", "al menos"),
    ("qualifier", "at most", "at most", "como máximo"),
    ("measure", "held", "held", "permanecen detenidas"),
    ("measure", "detained", "arrested", "detenidas"),
    ("sentenced", "no", "not sentenced", "sin condena"),
    ("nationality_type", "dual", "dual national", "doble nacionalidad"),
    ("severity", "warning", "warning", "advertencia"),
    ("verdict", "different", "different people", "personas distintas"),
]

# Lists that the schema constrains: column text in the schema → vocabulary.
CONSTRAINED = {
    "detainees.sex": "sex", "detainees.service": "service", "detainees.publish": "publish", "names.kind": "name_kind",
    "facilities.kind": "facility_kind", "detentions.cause": "cause", "detentions.stage": "stage", "detentions.publish": "publish",
    "releases.kind": "release_kind", "releases.basis": "release_basis", "releases.status": "release_status",
    "sources.reliability": "reliability", "claimants.kind": "claimant_kind", "claimants.house_arrest": "house_arrest_practice",
    "claims.measure": "measure", "claims.qualifier": "qualifier", "citations.stance": "stance", "judgements.verdict": "verdict",
}  # fmt: skip


@pytest.mark.parametrize("name", VOCABULARIES)
def test_no_word_means_two_terms(name: str) -> None:
    meaning: dict[str, str] = {}
    for term in VOCABULARIES[name]:
        for word in term.words():
            assert meaning.setdefault(fold(word), term.key) == term.key, word
    assert "" not in meaning


@pytest.mark.parametrize("name", VOCABULARIES)
def test_keys_and_labels_are_unique(name: str) -> None:
    terms = VOCABULARIES[name]
    for labels in ([term.key for term in terms], [term.en for term in terms], [term.es for term in terms]):
        assert len({fold(text) for text in labels}) == len(terms)


@pytest.mark.parametrize(("name", "term"), TERMS, ids=lambda part: part.key if isinstance(part, Term) else part)
def test_every_word_of_a_term_is_read_whatever_its_accents_and_case(name: str, term: Term) -> None:
    for word in term.words():
        stripped = "".join(char for char in unicodedata.normalize("NFD", word) if not unicodedata.combining(char))
        for spelling in (
            word,
            word.upper(),
            f"  {word} ",
            stripped,
            word.replace(" ", "_"),
            unicodedata.normalize("NFD", word),
        ):
            assert read(name, spelling) == term.key, spelling


@pytest.mark.parametrize(("name", "key", "english", "spanish"), PAIRS)
def test_labels_are_not_swapped(
    monkeypatch: pytest.MonkeyPatch, name: str, key: str, english: str, spanish: str
) -> None:
    assert label(name, key) == english
    monkeypatch.setattr(i18n, "_language", "es")
    assert label(name, key) == spanish


@pytest.mark.parametrize("name", OF_THE_FIELD)
def test_the_words_of_the_design_are_read(name: str) -> None:
    for key, spanish in OF_THE_FIELD[name].items():
        assert read(name, spanish) == key
        for part in spanish.split(", "):
            assert read(name, part) == key


@pytest.mark.parametrize("column", CONSTRAINED)
def test_the_lists_are_those_the_database_accepts(column: str) -> None:
    table, field = column.split(".")
    text = re.sub(r"\s+", " ", schema.TABLES[table])
    found = re.search(rf"{field} IN \(([^)]*)\)", text)
    assert found is not None
    allowed = re.findall(r"'([^']*)'", found[1])
    assert set(keys(CONSTRAINED[column])) == set(allowed)


def test_an_unknown_word_is_refused_with_the_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadValue) as caught:
        read("release_status", "rumoured\x1b")
    assert "“rumoured\\u001B”" in caught.value.message
    assert caught.value.hint == "Use one of: announced, reported, verified, retracted."
    monkeypatch.setattr(i18n, "_language", "es")
    monkeypatch.setattr(i18n, "_catalogue", lambda language: {"sex": "sexo"})
    with pytest.raises(BadValue) as caught:
        read("sex", "")
    assert "sexo" in caught.value.message
    assert all(word in str(caught.value.hint) for word in ("female (mujer)", "male (hombre)", "other (otro)"))


def test_m_is_not_read_as_a_sex() -> None:
    """M is male in English, and mujer in lists kept with H and M."""
    with pytest.raises(BadValue):
        read("sex", "M")
    assert read("sex", "H") == "male"
    assert read("sex", "F") == "female"


def test_a_stored_value_is_always_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert label("sex", "unknown") == "unknown"
    assert label("release_kind", "of a newer version") == "of a newer version"
    monkeypatch.setattr(i18n, "_language", "es")
    assert label("sex", "unknown") == label("stage", "unknown") == "desconocido"


def test_every_list_has_a_title() -> None:
    assert set(vocabulary.TITLES) == set(VOCABULARIES)
    assert title("release_kind") == "terms of release"
    assert all(title(name) for name in VOCABULARIES)


def test_ranks_and_defaults_cover_every_term() -> None:
    assert set(KIND_STANDING) == set(FREEDOM) == set(keys("release_kind"))
    assert set(KIND_STANDING.values()) | {"detained", "whereabouts_unknown", "died", "deceased", "none"} == set(
        keys("standing")
    )
    assert set(RESTRICTIVENESS) == set(keys("standing"))
    assert set(STATUS_RANK) == set(keys("release_status"))
    assert set(CLAIMANT_DEFAULT_STATUS) == set(keys("claimant_kind"))
    assert set(CLAIMANT_DEFAULT_STATUS.values()) == {"announced", "reported", "verified"}
    assert DEPRIVED == ("detained", "whereabouts_unknown", "house_arrest")


def test_deprived_of_liberty_is_more_restrictive_than_anything_else() -> None:
    least = min(RESTRICTIVENESS[standing] for standing in DEPRIVED)
    assert all(RESTRICTIVENESS[standing] < least for standing in RESTRICTIVENESS if standing not in DEPRIVED)
    assert len({RESTRICTIVENESS[standing] for standing in {*KIND_STANDING.values(), *DEPRIVED}}) == 7


def test_only_freer_terms_are_an_upgrade() -> None:
    assert freer("full", "precautionary")
    assert freer("precautionary", "house_arrest")
    assert freer("full", "house_arrest")
    assert not freer("precautionary", "full")
    assert not freer("unstated", "precautionary")
    assert not freer("precautionary", "unstated")
    assert not freer("full", "full")
    kinds = random.Random(7).sample(keys("release_kind"), 10)
    assert not any(freer(one, other) and freer(other, one) for one in kinds for other in kinds)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("detaining_state", "announced"),
        ("media", "reported"),
        *[(kind, "verified") for kind in ("monitor", "union", "foreign_state", "family", "lawyer", "detainee")],
    ],
)
def test_a_claimants_word_is_worth_what_the_design_says(kind: str, status: str) -> None:
    assert CLAIMANT_DEFAULT_STATUS[kind] == status
