"""How old people were when they were arrested, in SQL: the rule of `domain.rules.age_group`, asked of a million rows.

A property test holds the two side by side.
"""

from tracker.domain.rules import ADULT_AGE
from tracker.store.adulthood import full_years_sql, leap_sql, years_before_sql


def age_group_sql(person: str, detention: str) -> str:
    """Return SQL for `adult`, `adolescent` or `unknown` on the day of an arrest; the arguments are aliases.

    From the date of birth if that decides it, else from an age stated on a known date.
    """
    began, ended = f"{detention}.began_from", f"{detention}.began_to"
    stated_last = years_before_sql(f"{person}.age_on_to", f"{person}.age")
    return f"""CASE
      WHEN {full_years_sql(f"{person}.born_to", began)} >= {ADULT_AGE} THEN 'adult'
      WHEN {full_years_sql(f"{person}.born_from", ended)} < {ADULT_AGE} THEN 'adolescent'
      WHEN {person}.age IS NULL OR {person}.age_on_from IS NULL OR {person}.age_on_to IS NULL THEN 'unknown'
      WHEN {full_years_sql(stated_last, began)} >= {ADULT_AGE} THEN 'adult'
      WHEN {_years_after(f"{person}.age_on_from", f"{person}.age + 1", ended)} < {ADULT_AGE} THEN 'adolescent'
      ELSE 'unknown' END"""


def _years_after(moment: str, years: str, on: str) -> str:
    """Return SQL for the age on a day of somebody born the day after the one `years` before `moment`."""
    year = f"(CAST(substr({moment}, 1, 4) AS INTEGER) - ({years}))"
    day = f"substr({moment}, 6, 5)"
    last = f"CASE WHEN {day} IN ('02-28', '02-29') AND NOT {leap_sql(year)} THEN '02-29' ELSE {day} END"
    return f"(CAST(substr({on}, 1, 4) AS INTEGER) - {year} - (substr({on}, 6, 5) <= {last}))"
