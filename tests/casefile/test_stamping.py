"""The queue of stamps survives whatever an outage, an authority, a disk or a clock does to it."""

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest
from tests.journal.authority import Authority

from heller import casefile
from heller.casefile import stamping
from heller.casefile.stamping import ask_revocation, settings, shelf, wire, work
from heller.casefile.stamping.renew import renew
from heller.casefile.stamping.states import State
from heller.casefile.stamping.summary import summary
from heller.journal import store
from heller.model.errors import InputRefused, StoreFailed
from heller.model.text import Text


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case folder with a note."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    store.append(folder, [("note", {"said": "tot"})])
    return folder


def stamps(folder: Path) -> list[dict[str, object]]:
    """The bodies of the stamps in the journal."""
    return [e.body for e in store.load(folder).entries if e.kind == "stamp" and e.body]


def openssl_accepts(authority: Authority, folder: Path, name: str, at: str) -> bool:
    """Whether openssl alone accepts a kept answer, with the list of revoked certificates kept beside it."""
    anchors = folder / "anchors"
    crl = subprocess.run(
        ["openssl", "crl", "-inform", "DER", "-in", f"000001.{name}.crl"],
        cwd=anchors,
        check=True,
        capture_output=True,
    )
    trust = folder.parent / "trust.pem"
    trust.write_bytes(authority.root.read_bytes() + crl.stdout)
    moment = str(int(datetime.fromisoformat(at).timestamp()) + 120)  # the list is younger than the stamp
    command = ["openssl", "ts", "-verify", "-data", "000001.txt", "-in", f"000001.{name}.tsr"]
    command += ["-CAfile", str(trust), "-crl_check", "-attime", moment]
    said = subprocess.run(command, cwd=anchors, check=False, capture_output=True, text=True, timeout=30)
    return "Verification: OK" in said.stdout


def test_two_authorities_stamp_an_anchor_once(authority: Authority, case: Path) -> None:
    """Request, answer, list and answer of revocation lie in the folder; openssl alone accepts them."""
    stamping.add(case, [authority.tsa("one")], [authority.root])
    stamping.add(case, [authority.tsa("two")], qualified=True)
    before = dict(authority.asked)
    places = stamping.stamp(case)
    assert [p.state for p in places] == [State.CHECKED, State.CHECKED]
    assert [p.qualified for p in places] == [False, True]
    assert stamping.stamp(case) == places  # nothing is asked twice
    assert authority.asked["/one"] - before.get("/one", 0) == 1
    bodies = stamps(case)
    assert {b["anchor"] for b in bodies} == {sha256((case / "anchors/000001.txt").read_bytes()).hexdigest()}
    for body in bodies:
        assert openssl_accepts(authority, case, str(body["tsa"]), str(body["time"]))
        assert {p.suffix for p in (case / "anchors").glob(f"*{body['tsa']}*")} == {
            ".tsq",
            ".tsr",
            ".crl",
            ".ocsp",
        }
    assert not list((case / "queue").glob("*.json"))


@pytest.mark.parametrize(
    ("name", "mischief"),
    [
        ("one", "down"),
        ("one", "refuse"),
        ("one", "slow"),
        ("one", "wrong-nonce"),
        ("one", "wrong-imprint"),
        ("one", "bad-signature"),
        ("one", "garbage"),
        ("one", "cut"),
        ("one", "empty"),
        ("one", "huge"),
        ("expired", ""),
        ("revoked", ""),
    ],
)
def test_a_bad_authority_stamps_nothing_and_the_queue_says_why(
    authority: Authority, case: Path, name: str, mischief: str
) -> None:
    """Nothing is kept, nothing is written down, the fault and the next try are shown; a good one goes on."""
    stamping.add(case, [authority.tsa(name, mischief), authority.tsa("two")], [authority.root])
    bad, good = stamping.stamp(case, patience=0.7 if mischief == "slow" else 5)
    assert (bad.state, bad.tries, good.state) == (State.SENT, 1, State.CHECKED)
    assert bad.fault is not None and bad.due is not None
    assert [b["tsa"] for b in stamps(case)] == [good.authority]
    assert not list((case / "anchors").glob(f"*.{bad.authority}.tsr"))


def test_nobody_there_is_waited_for_with_longer_and_longer_pauses(case: Path) -> None:
    """Doubling to ten minutes, give or take a quarter; not before the pause is over, or when told to."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    stamping.add(case, [f"http://127.0.0.1:{port}/"])
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    (first,) = stamping.stamp(case, now=now)
    assert first.tries == 1 and first.due is not None
    assert timedelta(seconds=45) <= first.due - now <= timedelta(seconds=75)
    (same,) = stamping.stamp(case, now=now + timedelta(seconds=40))
    assert same.tries == 1
    (second,) = stamping.stamp(case, now=now + timedelta(seconds=80))
    assert second.tries == 2
    (third,) = stamping.stamp(case, now=now + timedelta(seconds=81), again=True)
    assert third.tries == 3
    pauses = [shelf.pause(tries, Random(tries)).total_seconds() for tries in range(1, 99)]
    assert max(pauses) <= 750 and pauses[0] <= 75 and min(pauses[5:]) >= 450


def test_a_clock_that_was_set_back_does_not_stop_the_queue(case: Path) -> None:
    """A next try in a far future that was only our clock's is not waited for."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    stamping.add(case, [f"http://127.0.0.1:{port}/"])
    stamping.stamp(case, now=datetime(2036, 1, 1, tzinfo=UTC))
    (place,) = stamping.stamp(case, now=datetime(2026, 1, 1, tzinfo=UTC))
    assert place.tries == 2


def test_when_the_line_comes_back_one_stamp_covers_all_anchors(authority: Authority, case: Path) -> None:
    """Anchors of the outage are not asked for one by one: the last covers what they cover."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    stamping.add(case, [f"http://127.0.0.1:{port}/"], [authority.root])
    for said in ("eins", "zwei", "drei"):
        stamping.stamp(case, again=True)
        store.append(case, [("note", {"said": said})])
    (case / settings.FILE).unlink()
    stamping.add(case, [authority.tsa("one")])
    before = authority.asked.get("/one", 0)
    *older, last = stamping.stamp(case)
    assert {p.state for p in older} == {State.COVERED} and last.state is State.CHECKED
    assert authority.asked["/one"] - before == 1
    assert last.size == 8 and stamps(case)[0]["size"] == 8  # with three anchors


def test_a_clock_that_is_off_is_written_down_and_the_stamp_counts(authority: Authority, case: Path) -> None:
    """The authority's time holds; ours is a finding, in microseconds."""
    stamping.add(case, [authority.tsa("one")], [authority.root])
    ours = datetime.now(UTC) - timedelta(days=7)
    stamping.stamp(case, now=ours)
    stamp, clock = store.load(case).entries[-2:]
    assert (stamp.kind, clock.kind) == ("stamp", "clock")
    assert clock.body is not None and stamp.body is not None
    assert abs(clock.body["off_us"] + 7 * 86400 * 10**6) < 60 * 10**6
    assert clock.body["time"] == stamp.body["time"]


def test_revocation_that_nobody_tells_is_asked_for_later(
    authority: Authority, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stamp counts at once; list and answer follow when they can be had."""
    stamping.add(case, [authority.tsa("one")], [authority.root])
    with monkeypatch.context() as patched:
        patched.setattr(ask_revocation, "_fetch", lambda place, run: None)
        (place,) = stamping.stamp(case)
    assert place.state is State.STAMPED
    (place,) = stamping.stamp(case)
    assert place.state is State.CHECKED and len(stamps(case)) == 1


def test_a_revocation_that_comes_late_is_said(
    authority: Authority, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stamp that was kept before anybody said that it is worthless shows it."""
    stamping.add(case, [authority.tsa("revoked")], [authority.root])
    with monkeypatch.context() as patched:
        patched.setattr(ask_revocation, "_fetch", lambda place, run: None)
        stamping.stamp(case)
    (place,) = stamping.stamp(case)
    assert place.fault is not None and "revoked" in place.fault.id


class Killed(BaseException):
    """What ends a program at once."""


def test_a_kill_at_any_write_loses_and_doubles_nothing(
    authority: Authority, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ended before and after each of its writes, the next run brings one stamp and one entry."""
    stamping.add(case, [authority.tsa("one")], [authority.root])
    real: Callable[[Path, bytes], None] = shelf.keep
    for allowed in range(6):  # request, wait, two of revocation, answer
        store.append(case, [("note", {"said": f"Lauf {allowed}"})])
        count = iter(range(99))

        def keep(path: Path, data: bytes, count: object = count, allowed: int = allowed) -> None:
            at = next(count)  # type: ignore[call-overload]
            if at >= allowed:
                raise Killed
            real(path, data)
            if at == allowed - 1:
                raise Killed

        with monkeypatch.context() as patched:
            patched.setattr(shelf, "keep", keep)
            with pytest.raises(Killed):
                stamping.stamp(case)
        places = stamping.stamp(case, again=True)
        assert places[-1].state is State.CHECKED, allowed
        tokens = [body["token"] for body in stamps(case)]
        assert len(tokens) == len(set(tokens))
        assert len([b for b in stamps(case) if b["number"] == places[-1].number]) == 1


def test_a_real_kill_while_an_authority_thinks(authority: Authority, case: Path) -> None:
    """SIGKILL in the middle of a request: the request lies there, the next run asks anew and is stamped."""
    stamping.add(case, [authority.tsa("one", "slow")], [authority.root])
    script = "import sys; from pathlib import Path; from heller.casefile import stamping; "
    script += "stamping.stamp(Path(sys.argv[1]))"
    running = subprocess.Popen([sys.executable, "-c", script, str(case)])
    asked = case / "anchors" / "000001.127-0-0-1-one-slow.tsq"
    for _ in range(200):
        if asked.exists():
            break
        time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.wait()
    assert asked.exists() and not stamps(case)
    (place,) = stamping.stamp(case, again=True)
    assert place.state is State.CHECKED and len(stamps(case)) == 1


def test_a_full_disk_is_said_and_leaves_nothing_half_written(
    authority: Authority, case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever file it hits; with room again, the stamp comes."""
    stamping.add(case, [authority.tsa("one")], [authority.root])
    real = os.fsync
    for allowed in range(6):
        store.append(case, [("note", {"said": f"Lauf {allowed}"})])
        count = iter(range(99))

        def fsync(handle: int, count: object = count, allowed: int = allowed) -> None:
            if next(count) >= allowed:  # type: ignore[call-overload]
                raise OSError(errno.ENOSPC, "No space left on device")
            real(handle)

        with monkeypatch.context() as patched:
            patched.setattr(os, "fsync", fsync)
            with pytest.raises(StoreFailed) as caught:
                stamping.stamp(case)
        assert "full" in caught.value.what.id
        assert not list(case.rglob("*.part"))
        assert stamping.stamp(case, again=True)[-1].state is State.CHECKED


def test_two_at_once_ask_an_authority_once(authority: Authority, case: Path) -> None:
    """Whoever comes second leaves the request to the first."""
    stamping.add(case, [authority.tsa("one")], [authority.root])
    before = authority.asked.get("/one", 0)
    with shelf.alone(case, "127-0-0-1-one") as mine:
        assert mine
        (place,) = stamping.stamp(case)
        assert place.state is State.DUE
    assert authority.asked.get("/one", 0) == before


def test_another_line_is_tried_where_the_first_does_not_answer(authority: Authority) -> None:
    """By its own address; an address that this machine does not have is no line."""
    assert wire.ask(f"{authority.url}/ca.crl", sources=["127.0.0.2"])
    port = authority.url.rpartition(":")[2]
    with pytest.raises(wire.NoAnswer):
        wire._ask(f"http://127.0.0.1:{port}/ca.crl", b"", "", "192.0.2.1", 2, 1000)
    assert wire._ask(f"http://127.0.0.1:{port}/ca.crl", b"", "", "127.0.0.2", 2, 10000)


def test_a_server_that_drips_bytes_is_no_answer() -> None:
    """Patience is for the whole answer, not for each byte of it."""

    def drip(server: socket.socket) -> None:
        with suppress(OSError), server.accept()[0] as line:
            line.recv(1000)
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 400\r\n\r\n")
            for _ in range(400):
                line.sendall(b"x")
                time.sleep(0.02)

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=drip, args=(server,), daemon=True).start()
        with pytest.raises(wire.NoAnswer):
            wire.ask(f"http://127.0.0.1:{server.getsockname()[1]}/", b"q", patience=0.5)


def test_the_settings_are_a_plain_file_and_bad_ones_are_refused(case: Path, tmp_path: Path) -> None:
    """No address, no certificate, or a spoilt file: said, with what to do."""
    (tmp_path / "root.pem").write_text("kein Zertifikat")
    with pytest.raises(InputRefused):
        stamping.add(case, ["ftp://tsa.example.org/"])
    with pytest.raises(InputRefused):
        stamping.add(case, ["https://tsa.example.org/tsr"], [tmp_path / "root.pem"])
    assert not (case / settings.FILE).exists()
    made = stamping.add(case, ["https://tsa.example.org/tsr", "https://tsa.example.org/tsr/"])
    assert [a.name for a in made.authorities] == ["tsa-example-org-tsr", "tsa-example-org-tsr-2"]
    assert stamping.add(case, ["https://tsa.example.org/tsr"]) == made
    assert (case / settings.FILE).stat().st_mode & 0o077 == 0  # an address may hold a password
    (case / settings.FILE).write_text("{")
    with pytest.raises(InputRefused):
        work.where(case)


def test_without_an_authority_the_anchor_is_written_and_that_is_shown(case: Path) -> None:
    """Never silently pending."""
    (place,) = stamping.stamp(case)
    assert place.state is State.WRITTEN and (case / "anchors" / "000001.txt").exists()


@pytest.mark.parametrize("spoil", ["cut", "garbage", "empty", "gone"])
def test_spoilt_files_cost_a_word_and_never_the_case(authority: Authority, case: Path, spoil: str) -> None:
    """Whatever a disk does to any kept file, stamping and renewing go on or say what is wrong."""
    stamping.add(case, [authority.tsa("one")], [authority.root])
    stamping.stamp(case)
    renew(case)
    kept = [p for p in sorted((case / "anchors").rglob("*")) if p.is_file() and p.suffix != ".txt"]
    assert {p.suffix for p in kept} == {".tsq", ".tsr", ".crl", ".ocsp", ".er", ".pem"}
    for path in kept:
        whole = path.read_bytes()
        spoilt = {"cut": whole[: len(whole) // 2], "garbage": b"\xff" * 99, "empty": b""}
        path.unlink() if spoil == "gone" else path.write_bytes(spoilt[spoil])
        for step in (stamping.stamp, renew):
            try:
                step(case)
            except InputRefused as refused:
                assert path.suffix == ".pem" and path.name in str(refused.what.args)
        path.write_bytes(whole)
    (place,) = stamping.stamp(case)
    assert place.state is State.RENEWED and len(stamps(case)) == 1
    assert [one.fault for one in renew(case)] == [None]


def test_an_answer_that_was_spoilt_before_it_was_written_down_is_asked_for_anew(
    authority: Authority, case: Path
) -> None:
    """It is set aside, not dropped; the next run brings a stamp."""
    stamping.add(case, [authority.tsa("one")], [authority.root])
    work.where(case)
    (case / "anchors" / "000001.127-0-0-1-one.tsr").write_bytes(b"halb")
    (place,) = stamping.stamp(case, again=True)
    assert place.state is State.CHECKED
    assert (case / "anchors" / "000001.127-0-0-1-one.tsr.spoilt").read_bytes() == b"halb"


def test_one_sentence_says_how_far_the_stamps_reach(authority: Authority, case: Path) -> None:
    """Nothing, all, or a part with what keeps the rest."""

    def says() -> Text:
        return summary(case, store.load(case))

    assert "No third party" in says().id
    stamping.add(case, [authority.tsa("one")], [authority.root])
    stamping.stamp(case)
    assert says().id.startswith("All entries")
    store.append(case, [("note", {"said": "neu"})])
    assert (says().args["n"], says().args["total"]) == (2, 3)
    (case / settings.FILE).unlink()
    stamping.add(case, [authority.tsa("one", "down")])
    stamping.stamp(case)
    assert "fault" in says().args
