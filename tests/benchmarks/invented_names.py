"""Names of nobody: Spanish-looking names put together from lists, a few of them very common and most of them rare.

How often a name occurs falls with its rank (Zipf), as in real lists: of a million people several hundred share the
commonest given name and surname, while most full names occur once.
"""

import itertools
import random
from typing import Final


def _words(text: str) -> list[str]:
    return text.split()


MALE: Final = _words(
    "José Luis Carlos Juan Jesús Miguel Pedro Rafael Antonio Ángel Francisco Manuel Víctor Daniel David Alexander Ramón "
    "Eduardo Jorge Andrés Gabriel Alejandro Fernando Julio César Enrique Héctor Roberto Ricardo Óscar Alberto Javier Iván "
    "Gustavo Freddy Wilmer Darwin Kelvin Yorman Leonardo Simón Tomás Nelson Argenis Orlando Rubén Félix Emilio Samuel Elías "
    "Moisés Adrián Hernán Gilberto Omar Edgar Ismael Joaquín Marcos Mateo Nicolás Pablo Raúl Salvador Sergio Vicente"
)
FEMALE: Final = _words(
    "María Ana Carmen Rosa Luisa Yolanda Carolina Gabriela Andrea Daniela Patricia Beatriz Teresa Marta Elena Isabel Sofía "
    "Verónica Mónica Adriana Alejandra Mariana Yelitza Yuleisy Maryorie Dayana Génesis Nairobi Belkis Zoraida Milagros Coromoto "
    "Rocío Inés Lucía Julia Laura Paola Nathaly Oriana Karina Yaneth Gladys Nancy Omaira Mireya Xiomara Aura Norma Raquel"
)
COMMON_SURNAMES: Final = _words(
    "González Rodríguez Pérez Hernández García Martínez López Rojas Sánchez Díaz Ramírez Fernández Gómez Torres Romero Contreras "
    "Moreno Mendoza Suárez Rivas Medina Castillo Álvarez Guerrero Márquez Ortiz Flores Colmenares Chacón Gutiérrez Marín Blanco "
    "Castro Vásquez Molina Núñez Zambrano Salazar Paredes Quintero Silva Urdaneta Parra Briceño Araujo Escalona Figueroa Bravo"
)
_STEMS: Final = _words(
    "Alm Arv Bal Bar Ber Cal Cam Car Cast Cor Dur Esc Est Fal Fig Gal Gam Gir Gor Gran Hered Iz Jar Lar Ler Lob Lund Mad Mal "
    "Mar Mel Mir Mont Mor Nav Ner Ol Ort Pad Pal Ped Pin Port Quir Ram Reb Riv Rom Sal Sand Ser Sol Tab Tor Ur Val Ver Vil Zam Zar"
)
_ENDINGS: Final = _words(
    "ales ano ara arte aza eda edo egas ejo ela ena endo era eros eta eza ida illo ina inas ito iza oba ola ona ora osa oso ova "
    "oya uela ueta uño ura uza"
)
_FIRST_HALVES: Final = _words("Yo Yu Da Dar Ke Kei Lei Jo Joi Wil Wi Mai Mari Nei Ya Yei Le Ro Ed Ed Ander Fran")
_SECOND_HALVES: Final = _words("nder kson lis leisy mar ner son berth nni xon dry kelis wil ryn lyn derson bel nys")
_SOFTENING: Final = 2.7  # the commonest word of a list is not twice, but a quarter more frequent than the next


def _cumulative(words: list[str]) -> list[float]:
    return list(itertools.accumulate(1 / (rank + _SOFTENING) for rank in range(1, len(words) + 1)))


class Names:
    """A source of names. The same random numbers give the same names."""

    def __init__(self, rng: random.Random) -> None:
        coined = [first + second for first in dict.fromkeys(_FIRST_HALVES) for second in _SECOND_HALVES]
        surnames = [stem + ending for ending in _ENDINGS for stem in _STEMS]
        mixer = random.Random(7)  # the order of the rare ones is part of the lists, whatever the seed
        mixer.shuffle(coined)
        mixer.shuffle(surnames)
        self._rng = rng
        self._male, self._female = MALE + coined, FEMALE + coined
        self._surnames = COMMON_SURNAMES + surnames
        self._weights = {id(words): _cumulative(words) for words in (self._male, self._female, self._surnames)}

    def _pick(self, words: list[str], count: int) -> list[str]:
        return self._rng.choices(words, cum_weights=self._weights[id(words)], k=count)

    def full(self, sex: str | None) -> str:
        """Return a full name: one or two given names, one or two surnames."""
        form = self._rng.random()
        given = self._pick(self._female if sex == "female" else self._male, 2 if form < 0.55 else 1)
        surnames = self._pick(self._surnames, 2 if form < 0.8 else 1)
        if 0.5 < form < 0.52:
            surnames.insert(1, "de")
        return " ".join((*dict.fromkeys(given), *surnames))

    def printed_otherwise(self, name: str) -> str:
        """Return `name` as another paper might print it: shortened, with a letter wrong, or in another order."""
        words = name.split()
        form = self._rng.random()
        if form < 0.4 and len(words) > 2:
            return f"{words[0]} {words[-2] if len(words) > 3 else words[-1]}"
        if form < 0.7:
            at = self._rng.randrange(1, len(words[-1]))
            return " ".join([*words[:-1], words[-1][:at] + words[-1][at + 1 :]])
        return " ".join([*words[-2:], *words[:-2]])
