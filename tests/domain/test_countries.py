"""Countries from codes, names and demonyms, in two languages."""

# ruff: noqa: SIM905  (lists of codes are read more easily as words)

import unicodedata

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from tracker import i18n
from tracker.domain import countries
from tracker.domain.countries import country_name, known, read_country
from tracker.errors import BadValue

# What babel lists beside ISO 3166-1: reserved codes, groupings, test regions.
NOT_ISO = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
CODES = sorted(code for code in Locale("en").territories if len(code) == 2 and code.isalpha() and code not in NOT_ISO)

AMBIGUOUS = {
    "Congo": "CD CG",
    "Congolese": "CD CG",
    "congoleño": "CD CG",
    "congoleñas": "CD CG",
    "congolés": "CD CG",
    "Korea": "KP KR",
    "Corea": "KP KR",
    "Korean": "KP KR",
    "coreana": "KP KR",
    "Dominican": "DM DO",
    "guineano": "GN GQ",
    "Virgin Islands": "VG VI",
    "Virgin Islanders": "VG VI",
    "Islas Vírgenes": "VG VI",
    "Channel Islands": "GG JE",
    "Channel Islander": "GG JE",
    "Islas del Canal": "GG JE",
}


def refusal(text: str) -> BadValue:
    with pytest.raises(BadValue) as caught:
        read_country(text)
    assert caught.value.hint
    return caught.value


def test_there_are_the_249_of_iso_and_kosovo() -> None:
    assert len(CODES) == 250
    assert all(known(code) for code in CODES)
    assert not any(known(code) for code in (*NOT_ISO, "es", "ESP", ""))


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_country_is_read_from_its_code_and_its_name(language: str) -> None:
    for code in CODES:
        assert read_country(code) == read_country(f" {code.lower()} ") == code
        name = country_name(code, language)
        if name == "Congo":
            continue
        for spelling in (name, name.upper(), unicodedata.normalize("NFD", name).lower(), name.replace("&", "and")):
            assert read_country(spelling) == code, spelling


def test_a_country_is_named_in_the_language_in_force_or_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_language", "es")
    assert country_name("ES") == "España"
    assert country_name("ES", "en") == "Spain"
    assert country_name("DE", "es") == "Alemania"
    assert country_name("QQ", "es") == "QQ"


@pytest.mark.parametrize(
    ("code", "spellings"),
    [
        ("ES", "ES, Spain, España, Spanish, español, española, españoles, ESPAÑOLAS, espanola, Spaniards, Reino de España"),
        ("VE", "Venezuelan, Venezuelans, venezolano, venezolana, venezolanos, venezolanas, República Bolivariana de Venezuela"),
        ("US", "US, U.S., USA, EE. UU., EE.UU., EEUU, Estados Unidos, los Estados Unidos, American, estadounidenses, norteamericana"),
        ("GB", "UK, U.K., Reino Unido, Gran Bretaña, British, Briton, británica, England, inglesas, Scottish, galés"),
        ("NL", "Dutch, Holland, Holanda, holandesa, neerlandés, The Netherlands, Países Bajos, Dutchwomen"),
        ("CZ", "Czech, Czech Republic, República Checa, Chequia, checo, checas"),
        ("DE", "German, Germans, alemán, alemana, alemanes, Alemania"),
        ("FR", "French, Frenchmen, francés, francesas, Francia"),
        ("PT", "Portuguese, portugués, portuguesas"),
        ("IT", "Italian, italiana, italianos"),
        ("IR", "Iranian, iraní, iraníes, iranís"),
        ("IE", "Irish, irlandesa, Republic of Ireland"),
        ("UA", "Ukrainian, ucraniana, Ucrania, the Ukraine"),
        ("HU", "Hungarian, húngaro"),
        ("CO", "Colombian, colombiana, colombianos"),
        ("AR", "Argentine, Argentinian, argentina, Argentinians"),
        ("PE", "Peruvian, peruanos, Perú, Peru"),
        ("CU", "Cuban, cubanas"),
        ("EC", "Ecuadorian, Ecuadorean, ecuatoriano"),
        ("DO", "dominicano, dominicanas, República Dominicana, Dominican Republic, Rep. Dominicana"),
        ("DM", "Dominica, dominiqués, dominiquesa"),
        ("CD", "DR Congo, Congo-Kinshasa, República Democrática del Congo, Zaire"),
        ("CG", "Congo-Brazzaville, Republic of the Congo, República del Congo"),
        ("KR", "South Korea, Corea del Sur, surcoreano, sudcoreana, Republic of Korea"),
        ("KP", "North Korean, norcoreana, Corea del Norte"),
        ("GN", "Guinea, Guinean, Guinea-Conakry"),
        ("GQ", "Equatorial Guinea, Guinea Ecuatorial, ecuatoguineana"),
        ("GW", "Guinea-Bissau, Guinea Bissau, Guinea-Bisáu, Bissau-Guinean"),
        ("NE", "Niger, Nigerien, nigerina"),
        ("NG", "Nigeria, Nigerian, nigerianos"),
        ("CI", "Côte d'Ivoire, Cote d’Ivoire, Ivory Coast, Costa de Marfil, marfileña"),
        ("BA", "Bosnia, Bosnia-Herzegovina, Bosnia and Herzegovina, Bosnia y Herzegovina, bosnias"),
        ("TT", "Trinidad, Trinidad & Tobago, Trinidad and Tobago, Trinidad y Tobago, trinitense"),
        ("KN", "St. Kitts & Nevis, Saint Kitts and Nevis, San Cristóbal y Nieves"),
        ("TR", "Türkiye, Turkey, Turquía, Turks, turca"),
        ("MM", "Burma, Birmania, Myanmar, Burmese, birmanas"),
        ("PS", "Palestine, Palestina, Palestinian, palestinos"),
        ("XK", "Kosovo, Kosovar, kosovares"),
        ("LB", "Lebanese, libanesa, Líbano, el Líbano, Lebanon"),
        ("SV", "El Salvador, Salvadoran, salvadoreños"),
        ("SA", "Saudi, saudita, saudíes, Arabia Saudita"),
        ("VC", "Saint Vincentian, St Vincentian, St. Vincentians, San Vicente y las Granadinas"),
        ("CR", "Costa Rican, costarricenses"),
        ("BR", "Brazilian, brasileña, brasilera, Brasil"),
        ("PH", "Filipino, Filipina, Filipinos, filipinas, The Philippines"),
    ],
)  # fmt: skip
def test_words_in_use_are_read(code: str, spellings: str) -> None:
    assert {spelling: read_country(spelling) for spelling in spellings.split(", ")} == dict.fromkeys(
        spellings.split(", "), code
    )


@pytest.mark.parametrize(("word", "codes"), AMBIGUOUS.items())
def test_a_word_of_two_countries_is_refused_with_both(word: str, codes: str) -> None:
    error = refusal(word)
    assert "more than one country" in error.message
    assert all(f"({code})" in str(error.hint) for code in codes.split())


def test_no_other_word_of_the_table_is_ambiguous() -> None:
    stems = {
        "congo": ("CD", "CG"), "corea": ("KP", "KR"), "korea": ("KP", "KR"), "dominican": ("DM", "DO"),
        "guinean": ("GN", "GQ"), "virgin islan": ("VG", "VI"), "islas virgenes": ("VG", "VI"),
        "channel islan": ("GG", "JE"), "islas canal": ("GG", "JE"),
    }  # fmt: skip
    for key, codes in countries._index().items():
        if len(codes) > 1:
            assert codes in [meant for stem, meant in stems.items() if key.startswith(stem)], key


def test_no_filler_alone_is_a_country() -> None:
    assert "" not in countries._index()
    for word in ("the", "y", "de la", "", "  "):
        assert "two-letter code" in str(refusal(word).hint)


@pytest.mark.parametrize(
    ("word", "codes"),
    [
        ("Spanish-Venezuelan", "ES VE"),
        ("hispano-venezolana", "ES VE"),
        ("ítalo-venezolano", "IT VE"),
        ("venezolana y española", "VE ES"),
        ("Colombian/Venezuelan", "CO VE"),
    ],
)
def test_two_nationalities_in_one_word_are_asked_for_one_by_one(word: str, codes: str) -> None:
    hint = str(refusal(word).hint)
    assert hint.startswith("Give each nationality by itself")
    assert all(f"({code})" in hint for code in codes.split())


@pytest.mark.parametrize(
    ("word", "code"), [("Venezolno", "VE"), ("Venezuelean", "VE"), ("Espanna", "ES"), ("Colombain", "CO")]
)
def test_a_slip_is_answered_with_near_words(word: str, code: str) -> None:
    hint = str(refusal(word).hint)
    assert hint.startswith("Did you mean")
    assert f"({code})" in hint


@pytest.mark.parametrize(
    "word",
    ["xyzzy", "América", "America", "stateless", "EU", "one two", "Korean Congolese", "x" * 10_000, "\u202eES", "12"],
)
def test_what_is_no_country_is_refused_in_short(word: str) -> None:
    error = refusal(word)
    assert "no country or nationality" in error.message
    assert len(error.message) < 200
    assert error.message.isprintable()


@pytest.mark.parametrize("word", ["Spanishs", "Chineses", "Frenchs", "Swisss", "Frenchmens"])
def test_what_has_no_plural_gets_none(word: str) -> None:
    assert "no country" in refusal(word).message


@given(st.text())
def test_any_text_gives_a_known_code_or_a_sentence(text: str) -> None:
    try:
        code = read_country(text)
    except BadValue:
        assert refusal(text).message
        return
    assert known(code)


def test_every_country_with_people_of_its_own_has_a_demonym_in_both_languages() -> None:
    uninhabited_or_unnamed = set(
        "AQ BL BQ BV CC CK CX GF GG GS HM IO JE MF NF PM PN SH SJ SX TC TF UM VG VI WF".split()
    )
    for code, entry in countries._data().items():
        if code not in uninhabited_or_unnamed:
            assert entry["en"], code
            assert entry["es"], code
