"""The days and hours of the invented outage."""

from datetime import datetime
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
DEAD = datetime(2015, 2, 4, 8, 12, 31, tzinfo=BERLIN)
BACK = datetime(2015, 2, 18, 10, 39, 52, tzinfo=BERLIN)
WATCH = (datetime(2015, 2, 2, tzinfo=BERLIN), datetime(2015, 2, 19, 12, tzinfo=BERLIN))
ASLEEP = (datetime(2015, 2, 7, 20, tzinfo=BERLIN), datetime(2015, 2, 8, 9, tzinfo=BERLIN))
NEW_ROUTER = (datetime(2015, 2, 16, 13, 50, tzinfo=BERLIN), datetime(2015, 2, 16, 14, 20, tzinfo=BERLIN))
