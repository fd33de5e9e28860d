"""How old people were when they were arrested, in SQL: the rule of `domain.rules.age_group`, asked of a million rows.

A property test holds the two side by side.
"""

from tracker.domain.rules import ADULT_AGE


def full_years_sql(born: str, on: str) -> str:
    """Return SQL for the age in full years of somebody born on one day, on another (columns of moments)."""
    years = f"CAST(substr({on}, 1, 4) AS INTEGER) - CAST(substr({born}, 1, 4) AS INTEGER)"
    return f"({years} - (substr({on}, 6, 5) < substr({born}, 6, 5)))"


def age_group_sql(person: str, detention: str) -> str:
    """Return SQL for `adult`, `adolescent` or `unknown` on the day of an arrest; the arguments are aliases.

    From the date of birth if that decides it, else from an age stated on a known date.
    """
    began, ended = f"{detention}.began_from", f"{detention}.began_to"
    stated_last = _years_before(f"{person}.age_on_to", f"{person}.age")
    return f"""CASE
      WHEN {full_years_sql(f"{person}.born_to", began)} >= {ADULT_AGE} THEN 'adult'
      WHEN {full_years_sql(f"{person}.born_from", ended)} < {ADULT_AGE} THEN 'adolescent'
      WHEN {person}.age IS NULL OR {person}.age_on_from IS NULL OR {person}.age_on_to IS NULL THEN 'unknown'
      WHEN {full_years_sql(stated_last, began)} >= {ADULT_AGE} THEN 'adult'
      WHEN {_years_after(f"{person}.age_on_from", f"{person}.age + 1", ended)} < {ADULT_AGE} THEN 'adolescent'
      ELSE 'unknown' END"""


def _leap(year: str) -> str:
    return f"({year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0))"


def _years_before(moment: str, years: str) -> str:
    """Return SQL for the same day `years` earlier; 29 February becomes the 28th where there is none."""
    year = f"(CAST(substr({moment}, 1, 4) AS INTEGER) - ({years}))"
    day = f"substr({moment}, 6, 5)"
    return f"(printf('%04d-', {year}) || CASE WHEN {day} = '02-29' AND NOT {_leap(year)} THEN '02-28' ELSE {day} END)"


def _years_after(moment: str, years: str, on: str) -> str:
    """Return SQL for the age on a day of somebody born the day after the one `years` before `moment`."""
    year = f"(CAST(substr({moment}, 1, 4) AS INTEGER) - ({years}))"
    day = f"substr({moment}, 6, 5)"
    last = f"CASE WHEN {day} IN ('02-28', '02-29') AND NOT {_leap(year)} THEN '02-29' ELSE {day} END"
    return f"(CAST(substr({on}, 1, 4) AS INTEGER) - {year} - (substr({on}, 6, 5) <= {last}))"
