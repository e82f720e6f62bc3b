"""The thresholds that decide what an outage is: few, named, printed in the dossier with their version."""

from __future__ import annotations

from datetime import timedelta
from math import log

RULE = "heller-outage/3"

GAP_STEPS = 3  # no probe for more than so many steps: nobody watched
LOSSES = 3  # fewer probes lost in a row are no outage
LASTS = timedelta(seconds=5)  # and neither is a shorter time between the first and the last of them
SUSPECTS = timedelta(seconds=2)  # a running silence is suspected from here on
AFTER_GAP = timedelta(seconds=10)  # losses so soon after a gap may be the watcher's own waking up
BEFORE_GAP = timedelta(seconds=2)  # losses so close before a gap may be its falling asleep
LATE_ANSWER = 0.999  # this share of the answers came within the time that a loss is given

# Losses by chance beside an outage prove neither its start nor its end. So many are left out at each end
# that more of them would stand there in fewer than this share of the cuts, and two at most:
# both ends hold in 99.9 % of all (docs/outages.md).
CHANCE = 5e-4
MOST_CHANCE = 2

# Belief that a line is down, in log odds. A lost probe weighs -log(share lost while the line is up, learnt
# inside bursts); the odds before the first loss and those at which an outage counts as measured are 1 in
# 10,000 and 10,000 to 1. One network weighs less than the way between them, however many probes it lost.
LEAST_LOSS, MOST_LOSS = 0.05, 0.30
BEFORE, SURE = -log(9_999), log(9_999)
NETWORK_CAP = 12.0
BURST = timedelta(seconds=2)  # losses no further apart are one burst

ALIVE = 0.9  # share of probes that a gateway must have answered to count as working throughout
SILENT = 0.1  # share up to which it counts as silent
CARRIED = 0.5  # share that the provider's first hop must have answered to show that the line carried

# Degraded: in each of so many blocks in a row this share of the probes was lost or slow, in at least half
# of the networks and in two. It is shown and never counted as an outage.
BLOCK = timedelta(seconds=60)
BLOCKS = 2
LEAST_IN_BLOCK = 30  # probes; a block is longer where fewer are sent in it
POOR = 0.05
SLOW = 1.0  # seconds; an answer after its deadline is slow too

# Slowness has its own measure: minutes in which this share of the answers, and so many of them, came later than the
# line's own limit, some times its usual 95th percentile and at least so much more.
LATE_SHARE = 0.1
LATE_FEWEST = 5
LATE_TIMES = 3
LATE_BY = 0.05  # seconds
USUAL = 0.95  # the percentile

NOTICES = timedelta(seconds=120)  # how late a router may notice that its line is dead or back
CLOCKS = timedelta(hours=2, minutes=5)  # a router's clock is looked for within two zones and a bit
SAME_TIME = timedelta(seconds=30)  # how well a router's events must fit to count for one clock offset
IN_STEP = timedelta(seconds=60)  # smaller differences are the router's slowness, not its clock
GOOD_CLOCK = 5.0  # seconds of uncertainty up to which a router's times may narrow the bounds
RETRIES = timedelta(
    hours=1
)  # a device that says 'down' again sooner is still trying; later it was up meanwhile
AFTER_START = timedelta(minutes=15)  # a device that started so short a time ago says 'down' anew
SESSION_BREAK = timedelta(seconds=60)  # a router alone: shorter breaks renew a session
STANDS = timedelta(minutes=5)  # a router's 'up' that lasts so long is an end that somebody may claim
CLAIMED_LATER = timedelta(days=1)  # 'you are online' said up to then after the end still speaks of it
CLAIMED_OPEN = timedelta(days=14)  # and up to then, where nobody measured the end
REPORTED = timedelta(days=14)  # a report of a fault speaks of an outage that begins up to so much later
EARLY = timedelta(
    minutes=15
)  # a report that lies no further before the measured start does not contradict it
COARSE = 30.0  # seconds between probes from which the width of the bounds is worth a word

LOOK = timedelta(seconds=3)  # a look at who carries takes no longer
USUAL_OVER = timedelta(minutes=10)  # beside a run of looks: what is usual of the line is learnt from so much
ANOTHER_RTT, LEAST_ANOTHER_RTT = 0.5, 0.005  # share and seconds by which round trips over another way differ
OTHERS_IN_A_ROW = 2  # answers of another in a row, of one protocol, that are no slip
