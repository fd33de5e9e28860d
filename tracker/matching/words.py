"""How alike two words of names are: the features a near miss is made of, each a small function."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from tracker.domain.name_words import PARTICLES, sound

EVERYDAY: Final = frozenset(
    """
    maria jose juan luis carlos ana miguel antonio francisco manuel pedro jesus angel rafael daniel david fernando jorge
    alberto alejandro andres eduardo enrique gabriel javier julio mario martin oscar pablo ramon ricardo roberto victor
    carmen rosa luisa isabel teresa elena marta patricia laura andrea gabriela carolina daniela alejandra victoria sofia
    adriana claudia diana gloria julia lucia monica paola sandra silvia yolanda beatriz ernesto guillermo henry hugo
    ivan leonardo marcos mariana nelson orlando ruben santiago sergio tomas wilmer william yuri jhon john jean

    garcia rodriguez gonzalez hernandez perez lopez martinez sanchez ramirez torres flores rivera gomez diaz cruz
    morales reyes gutierrez ortiz ramos ruiz alvarez castillo jimenez moreno rojas romero vargas herrera medina castro
    mendoza fernandez suarez blanco salazar contreras rivas molina mendez silva colmenares chacon rangel delgado
    guerrero marquez figueroa urdaneta briceno parra acosta leon mora vasquez vazquez soto navarro cabrera dominguez
    munoz aguilar campos vega pena guerra bravo paredes peralta pacheco zambrano escalona marcano
    """.split()  # noqa: SIM905  (a list of 180 lines says no more)
)
"""Words that many people who speak Spanish are called: two that differ are two names, not one misspelled."""

GIVEN: Final = frozenset(
    """
    maria jose juan luis carlos ana miguel antonio francisco manuel pedro jesus angel rafael daniel david fernando
    jorge alberto alejandro andres eduardo enrique gabriel javier julio mario martin oscar pablo ramon ricardo
    roberto victor cesar alfonso alfredo adolfo agustin alexander alexis alvaro armando arturo augusto benito camilo
    cristian dario diego domingo edgar edgardo edwin efrain elias emilio ernesto esteban eugenio federico felipe
    felix freddy gerardo german gilberto gonzalo gregorio guillermo gustavo hector henry hernan horacio hugo
    humberto ignacio isaac ismael ivan jaime jairo joaquin joel johan jonathan julian leonardo leonel leopoldo
    lorenzo marcelo marcos mateo mauricio maximo moises nelson nestor nicolas omar orlando pascual patricio rene
    rodolfo rodrigo rogelio ruben salvador samuel santiago sebastian sergio simon teodoro tomas vicente vladimir
    walter wilfredo william wilmer xavier carmen rosa luisa isabel teresa elena marta martha patricia laura andrea
    gabriela carolina daniela alejandra victoria sofia adriana alicia amanda amparo angela beatriz blanca camila
    cecilia clara claudia cristina diana dolores elisa elizabeth emilia esperanza esther eva fernanda francisca
    gladys gloria graciela guadalupe ines irene josefina juana julia karina liliana lorena lucia luz margarita
    mariana marina mercedes miriam monica nancy natalia nelly norma olga paola paula pilar raquel rebeca rocio ruth
    sandra sara silvia sonia susana valentina valeria vanessa veronica virginia viviana yolanda
    """.split()  # noqa: SIM905  (a list of 250 lines says no more)
)
"""Given names of many who speak Spanish."""

ALIKE: Final = 0.88
"""The Jaro-Winkler likeness from which two or three slips may be one word: laverde/valverde, not torres/correa."""


def without_particles(words: Iterable[str]) -> list[str]:
    """Return the words of a name that tell people apart; all of them where there are only particles."""
    given = list(words)
    return [word for word in given if word not in PARTICLES] or given


def everyday(word: str) -> bool:
    """Tell whether many people are called so."""
    return word in EVERYDAY


def given(word: str) -> bool:
    """Tell whether many are given this name."""
    return word in GIVEN


@cache
def likeness(one: str, other: str) -> float:
    """Return how likely two words are one, misspelled or shortened: 1 the same, 0 two words."""
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(short) == 1:
        return 0.6 if long.startswith(short) else 0.0
    if sound(one) == sound(other):
        return 0.95
    return 0.0 if everyday(one) and everyday(other) else _misspelled(short, long)


def _misspelled(short: str, long: str) -> float:
    """Return how likely one of two words is a misspelling or short form of the other, by their letters alone."""
    from rapidfuzz.distance import OSA, JaroWinkler

    distance = OSA.distance(short, long, score_cutoff=3)
    alike = JaroWinkler.similarity(short, long) >= ALIKE
    features = (
        (distance == 1 and len(short) >= 4, 0.88),  # noqa: PLR2004  (ana is not eva)
        (distance == 2 and len(long) >= 6 and alike, 0.78),  # noqa: PLR2004  (kenny/kennedy, laverde/valverde)
        (len(short) >= 4 and long.startswith(short), 0.75),  # noqa: PLR2004  (alex/alexander)
        (distance == 3 and len(long) >= 10 and alike, 0.7),  # noqa: PLR2004
    )
    return next((worth for holds, worth in features if holds), 0.0)


def alike(word: str, known: Sequence[str]) -> list[str]:
    """Return the words of `known` that could be `word` misspelled, itself among them; initials are not looked for."""
    if len(word) == 1:
        return []
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found = process.extract(word, known, scorer=OSA.distance, score_cutoff=3, limit=None)
    return [other for other, _distance, _place in found if likeness(word, other) > 0]
