"""A terminal that formats meant for files are written to: what could act on it is shown instead."""

from typing import IO

from tracker.domain.text import safe


class Screen:
    """Passes text on to a terminal, each piece made safe."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        """Write `text` as it may be shown."""
        return self._file.write(safe(text, keep_newlines=True))
