"""Named data checks: each looks for one thing that is wrong, doubtful or missing in the record.

    with running(store, names=(), least="note") as found: …     `found.table` streams; then `found.counts` is known

A check is a function that yields findings; its docstring says what it looks for. Rules that casework refuses with and
checks find with are the same pure functions (`domain.rules`).
"""

from tracker.checks.run import CHECKS, Check, Found, list_checks, running

__all__ = ["CHECKS", "Check", "Found", "list_checks", "running"]
