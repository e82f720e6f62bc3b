"""What a mail server writes: who connected to it, and which mails it could hand on.

A deferral 'Connection timed out' in the office's own outbound queue is a sign of failure of its own; that
another server answered 'try again later' shows that the line was up (Postfix, `smtp(8)`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from heller.intake.servers.hits import Hits, poor
from heller.intake.servers.syslog import SyslogLine, Timed
from heller.model.finding import Finding, Locator
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.queue_log import Attempt, QueueLog
from heller.model.record import Blob

_CLIENT = re.compile(r"connect from \S*?\[(?P<ip>[0-9a-fA-F.:]+)\]")
_LOGIN = re.compile(r".*Login: user=<(?P<user>[^>]*)>.*\brip=(?P<ip>[0-9a-fA-F.:]+)")
_NUMBER = r"\d{1,9}(?:\.\d+)?"
_SENT = re.compile(
    rf"[0-9A-Za-z]{{1,40}}: to=<[^>]{{0,320}}>,.{{0,400}} relay=(?P<relay>[^,]{{1,300}}), "
    rf".{{0,200}}?delay=(?P<delay>{_NUMBER})"
    rf"(?:, delays=[\d.]{{1,20}}/[\d.]{{1,20}}/(?P<setup>{_NUMBER})/(?P<send>{_NUMBER}))?"
    r".{0,400} status=(?P<status>\w{1,40}) \((?P<why>.*)\)?$"
)
# What an unreachable network looks like; a refused connection is an answer of the other side.
_DEAD = re.compile(
    r"Connection timed out|Network is unreachable|No route to host|Operation timed out"
    r"|Host or domain name not found\. Name service error .*try again|Host not found, try again"
)
_ALIVE = re.compile(r"\bsaid: \d|Connection refused|^250 |queued as|refused to talk to me")
_TO = re.compile(r"connect to (?P<name>[^\[\s]+)|name=(?P<asked>\S+)")
_INSIDE = ("127.", "10.", "192.168.", "::1", "local", "private/", "virtual", "dovecot", "/")


def is_mail(line: SyslogLine) -> bool:
    """Whether a line is of a mail server."""
    return "postfix" in line.program or line.program.startswith(("dovecot", "imap-login", "pop3-login"))


def read(blob: Blob, timed: Sequence[Timed], zone: ZoneInfo) -> tuple[list[HitLog | QueueLog], list[Finding]]:
    """The hits of clients and the attempts to hand mails on, where the log has any."""
    hits, attempts = Hits(), []
    server = ""
    for one in timed:
        line, at = one.line, one.server
        if at is None or not is_mail(line):
            continue
        server = server or line.host
        if "smtpd" in line.program and (hit := _CLIENT.match(line.said)):
            hits.add(int(at.timestamp()), hit["ip"], "", line.row)
        elif hit := _LOGIN.match(line.said):
            hits.add(int(at.timestamp()), hit["ip"], hit["user"], line.row)
        elif line.program.endswith("/smtp") and (found := _attempt(one)):
            attempts.append(found)
    found_: list[HitLog | QueueLog] = []
    doubts = []
    if hits.times:
        log = hits.log(server or blob.name, blob, zone)
        found_.append(log)
        doubts += [poor(log, blob.name)] if log.poor else []
    if attempts:
        attempts.sort(key=lambda a: a.at)
        source = Locator(blob.digest, f"row {attempts[0].row}")
        found_.append(QueueLog(server or blob.name, tuple(attempts), source))
    return found_, doubts


def _attempt(one: Timed) -> Attempt | None:
    """One attempt to hand a mail on; None where it says nothing about the way to the other server."""
    hit = _SENT.match(one.line.said)
    at = one.server
    if hit is None or at is None or hit["relay"].startswith(_INSIDE):
        return None
    why = hit["why"]
    dead = hit["status"] == "deferred" and _DEAD.search(why) and not _ALIVE.search(why)
    if not dead and not (hit["status"] == "sent" or _ALIVE.search(why)):
        return None
    relay = hit["relay"].split("[")[0]
    if relay == "none" and (named := _TO.search(why)):
        relay = named["name"] or named["asked"]
    if relay.startswith(_INSIDE):
        return None
    waited = min(float(hit["setup"] or 0) + float(hit["send"] or 0), 86_400.0)
    return Attempt(at, not dead, relay.rstrip(".,:"), one.line.row, waited, min(float(hit["delay"]), 1e8))
