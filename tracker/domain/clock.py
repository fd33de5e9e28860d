"""The clock and the zones of the earth: the one place of the domain that looks at the time of day."""

from datetime import date, datetime, tzinfo

from tracker.domain.date_bounds import Moment
from tracker.domain.text import quoted
from tracker.errors import BadValue
from tracker.i18n import _


def find_zone(name: str) -> tzinfo:
    """Return the time zone of that name (`America/Caracas`). Raises BadValue if there is none."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown; empty or outside the database; a folder of it
        raise BadValue(
            _("There is no time zone {value}.").format(value=quoted(name)),
            hint=_("Use a name of the IANA list, such as America/Caracas or Europe/Madrid."),
        ) from None


def now_moment(zone: str) -> Moment:
    """Return the minute it is now in `zone`."""
    return datetime.now(find_zone(zone)).strftime("%Y-%m-%dT%H:%M")


def today_in(zone: str) -> date:
    """Return the day it is now in `zone`."""
    return datetime.now(find_zone(zone)).date()
