# --- datetime
from datetime import *
d = datetime(2026, 11, 28, 10, 30, tzinfo=timezone.utc)
print(d.isoformat(), d.strftime("%A %d %B %Y %j %U %p %%"), d.timestamp(), d.weekday(), d.isocalendar())
print(d + timedelta(days=40), d - datetime(2026, 1, 1, tzinfo=timezone.utc), d.replace(hour=0), d.astimezone(timezone(timedelta(hours=-3))))
datetime.strptime("28/11/26 07:05", "%d/%m/%y %H:%M"), datetime.fromisoformat("2026-11-28T10:00:00.5+02:00"), date.fromordinal(740000)

# --- datetime-errors
import datetime
datetime.date(2026, 2, 30)

# --- strptime-error
import datetime
datetime.datetime.strptime("2026-13-01", "%Y-%m-%d")

# --- naive-aware
from datetime import datetime, timezone
datetime(2026, 1, 1) < datetime(2026, 1, 1, tzinfo=timezone.utc)

# --- timedelta
from datetime import timedelta as t
print(t(hours=25), t(-1), t(seconds=1.5) * 3, t(days=1) / t(hours=1), t(days=2) // 7, divmod(t(10), t(3)), str(t(microseconds=5)))
repr(t(weeks=1, minutes=1)), t(days=1).total_seconds(), t.max

# --- time-of-day
from datetime import time
time(10, 5, 3).isoformat(), time.fromisoformat("04:23:01.000384"), time(1) < time(2)

# --- zoneinfo
from datetime import datetime
from zoneinfo import ZoneInfo
datetime(2026, 7, 1, tzinfo=ZoneInfo("Europe/Berlin"))

# --- zoneinfo-available
import zoneinfo
len(zoneinfo.available_timezones()) >= 0, zoneinfo.TZPATH

# --- zoneinfo-bad
import zoneinfo
zoneinfo.ZoneInfo("Nowhere/Land")

# --- calendar
import calendar
print(calendar.month(2026, 2))
calendar.isleap(2028), calendar.monthrange(2026, 11), calendar.day_name[0], calendar.timegm((2026, 1, 1, 0, 0, 0))

# --- calendar-html
import calendar
calendar.HTMLCalendar().formatmonth(2026, 2)[:120], list(calendar.Calendar().itermonthdays(2026, 2))[:7]

# --- time
import time
print(time.gmtime(0), time.strftime("%Y-%m-%d", time.gmtime(86400)), time.mktime(time.gmtime(0)), time.tzname, time.timezone)
time.perf_counter() > 0, time.monotonic_ns() > 0, time.get_clock_info("time").adjustable, time.asctime(time.gmtime(0))

# --- time-sleep
import time
start = time.monotonic()
time.sleep(0.05)
time.monotonic() - start >= 0.045

# --- time-sleep-errors
import time
time.sleep(-1)

# --- localtime
import time
time.localtime(0).tm_hour, time.localtime().tm_zone

# --- sched
import sched
import time
s = sched.scheduler(time.monotonic, time.sleep)
second = s.enterabs(2, 1, print, ("second",))
first = s.enterabs(1, 1, print, ("first",))
s.run(), s.empty(), first.time

# --- now
import datetime
(datetime.datetime.now() - datetime.datetime.utcnow()).total_seconds() < 1 if False else datetime.datetime.now(datetime.UTC).year >= 2025

# --- utcnow-deprecated
import datetime
datetime.datetime.utcnow().year >= 2025

# --- tzinfo-own
from datetime import datetime, timedelta, tzinfo

class Z(tzinfo):
    def utcoffset(self, dt):
        return timedelta(hours=1)

    def dst(self, dt):
        return None

    def tzname(self, dt):
        return "Z1"

d = datetime(2026, 1, 1, tzinfo=Z())
d.isoformat(), d.strftime("%Z %z")

# --- timeit
import timeit
timeit.timeit("x + 1", setup="x = 1", number=100) > 0, len(timeit.repeat("pass", repeat=2, number=10))

# --- timeit-globals
import timeit

def work():
    return 5

timeit.timeit("work()", setup="from __main__ import work", number=10) > 0

# --- timeit-error
import timeit
timeit.timeit("missing_name", number=1)
