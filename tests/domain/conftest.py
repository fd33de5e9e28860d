"""Property tests without a stopwatch: the first name of a script loads its table, which is slow once."""

from hypothesis import settings

settings.register_profile("no deadline", deadline=None)
settings.load_profile("no deadline")
