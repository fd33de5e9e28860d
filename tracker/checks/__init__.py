"""Named data checks: each looks for one thing that is wrong, doubtful or missing in the record.

    found = run(store, names=(), least="note")     one `Table` of findings; `worst` says how bad the worst is

A check is a function that yields findings; its docstring says what it looks for. Rules that casework refuses with and
checks find with are the same pure functions (`domain.rules`).
"""

from tracker.checks.run import CHECKS, Check, Found, list_checks, run

__all__ = ["CHECKS", "Check", "Found", "list_checks", "run"]
