"""What tracker is measured against: sqlite-utils over flat tables, and SQL written by hand in the SQLite shell.

A flat table holds just what our own question answers, column by column: sqlite-utils only has to read it out. The SQL
written by hand counts the same people of the same record, but knows nothing of vague dates, of what is possible, of
order kept within a detention: it is what somebody would type who wants the number alone.

`python baselines.py FILE.csv FLAT.db TABLE` loads a CSV file, in a process of its own (see `measuring`).
"""

import csv
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

STANDING: Final = """
  CASE WHEN d.died_from <= :now THEN CASE WHEN coalesce(s.kind, 'house_arrest') = 'house_arrest' THEN 'died' ELSE 'deceased' END
    WHEN s.kind IS NULL THEN CASE (SELECT y.whereabouts_unknown FROM stays y WHERE y.detention = s.detention
      AND coalesce(y.since_from, '') <= :now ORDER BY y.step DESC LIMIT 1) WHEN 1 THEN 'whereabouts_unknown' ELSE 'detained' END
    WHEN s.kind = 'house_arrest' THEN 'house_arrest'
    WHEN s.kind IN ('precautionary', 'conditional', 'bail', 'medical') THEN 'restricted'
    WHEN s.kind = 'unstated' THEN 'out' WHEN s.kind = 'escaped' THEN 'escaped' ELSE 'free' END"""

KIND: Final = """(SELECT r.kind FROM releases r WHERE r.detention = t.id AND r.status = 'verified'
    AND coalesce(r.released_from, r.released_to, r.entered) <= :now ORDER BY r.step DESC LIMIT 1)"""

SAID_OUT: Final = """(SELECT max(r.status) FROM releases r WHERE r.detention = s.detention
    AND r.status IN ('announced', 'reported') AND coalesce(r.released_from, r.released_to, r.entered) <= :now)"""

LAST: Final = f"""last AS MATERIALIZED (
  SELECT detainee, detention, began, kind, max((kind IS NULL) || coalesce(began_from, '')) AS latest
  FROM (SELECT t.detainee, t.id AS detention, t.began, t.began_from, {KIND} AS kind
    FROM detentions t WHERE coalesce(t.began_from, '') <= :now)
  GROUP BY detainee)"""

TALLY: Final = f"""WITH {LAST},
now AS (SELECT {STANDING} AS standing, CASE WHEN s.kind IS NULL THEN {SAID_OUT} END AS said_out
  FROM last s JOIN detainees d ON d.id = s.detainee WHERE d.excluded = 0)
SELECT standing, said_out, count(*) FROM now GROUP BY 1, 2"""

BY_DAY: Final = """WITH RECURSIVE days(day) AS (SELECT '2026-01-08' UNION ALL SELECT date(day, '+1 day') FROM days WHERE day < '2026-03-08'),
spans AS MATERIALIZED (SELECT t.began_from AS began, (SELECT min(r.released_from) FROM releases r WHERE r.detention = t.id
  AND r.status = 'verified' AND r.kind <> 'house_arrest') AS ended
  FROM detentions t JOIN detainees d ON d.id = t.detainee WHERE d.excluded = 0)
SELECT day, (SELECT count(*) FROM spans WHERE began BETWEEN day AND day || 'T23:59'),
  (SELECT count(*) FROM spans WHERE ended BETWEEN day AND day || 'T23:59'),
  (SELECT count(*) FROM spans WHERE began <= day || 'T23:59' AND (ended IS NULL OR ended > day || 'T23:59')) FROM days"""

PAGE: Final = f"""WITH now AS (
  SELECT d.ref, d.name, {STANDING} AS standing, s.began, s.detention, d.id
  FROM detainees d JOIN (SELECT t.detainee, t.id AS detention, t.began, {KIND} AS kind FROM detentions t
    WHERE NOT EXISTS (SELECT 1 FROM detentions l WHERE l.detainee = t.detainee AND l.began_from > t.began_from)) s ON s.detainee = d.id
  WHERE d.excluded = 0 AND d.name_key > '' ORDER BY d.name_key)
SELECT ref, name, standing, began, (SELECT f.name FROM stays y JOIN facilities f ON f.id = y.facility
    WHERE y.detention = now.detention ORDER BY y.step DESC LIMIT 1),
  (SELECT group_concat(country, '; ') FROM nationalities n WHERE n.detainee = now.id)
FROM now WHERE standing IN ('detained', 'whereabouts_unknown', 'house_arrest') LIMIT 40"""

BY_FACILITY: Final = f"""WITH {LAST},
now AS (SELECT {STANDING} AS standing, (SELECT y.facility FROM stays y WHERE y.detention = s.detention ORDER BY y.step DESC LIMIT 1) AS facility
  FROM last s JOIN detainees d ON d.id = s.detainee WHERE d.excluded = 0)
SELECT f.name, standing, count(*) FROM now LEFT JOIN facilities f ON f.id = facility GROUP BY 1, 2"""


def shell(database: Path, now: str, *statements: str) -> tuple[list[str], str]:
    """Return the command that runs SQL in the SQLite shell, and its name; without the shell, the same in bare Python."""
    sql = ";\n".join(statements).replace(":now", f"'{now}'") + ";"
    program = shutil.which("sqlite3")
    if program:
        return [program, "-readonly", str(database), sql], "SQL in the sqlite3 shell"
    script = "import sqlite3, sys\nfor one in sys.argv[2].split(';\\n'): print(*sqlite3.connect(sys.argv[1]).execute(one.rstrip(';')), sep='\\n')"
    return [sys.executable, "-c", script, str(database), sql], "SQL in bare Python (there is no sqlite3 shell)"


def flatten(source: Path, flat: Path, table: str) -> int:
    """Load a CSV file into a table of its own, by another process; return its number of rows."""
    words = [sys.executable, __file__, str(source), str(flat), table]
    return int(subprocess.run(words, check=True, capture_output=True, text=True).stdout)


def load(source: Path, flat: Path, table: str) -> int:
    """Load a CSV file into the flat table `table`, made anew."""
    with source.open(encoding="utf-8", newline="") as file, closing(sqlite3.connect(flat)) as db:
        lines = csv.reader(file)
        header = next(lines)
        db.execute(f"DROP TABLE IF EXISTS {table}")
        columns = ", ".join(f'"{name}" TEXT' for name in header)
        db.execute(f"CREATE TABLE {table} ({columns})")
        db.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(header))})", lines)
        db.commit()
        count: int = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        return count


def main(words: Sequence[str]) -> None:
    """Load as the command line says."""
    print(load(Path(words[0]), Path(words[1]), words[2]))


if __name__ == "__main__":
    main(sys.argv[1:])
