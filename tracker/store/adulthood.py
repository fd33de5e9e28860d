"""Who may have been under 18 when arrested, as SQL: by what the record, or any source cited for the person, says.

Publishing and the checks share this condition. It fails closed: one statement by which somebody may have been a minor
is enough, whoever makes it and whatever the others say.
"""

from typing import Final

from tracker.domain.rules import ADULT_AGE

MINOR_NAMED: Final = "minor_named:"
"""With a person's id, the setting by which somebody is named in spite of their age; its value is why."""

LONGEST_UNKNOWN_HOLD: Final = 20
"""Years before its latest possible day that an arrest without a known date may lie, when an age must be judged."""

_YOUNG: Final = (
    *("adolescent", "adolescente", "child", "infant", "infante", "juvenile", "kid", "menor", "menor_de_edad", "minor"),
    *("nina", "nino", "teen", "teenager", "underage"),
)

YOUTH_TAGS: Final = (
    *_YOUNG,
    *(f"{tag}s" for tag in _YOUNG),
    *("children", "menores", "menores_de_edad", "ninos_y_ninas", "ninas_y_ninos", "ninos_ninas_y_adolescentes"),
)
"""Tags, as they are stored, that say that somebody is no adult."""

STATED: Final = "field IN ('age', 'born') AND value IS NOT NULL AND value <> 'unknown'"
"""A condition on citations: an age or a birth other than what the person's own record says, or disputing it."""


def agreed_sql(x: str, settings: str) -> str:
    """Return the condition that a person `x` is to be named in spite of their age."""
    return f"EXISTS (SELECT 1 FROM {settings} agreed WHERE agreed.id = '{MINOR_NAMED}' || {x}.id)"


def full_years_sql(born: str, on: str) -> str:
    """Return SQL for the age in full years of somebody born on one day, on another (columns of moments)."""
    years = f"CAST(substr({on}, 1, 4) AS INTEGER) - CAST(substr({born}, 1, 4) AS INTEGER)"
    return f"({years} - (substr({on}, 6, 5) < substr({born}, 6, 5)))"


def leap_sql(year: str) -> str:
    """Return SQL for whether a year is a leap year."""
    return f"({year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0))"


def years_before_sql(moment: str, years: str) -> str:
    """Return SQL for the same day `years` earlier; 29 February becomes the 28th where there is none."""
    year = f"(CAST(substr({moment}, 1, 4) AS INTEGER) - ({years}))"
    day = f"substr({moment}, 6, 5)"
    return (
        f"(printf('%04d-', {year}) || CASE WHEN {day} = '02-29' AND NOT {leap_sql(year)} THEN '02-28' ELSE {day} END)"
    )


def may_be_minor_sql(x: str, detentions: str, citations: str, sources: str) -> str:
    """Return the condition that a person `x` may have been a minor at an arrest; the others are tables.

    Somebody without a detention on record may have been arrested at any time of late.
    """
    latest = "coalesce(t.began_to, t.entered, date('now'))"
    longest = f"(CAST(substr({latest}, 1, 4) AS INTEGER) - {LONGEST_UNKNOWN_HOLD})"
    arrest = f"coalesce(t.began_from, printf('%04d', {longest}) || substr({latest}, 5))"
    grown = f"coalesce({full_years_sql(f'{x}.born_to', arrest)} >= {ADULT_AGE}, 0)"
    age_on = f"coalesce({x}.age_on_to, t.entered, date('now'))"
    own = _too_young(f"{x}.born", f"{x}.born_to", f"{x}.age", age_on, arrest=arrest, grown=grown)
    # What a citation states is text: a range (`1980..2009`) counts by its end, a year by its last day.
    end = "substr(c.value, CASE instr(c.value, '..') WHEN 0 THEN 1 ELSE instr(c.value, '..') + 2 END)"
    born = f"CASE WHEN c.field = 'born' AND {end} GLOB '[12][0-9][0-9][0-9]*'"
    born += f" THEN substr({end} || substr('9999-12-31', length({end}) + 1), 1, 10) END"
    age = "CASE WHEN c.field = 'age' THEN CAST(c.value AS INTEGER) END"
    born_text, age_on = "iif(c.field = 'born', c.value, NULL)", "coalesce(o.published_to, date('now'))"
    stated = _too_young(born_text, born, age, age_on, arrest=arrest, grown=grown)
    custody = f"(SELECT 1) LEFT JOIN {detentions} t ON t.detainee = {x}.id"
    return f"""(
        (({x}.born IS NOT NULL OR {x}.age IS NOT NULL) AND EXISTS (SELECT 1 FROM {custody} WHERE {own}))
        OR ({x}.id IN (SELECT detainee FROM {citations} WHERE {STATED}) AND EXISTS (
          SELECT 1 FROM {custody} JOIN {citations} c ON c.detainee = {x}.id JOIN {sources} o ON o.id = c.source
          WHERE c.{STATED} AND {stated})))"""


def _too_young(born: str, born_to: str, age: str, age_on: str, *, arrest: str, grown: str) -> str:
    """Return the condition that a birth (and its latest day), or else a stated age, leaves open a minor's arrest.

    `grown`: 1 where the record's own date of birth settles it; then an age need only agree with that.
    """
    by_birth = full_years_sql(born_to, arrest)
    by_age = full_years_sql(years_before_sql(age_on, age), arrest)
    return f"""(({born}) IS NOT NULL AND coalesce({by_birth} < {ADULT_AGE}, ({age}) IS NULL)
          OR ({age}) IS NOT NULL AND NOT {by_age} >= {ADULT_AGE} - {grown})"""
