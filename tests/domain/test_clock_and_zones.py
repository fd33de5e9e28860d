"""The clock, read in the record's time zone."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.clock import find_zone, now_moment, today_in
from tracker.errors import BadValue


@pytest.mark.parametrize("name", ["America/Caracas", "Pacific/Kiritimati", "UTC"])
def test_now_is_told_in_the_zone_asked_for(name: str) -> None:
    before = datetime.now(ZoneInfo(name)).strftime("%Y-%m-%dT%H:%M")
    now, today = now_moment(name), today_in(name)
    after = datetime.now(ZoneInfo(name)).strftime("%Y-%m-%dT%H:%M")
    assert before <= now <= after
    assert before[:10] <= today.isoformat() <= after[:10]


@pytest.mark.parametrize(
    "name", ["", "America", "America/Nowhere", "../etc/passwd", "/etc/passwd", "a\x00b", "Caracas", "x" * 500]
)
def test_a_zone_nobody_knows_is_refused_with_an_example(name: str) -> None:
    with pytest.raises(BadValue, match="no time zone") as caught:
        find_zone(name)
    assert "America/Caracas" in str(caught.value.hint)
