"""Logs of ping: the time of sending and the fate of every probe."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake import ping_by_line
from tests.intake.documents import BERLIN, blob

from heller import intake
from heller.intake.readers import ping
from heller.intake.written import log_lines
from heller.model.finding import Weight
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure
from heller.model.record import Reading

DATA = Path(__file__).parent / "data" / "logs"
ZERO = 1423033200.0  # 4 Feb 2015, 07:00 UTC
HEAD = "PING 203.0.113.53 (203.0.113.53) 56(84) bytes of data."


def read(*lines: str) -> Reading:
    """The reading of these lines."""
    return ping.read(blob("\n".join(lines).encode() + b"\n"), BERLIN)


def log(*lines: str) -> ProbeLog:
    """The one probe log of these lines."""
    (found,) = read(*lines).records
    assert isinstance(found, ProbeLog)
    return found


def answer(n: int, after: float, rtt: float = 20.0, host: str = "203.0.113.53") -> str:
    """An answer that was printed `after` seconds."""
    return f"[{ZERO + after:.6f}] 64 bytes from {host}: icmp_seq={n % 65536} ttl=57 time={rtt} ms"


def lost(n: int, after: float) -> str:
    """A 'no answer yet' that was printed `after` seconds."""
    return f"[{ZERO + after:.6f}] no answer yet for icmp_seq={n % 65536}"


def sent(found: ProbeLog) -> list[tuple[float, str]]:
    """Seconds of sending and fate of each probe."""
    return [
        (round(o.at.timestamp() - ZERO, 3), o.failure.value if o.failure else "ok")
        for o in found.observations
    ]


@pytest.mark.parametrize("name", ["ubuntu-18.04_ping-ip-O-D", "centos-7.7_ping-ip-O-D"])
def test_times_of_sending_agree_with_another_parser(name: str) -> None:
    """Each answer was sent one round trip before the stamp that jc reads."""
    reading = intake.read(blob((DATA / f"{name}.out").read_bytes(), f"{name}.out"), BERLIN)
    (found,) = reading.records
    assert isinstance(found, ProbeLog)
    other = json.loads((DATA / f"{name}.expected-jc.json").read_text())
    expected = [r["timestamp"] - r["time_ms"] / 1000 for r in other["responses"]]
    assert [o.at.timestamp() for o in found.observations] == pytest.approx(expected, abs=2e-6)
    assert found.target == other["destination"] and 1.0 <= found.step <= 1.03
    assert (reading.reader, reading.rows, reading.rows_rejected) == ("ping", 25, 0)


@pytest.mark.parametrize(
    "name",
    ["ubuntu-22.04_ping-dest-unreachable", "osx-10.14.6_ping-ip-unreachable", "centos-7.7_ping-ip-dup"],
)
def test_ping_without_times_is_refused_with_a_reason(name: str) -> None:
    """Without -D nobody can say when: no observation, a finding that refuses."""
    reading = intake.read(blob((DATA / f"{name}.out").read_bytes(), f"{name}.out"), BERLIN)
    assert (reading.reader, reading.records) == ("ping", ())
    assert [f.weight for f in reading.findings if f.code == "ping.no_times"] == [Weight.REFUSED]


def test_a_loss_was_sent_before_its_line() -> None:
    """'No answer yet' for n is printed when n+1 goes out: by hand, 2 went out at 1.0, 3 at 2.0, 4 at 3.0."""
    found = log(HEAD, answer(1, 0.02), lost(2, 2.0), lost(3, 3.0), answer(4, 3.02))
    assert sent(found) == [(0.0, "ok"), (1.0, "timeout"), (2.0, "timeout"), (3.0, "ok")]


def test_a_late_answer_beats_its_loss() -> None:
    """An answer that comes after 'no answer yet' proves that the line was up."""
    found = log(HEAD, answer(1, 0.02), lost(2, 2.0), answer(2, 2.5, 1500.0), answer(3, 2.52, 520.0))
    assert sent(found)[1] == (1.0, "ok")
    assert found.observations[1].rtt == 1.5


def test_duplicates_count_once() -> None:
    """The second answer to the same probe changes nothing."""
    found = log(HEAD, answer(1, 0.02), answer(1, 0.05, 50.0) + " (DUP!)", answer(2, 1.02))
    assert sent(found) == [(0.0, "ok"), (1.0, "ok")]


def test_numbers_wrap_at_sixteen_bits() -> None:
    """After 65535 comes 0: nothing is missing and nothing goes back."""
    numbers = range(65530, 65545)
    found = log(HEAD, *(answer(n, n - 65530 + 0.02) for n in numbers))
    assert [t for t, _ in sent(found)] == [float(i) for i in range(15)]


def test_missing_numbers_are_losses_where_the_time_fits() -> None:
    """Without -O a loss is a missing number: 3 to 5 lie evenly between their neighbours."""
    found = log(HEAD, answer(1, 0.02), answer(2, 1.02), answer(6, 5.02), answer(7, 6.02))
    assert sent(found)[2:5] == [(2.0, "timeout"), (3.0, "timeout"), (4.0, "timeout")]


def test_a_whole_turn_of_numbers_is_found_by_the_time() -> None:
    """Without -O, 65538 probes lost in a row show as three missing numbers; the time tells the turn."""
    found = log(
        HEAD, *(answer(n, n - 0.98) for n in (1, 2, 3)), *(answer(n, n - 0.98) for n in (65542, 65543))
    )
    assert len(found.observations) == 65543
    assert sent(found)[-1] == (65542.0, "ok")


def test_sleep_is_no_loss() -> None:
    """Eight hours without a number are a sleeping computer: no probe is invented for them."""
    found = log(HEAD, answer(1, 0.02), answer(2, 1.02), answer(3, 28800.02), answer(4, 28801.02))
    assert len(found.observations) == 4
    reading = read(HEAD, answer(1, 0.02), answer(2, 1.02), answer(5, 28800.02), answer(6, 28801.02))
    assert [f.code for f in reading.findings] == ["ping.unplaced"]


def test_the_last_loss_has_no_line_but_the_summary_counts_it() -> None:
    """'3 packets transmitted' and two lines: the third went out one step after the second."""
    summary = ["", "--- 203.0.113.53 ping statistics ---"]
    end = "3 packets transmitted, 2 received, 33.3333% packet loss, time 2000ms"
    found = log(HEAD, answer(1, 0.02), answer(2, 1.02), *summary, end)
    assert sent(found)[-1] == (2.0, "timeout")
    assert len(log(HEAD, answer(1, 0.02), answer(2, 1.02)).observations) == 2


def test_unreachable_from_outside_and_from_the_own_host() -> None:
    """A router's 'unreachable' is a loss on the way; the own host's says nothing of the line."""
    head = "PING 203.0.113.53 (203.0.113.53) from 192.168.1.20 eth0: 56(84) bytes of data."
    one = f"[{ZERO + 1.1:.6f}] From 192.0.2.1 icmp_seq=2 Destination Net Unreachable"
    two = f"[{ZERO + 2.1:.6f}] From 192.168.1.20 icmp_seq=3 Destination Host Unreachable"
    found = log(head, answer(1, 0.02), one, two, answer(4, 3.02))
    assert [o.failure for o in found.observations] == [None, Failure.UNREACHABLE, Failure.LOCAL, None]
    assert "ping.unreachable_from" in {f.code for f in read(head, answer(1, 0.02), one).findings}


def test_what_could_not_be_sent_is_local() -> None:
    """'Network is unreachable' has no number: it is that of the probe whose 'no answer yet' follows."""
    error = "ping: sendmsg: Network is unreachable"
    found = log(HEAD, answer(1, 0.02), error, lost(2, 2.0), error, lost(3, 3.0), answer(4, 3.02))
    assert [o.failure for o in found.observations] == [None, Failure.LOCAL, Failure.LOCAL, None]


def test_a_redirect_is_no_loss() -> None:
    """An ICMP redirect is advice, the probe itself is answered."""
    redirect = f"[{ZERO + 1.01:.6f}] From 192.168.1.1 icmp_seq=2 Redirect Host(New nexthop: 192.168.1.2)"
    assert sent(log(HEAD, answer(1, 0.02), redirect, answer(2, 1.02)))[1] == (1.0, "ok")


def test_two_runs_in_one_file_are_one_log_with_a_gap() -> None:
    """A script that starts ping again begins the numbers at one; the time goes on."""
    found = log(HEAD, answer(1, 0.02), answer(2, 1.02), HEAD, answer(1, 600.02), answer(2, 601.02))
    assert [t for t, _ in sent(found)] == [0.0, 1.0, 600.0, 601.0]


def test_two_targets_in_one_file_are_two_logs() -> None:
    """Each header opens the log of its own target; a name keeps its address."""
    other = "PING fritz.box (192.168.178.1) 56(84) bytes of data."
    reading = read(
        HEAD, answer(1, 0.02), answer(2, 1.02), other, answer(1, 5, host="fritz.box (192.168.178.1)")
    )
    assert [r.target for r in reading.records if isinstance(r, ProbeLog)] == [
        "203.0.113.53",
        "fritz.box (192.168.178.1)",
    ]


def test_a_log_without_its_head_knows_its_target_from_the_answers() -> None:
    """A rotated log begins in the middle."""
    assert log(answer(70, 0.02), answer(71, 1.02)).target == "203.0.113.53"


def test_a_clock_that_was_set_back_widens_the_uncertainty() -> None:
    """An hour back: the order of the probes is not trusted to the second, and a finding says so."""
    reading = read(HEAD, answer(1, 0.02), answer(2, 1.02), answer(3, -3597.98), answer(4, -3596.98))
    (found,) = reading.records
    assert isinstance(found, ProbeLog) and found.uncertainty >= 3599
    assert "ping.clock_set_back" in {f.code for f in reading.findings}


def test_lines_that_nobody_knows_are_rejected_loudly() -> None:
    """A torn line is counted, with its row."""
    reading = read(HEAD, answer(1, 0.02), "[14230332", answer(2, 1.02))
    assert (reading.rows, reading.rows_rejected) == (4, 1)
    assert reading.findings[0].source is not None and reading.findings[0].source.place == "row 3"


def test_a_power_cut_leaves_zero_bytes_that_do_no_harm() -> None:
    """A block of NUL bytes at the end of a log costs nothing but itself."""
    data = "\n".join([HEAD, answer(1, 0.02), answer(2, 1.02), ""]).encode() + bytes(512)
    (found,) = ping.read(blob(data), BERLIN).records
    assert isinstance(found, ProbeLog) and len(found.observations) == 2


def test_rows_point_at_the_line() -> None:
    """Each observation knows its row; the instants are in UTC."""
    found = log(HEAD, answer(1, 0.02), lost(2, 2.0), answer(3, 2.02))
    assert [o.row for o in found.observations] == [2, 3, 4]
    assert found.observations[0].at == datetime.fromtimestamp(ZERO, UTC)


@settings(max_examples=100, deadline=None)
@given(
    fates=st.lists(st.booleans(), min_size=3, max_size=60),
    step=st.sampled_from([0.2, 1.0, 30.0]),
    first=st.sampled_from([1, 65500]),
)
def test_every_probe_is_found_with_its_fate(fates: list[bool], step: float, first: int) -> None:
    """Whatever is answered or lost: `ping -D -O` gives back each probe but the last, at its time."""
    fates = [True, True, *fates, True]
    lines = [HEAD]
    for i, up in enumerate(fates):
        if i and not fates[i - 1]:
            lines.append(lost(first + i - 1, i * step))
        if up:
            lines.append(answer(first + i, i * step + 0.02))
    expected = [(round(i * step, 3), "ok" if up else "timeout") for i, up in enumerate(fates)]
    assert [fate for _, fate in sent(log(*lines))] == [fate for _, fate in expected]
    assert [t for t, _ in sent(log(*lines))] == pytest.approx([t for t, _ in expected], abs=0.002)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_break_the_reader(junk: bytes) -> None:
    """Bad bytes give findings, never a traceback."""
    reading = ping.read(blob(f"{HEAD}\n{answer(1, 0.02)}\n".encode() + junk), BERLIN)
    assert reading.reader == "ping"


def test_ping_of_a_german_computer_says_the_same() -> None:
    """The words of iputils' German catalogue: answers, losses, errors of others and the summary."""
    english = [HEAD, answer(1, 0.02), lost(2, 2.0), lost(3, 3.0), answer(4, 3.02)]
    english += [f"[{ZERO + 4.1:.6f}] From 198.51.100.1 icmp_seq=5 Destination Host Unreachable"]
    english += ["--- 203.0.113.53 ping statistics ---"]
    english += ["6 packets transmitted, 2 received, +1 errors, 66% packet loss, time 5000ms"]
    german = "\n".join(english)
    for here, there in (
        ("bytes of data", "Bytes an Daten"),
        ("bytes from", "Bytes von"),
        (" time=", " Zeit="),
        (" time ", " Zeit "),
        ("no answer yet for", "noch keine Antwort für"),
        ("From ", "Von "),
        ("packet loss", "Paketverlust"),
        ("Destination Host Unreachable", "Zielhost nicht erreichbar"),
        ("ping statistics", "ping-Statistik"),
        ("packets transmitted", "Pakete übertragen"),
        (" received", " empfangen"),
        ("errors", "Fehler"),
    ):
        assert here in german
        german = german.replace(here, there)
    reading = intake.read(blob(german.encode() + b"\n", "ping.log"), BERLIN)
    (found,) = reading.records
    assert isinstance(found, ProbeLog) and reading.reader == "ping" and not reading.rows_rejected
    assert sent(found) == sent(log(*english)) and len(found.observations) == 6


@pytest.mark.parametrize(
    "head", [HEAD.encode() + b"\n", b"[1772445600.02000] 203.0.113.1 : [0], 64 bytes, 20.0 ms (x)\n"]
)
def test_a_text_that_would_fill_the_memory_is_refused(head: bytes) -> None:
    """More than 128 MB: refused at once, with how to cut it."""
    reading = intake.read(blob(head + bytes(128 << 20), "ping.log"), BERLIN)
    (finding,) = reading.findings
    assert finding.weight is Weight.REFUSED and finding.do and "split" in finding.do.id


KINDS = st.sampled_from(
    ["answer", "answer", "answer", "lost", "lost", "error", "own", "local", "dup", "odd", "end", "head"]
)


def written(story: list[tuple[str, int, float]], stamped: bool) -> bytes:
    """A log that tells this story: kinds of lines, how far the number and the clock go on."""
    rows, n, at = [], 0, 0.0
    for kind, ahead, later in story:
        n, at = n + ahead, at + later
        stamp = f"[{ZERO + at:.6f}] " if stamped or kind == "lost" else ""
        seq = n % 65536
        rows.append(
            {
                "answer": f"{stamp}64 bytes from 203.0.113.53: icmp_seq={seq} ttl=57 time={20 + later} ms",
                "dup": f"{stamp}64 bytes from 203.0.113.53 (203.0.113.53): icmp_seq={seq} ttl=57 time=9 ms (DUP!)\r",
                "lost": f"{stamp}no answer yet for icmp_seq={seq}",
                "error": f"{stamp}From 198.51.100.1 icmp_seq={seq} Destination Host Unreachable",
                "own": f"{stamp}From 192.0.2.9 icmp_seq={seq} Destination Net Unreachable",
                "local": f"{stamp}ping: sendmsg: Network is unreachable",
                "odd": "what is this",
                "end": f"{seq + 3} packets transmitted, {seq} received, 0% packet loss, time {round(at * 1000)}ms",
                "head": "PING 203.0.113.53 (203.0.113.53) from 192.0.2.9 : 56(84) bytes of data.",
            }[kind]
        )
    return "\n".join(rows).encode()


STORY = st.lists(
    st.tuples(
        KINDS,
        st.sampled_from([1, 1, 1, 1, 0, 2, 3, -1, -2, 20_000, 40_000, -20_000, 65_000]),
        st.sampled_from([1.0, 1.0, 1.0, 1.001, 0.999, 2.0, 0.0, -3.0, 20_000.0, 66_000.0]),
    ),
    max_size=12,  # each of its gaps may hold 65,000 probes
)


@given(STORY, st.booleans())
@settings(max_examples=300)
def test_columns_say_what_line_by_line_says(story: list[tuple[str, int, float]], stamped: bool) -> None:
    """Told in bulk or line by line, every probe has the same time, row and fate."""
    file = blob(written(story, stamped))
    plain = [(t, s, u, seen) for t, s, u, seen in ping_by_line.observations(file) if seen]
    reading = ping.read(file, BERLIN)
    found = [r for r in reading.records if isinstance(r, ProbeLog)]
    assert [(r.target, r.step) for r in found] == [(t, s) for t, s, _, _ in plain]
    for one, (_, _, _, seen) in zip(found, plain, strict=True):
        assert list(one.observations) == seen
    if found:
        assert sum(int(str(f.text.args["n"])) for f in reading.findings if f.code == "ping.unplaced") == sum(
            u for t, _, u, _ in ping_by_line.observations(file) if t in {r.target for r in found}
        )


@given(st.lists(st.sampled_from(["a", "", "\r", "b\r", "ccc"]), max_size=9), st.integers(1, 8))
def test_pieces_are_the_lines(rows: list[str], most: int) -> None:
    """A log in pieces has the lines that it has as a whole."""
    file = blob("\n".join(rows).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(log_lines, "PIECE", most)
        found = [line.rstrip("\r") for piece in log_lines.pieces(file) for line in piece.split("\n")]
    assert found == log_lines.lines(file)
