"""Logs of web and mail servers: hits as columns, attempts of the queue, and times that prove nothing."""

import gzip
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.documents import BERLIN, blob

from heller import intake
from heller.intake.readers import accesslog
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.queue_log import QueueLog
from heller.model.record import Reading

DATA = Path(__file__).parent / "data" / "logs"
BEGIN = datetime(2015, 2, 2, 7, tzinfo=UTC)


def line(at: datetime, client: str = "203.0.113.7", agent: str = "ERP/2.1", zone: str = "+0000") -> str:
    """A line of the combined format."""
    return f'{client} - - [{at:%d/%b/%Y:%H:%M:%S} {zone}] "GET /a HTTP/1.1" 200 12 "-" "{agent}"'


def read(lines: list[str], name: str = "access.log") -> Reading:
    """The reading of an access log."""
    return intake.read(blob("\n".join(lines).encode(), name), BERLIN)


def hits(reading: Reading) -> HitLog:
    """The one log of a reading."""
    (log,) = reading.records
    assert isinstance(log, HitLog)
    return log


def times(log: HitLog) -> list[int]:
    """Its times as seconds since 1970."""
    return list(log.times)


def codes(reading: Reading) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in reading.findings}


def test_the_sample_is_read_line_by_line_as_another_parser_does() -> None:
    """Clients and instants are those that jc reads; its unparsable lines are rejected here too."""
    reading = intake.read(
        blob((DATA / "jc_common-log-format.log").read_bytes(), "jc_common-log-format.log"), BERLIN
    )
    expected = json.loads((DATA / "jc_common-log-format.expected-jc.json").read_text())
    known = [row for row in expected if "host" in row]
    log = hits(reading)
    assert sorted(times(log)) == sorted(row["epoch_utc"] or times_of(row["date"]) for row in known)
    assert set(log.clients) == {row["host"] for row in known}
    assert reading.rows_rejected == sum("unparsable" in row for row in expected)


def times_of(stamp: str) -> int:
    """Seconds since 1970 of a stamp with an offset."""
    return int(datetime.strptime(stamp, "%d/%b/%Y:%H:%M:%S %z").timestamp())


def test_offsets_are_believed_and_the_fold_needs_no_guess() -> None:
    """02:30 with +0200 and 02:30 with +0100 are an hour apart."""
    at = datetime(2015, 10, 25, 2, 30)
    log = hits(read([line(at, zone="+0200"), line(at, zone="+0100")]))
    assert times(log)[1] - times(log)[0] == 3600


def test_clients_are_addresses_the_64_of_ipv6_and_names() -> None:
    """The last half of an IPv6 address changes daily; a virtual host in front is not the client."""
    log = hits(
        read(
            [
                line(BEGIN, "2001:db8:1:2:aaaa::1"),
                line(BEGIN, "2001:db8:1:2:bbbb::2"),
                line(BEGIN, "::ffff:203.0.113.7"),
                "shop.example.com:443 " + line(BEGIN, "203.0.113.7"),
                line(BEGIN, "office.example.com"),
            ]
        )
    )
    assert log.clients == ("2001:db8:1:2::/64", "203.0.113.7", "office.example.com")


def test_rotated_files_belong_to_one_server() -> None:
    """access.log.2.gz and access.log-20150202 are of access.log; CRLF, a BOM and NUL bytes do not matter."""
    rows = [line(BEGIN + timedelta(seconds=n)) for n in range(5)]
    data = "\ufeff" + "\r\n".join(rows) + "\r\n"
    packed = intake.read(blob(gzip.compress(data.encode()), "access.log.2.gz"), BERLIN)
    torn = intake.read(blob(data.encode() + b"\0\0\0" + rows[0].encode(), "access.log-20150202"), BERLIN)
    assert (hits(packed).server, hits(torn).server) == ("access.log", "access.log")
    assert len(times(hits(packed))) == 5 and len(times(hits(torn))) == 6
    assert packed.rows == 5 and not packed.rows_rejected


def test_times_that_no_clock_took_are_refused() -> None:
    """The minute is always :05, whatever the hour; or the lines jump back again and again."""
    made = [line((BEGIN + timedelta(hours=n)).replace(minute=5, second=n % 60)) for n in range(40)]
    assert hits(read(made)).poor == "minute" and "hits.poor_times" in codes(read(made))
    jumping = [line(BEGIN + timedelta(hours=(n * 7) % 40)) for n in range(40)]
    assert hits(read(jumping)).poor == "back"
    good = [line(BEGIN + timedelta(minutes=7 * n)) for n in range(40)]
    assert hits(read(good)).poor == "" and hits(read(good)).uncertainty == 60.0
    fine = [line(BEGIN + timedelta(seconds=401 * n)) for n in range(40)]
    assert hits(read(fine)).uncertainty == 1.0


def test_a_buffered_log_is_put_in_order() -> None:
    """Workers write when they are done: a few seconds back are usual, and rows keep their numbers."""
    ticks = [0, 3, 1, 10, 9, 12]
    log = hits(read([line(BEGIN + timedelta(seconds=n)) for n in ticks]))
    assert [t - times(log)[0] for t in times(log)] == sorted(ticks)
    assert list(log.rows) == [1, 3, 2, 5, 4, 6]


def test_postfix_tells_what_it_could_send_and_what_it_could_not() -> None:
    """Timeouts and names not found are failures; a greylisting or a local delivery is none."""
    reading = intake.read(blob((DATA / "made" / "postfix-queue.log").read_bytes(), "mail.log"), BERLIN)
    (log,) = reading.records
    assert isinstance(log, QueueLog) and log.server == "mail"
    assert [(a.ok, a.relay) for a in log.attempts] == [
        (True, "mx.example.com"),
        (False, "mx.example.net"),
        (False, "mx.example.com"),
        (False, "example.org"),
        (False, "mx.example.net"),
        (True, "mx.example.net"),
        (True, "mx.example.net"),
    ]
    assert log.attempts[5].delay == 8042 and log.attempts[1].waited == 60


def test_logins_at_a_mail_server_are_hits() -> None:
    """Connections to submission and logins by IMAP are hits of a client; a year is stated by the file's name."""
    rows = [
        "Feb  4 08:00:01 mail postfix/submission/smtpd[31]: connect from pc.example.com[203.0.113.7]",
        "Feb  4 08:00:03 mail dovecot: imap-login: Login: user=<anna>, method=PLAIN, rip=203.0.113.7, lip=192.0.2.1",
        "Feb  4 08:00:09 mail postfix/smtpd[32]: connect from mx.example.net[198.51.100.25]",
    ]
    log = hits(intake.read(blob("\n".join(rows).encode(), "mail.log-20150208"), BERLIN))
    assert log.clients == ("203.0.113.7", "198.51.100.25")
    assert times(log)[0] == int(datetime(2015, 2, 4, 7, 0, 1, tzinfo=UTC).timestamp())


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_no_bytes_break_the_reader(junk: bytes) -> None:
    """Bad bytes cost a line, never a traceback."""
    reading = accesslog.read(blob(line(BEGIN).encode() + b"\n" + junk + b"\n" + line(BEGIN).encode()), BERLIN)
    assert reading.rows >= 3 and len(times(hits(reading))) >= 1
