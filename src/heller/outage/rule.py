"""The thresholds that decide what an outage is: few, named, printed in the dossier with their version."""

from __future__ import annotations

from datetime import timedelta

RULE = "heller-outage/1"

GAP_STEPS = 3  # no probe for more than so many steps: nobody watched
LOSSES = 3  # fewer probes lost in a row are no outage
LASTS = timedelta(seconds=5)  # and neither is a shorter time between the first and the last of them
MOST_NOISE = 2  # so many losses at each end of an outage may be put down to noise
AFTER_GAP = timedelta(seconds=10)  # losses so soon after a gap may be the watcher's own waking up
BEFORE_GAP = timedelta(seconds=2)  # losses so close before a gap may be its falling asleep
LATE_ANSWER = 0.999  # this share of the answers came within the time that a loss is given

ALIVE = 0.9  # share of probes that a gateway must have answered to count as working throughout
SILENT = 0.1  # share up to which it counts as silent

NOTICES = timedelta(seconds=120)  # how late a router may notice that its line is dead or back
CLOCKS = timedelta(hours=2, minutes=5)  # a router's clock is looked for within two zones and a bit
SAME_TIME = timedelta(seconds=30)  # how well a router's events must fit to count for one clock offset
IN_STEP = timedelta(seconds=60)  # smaller differences are the router's slowness, not its clock
GOOD_CLOCK = 5.0  # seconds of uncertainty up to which a router's times may narrow the bounds
SESSION_BREAK = timedelta(seconds=60)  # a router alone: shorter breaks renew a session
STANDS = timedelta(minutes=5)  # a router's 'up' that lasts so long is an end that somebody may claim
CLAIMED_LATER = timedelta(days=1)  # 'you are online' said up to then after the end still speaks of it
COARSE = 30.0  # seconds between probes from which the width of the bounds is worth a word
