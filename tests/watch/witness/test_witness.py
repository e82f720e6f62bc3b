"""A witness at another line: what it saw, its signature, its clock, and what is ordered of RIPE Atlas."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from math import nan
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from heller import intake, outage
from heller.intake.monitors import probes
from heller.intake.readers import witness as reader
from heller.model.finding import Weight
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure, Observation
from heller.model.record import Blob, Reading
from heller.model.sample import Outcome
from heller.model.witness_file import ALONE, ANSWERED, SILENT, UNCLEAR, Observed, WitnessFile
from heller.watch.rows import ProbeRow
from heller.watch.witness import atlas, looking, signing

BERLIN = ZoneInfo("Europe/Berlin")
AT = datetime(2026, 3, 3, 8, tzinfo=UTC)
OFFICE = "203.0.113.7"


def seen(rows: Sequence[tuple[int, str, float]], clock: str = "ntp") -> Observed:
    """What somebody saw of the office."""
    return Observed("Colleague", OFFICE, "ICMP", 10.0, clock, tuple(rows))


def blob(data: bytes) -> Blob:
    """A file as it was handed in."""
    return Blob("witness.json", data, sha256(data).hexdigest())


def read(data: bytes) -> Reading:
    """As the take-in reads it, by whichever reader knows it best."""
    return intake.read(blob(data), BERLIN)


ROWS = [(1_772_524_800_000 + 10_000 * n, SILENT if 5 <= n < 8 else ANSWERED, 12.5) for n in range(12)]


def test_what_a_heller_signed_is_read(tmp_path: Path) -> None:
    """One log of the office's address; the key is made once and kept for its owner alone."""
    own = signing.key_of(tmp_path / "keys" / "witness.key")
    assert (tmp_path / "keys" / "witness.key").stat().st_mode & 0o077 == 0
    again = signing.key_of(tmp_path / "keys" / "witness.key")
    assert again.private_bytes_raw() == own.private_bytes_raw()
    reading = read(signing.signed(seen(ROWS), own))
    (log,) = reading.records
    assert isinstance(log, ProbeLog)
    assert (reading.reader, log.target, log.step) == ("heller-witness", OFFICE, 10.0)
    failures = [one.failure for one in log.observations]
    assert failures == [Failure.TIMEOUT if 5 <= n < 8 else None for n in range(12)]
    assert log.observations[0].rtt == 0.0125
    assert [one.code for one in reading.findings if one.code.startswith("witness")] == ["witness.signed"]


def test_what_a_browser_signed_is_read() -> None:
    """ECDSA P-256 with r and s, as WebCrypto gives it; of its clock nothing is known."""
    key = ec.generate_private_key(ec.SECP256R1())
    body = msgspec.json.encode(seen(ROWS, "unknown"))
    r, s = decode_dss_signature(key.sign(body, ec.ECDSA(hashes.SHA256())))
    der = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    mark = base64.b64encode(r.to_bytes(32) + s.to_bytes(32)).decode()
    file = WitnessFile("heller-witness", 1, base64.b64encode(der).decode(), mark, body.decode())
    reading = read(msgspec.json.encode(file))
    (log,) = reading.records
    assert isinstance(log, ProbeLog) and log.uncertainty == 60
    assert "witness.clock" in {one.code for one in reading.findings}


@pytest.mark.parametrize(
    "forge",
    [
        lambda file: file | {"body": file["body"].replace("silent", "answered")},
        lambda file: file | {"signature": base64.b64encode(bytes(64)).decode()},
        lambda file: file | {"signature": "?"},
        lambda file: file | {"key": base64.b64encode(b"no key").decode()},
        lambda file: file | {"form": 2},
        lambda file: file | {"body": "{}"},
    ],
)
def test_what_was_changed_is_refused(forge) -> None:  # type: ignore[no-untyped-def]
    """A file that is not as it was signed is no witness: nothing of it is counted."""
    honest = json.loads(signing.signed(seen(ROWS), Ed25519PrivateKey.generate()))
    reading = reader.read(blob(json.dumps(forge(honest)).encode()), BERLIN)
    assert not reading.records
    assert {one.weight for one in reading.findings} == {Weight.REFUSED}


def row(target: int, at: float, outcome: Outcome) -> ProbeRow:
    """A probe of a watch, in seconds."""
    return ProbeRow(target, round(at * 1_000_000), int(outcome), 0.02 if outcome is Outcome.OK else nan, 100)


def test_the_own_dead_line_is_not_the_offices() -> None:
    """A silence counts only while somebody else answered nearby; what a host cannot send says nothing."""
    rows = [
        row(1, 0, Outcome.OK),
        row(1, 10, Outcome.TIMEOUT),
        row(2, 12, Outcome.OK),
        row(1, 40, Outcome.TIMEOUT),
        row(2, 41, Outcome.TIMEOUT),
        row(1, 60, Outcome.LOCAL),
        row(1, 70, Outcome.REFUSED),
    ]
    found = looking.observations(rows, 10)
    assert [ended for _, ended, _ in found] == [ANSWERED, SILENT, ALONE, UNCLEAR, ANSWERED]
    assert found[0] == (0, ANSWERED, 20.0) and found[1][2] == -1


def cut(minute: float) -> bool:
    """When the line of the office was dead, twice."""
    return 60 <= minute < 85 or 200 <= minute < 210


def log_of(target: str, every: float, off: float = 0.0, unsure: float = 0.0) -> ProbeLog:
    """Probes over five hours; the clock of whoever sent them is off by so many seconds."""
    found = [
        Observation(
            AT + timedelta(seconds=n * every + off), n + 1, Failure.TIMEOUT if cut(n * every / 60) else None
        )
        for n in range(int(5 * 3600 / every))
    ]
    return probes.log(target, found, target, step=every, uncertainty=unsure)


@pytest.mark.parametrize("off", [0.0, -7.0, 47.0, 433.0])
def test_the_clock_of_a_witness_is_estimated_and_not_believed(off: float) -> None:
    """However far it is off: it bears out both outages, and moves neither by a second."""
    ours = [log_of("9.9.9.9", 1.0), log_of("1.1.1.1", 1.0)]
    alone = outage.detect(ours, (), ()).outages
    found = outage.detect([*ours, log_of(OFFICE, 10.0, off, 60.0)], (), ()).outages
    assert [one.span for one in found] == [one.span for one in alone] and len(found) == 2
    for one in found:
        assert OFFICE in {str(witness.name.args.get("target")) for witness in one.witnesses}


def test_heller_witness_watches_and_signs(tmp_path: Path) -> None:
    """The command on loopback: a host that answers, its file read back with a signature that holds."""
    words = ["witness", "127.0.0.1", "--every", "1", "--seconds", "3", "--beside", "127.0.0.2"]
    places = ["--out", str(tmp_path / "w.json"), "--key", str(tmp_path / "key"), "--who", "Box"]
    done = subprocess.run(
        [sys.executable, "-m", "heller", *words, *places, "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    reading = read((tmp_path / "w.json").read_bytes())
    (log,) = reading.records
    assert isinstance(log, ProbeLog) and log.target == "127.0.0.1"
    assert len(log.observations) >= 1 and {one.failure for one in log.observations} == {None}


def test_what_to_order_of_atlas_is_printed_whole() -> None:
    """A request that its API takes, and what it costs a day (3 packets of 48 bytes: 3 credits a result)."""
    made = atlas.order(OFFICE, "DE", 5)
    said = json.loads(made.body)
    (definition,) = said["definitions"]
    assert (definition["type"], definition["af"], definition["target"]) == ("ping", 4, OFFICE)
    assert said["probes"] == [{"type": "country", "value": "DE", "requested": 5}]
    assert made.credits == 5 * 360 * 3
    assert json.loads(atlas.order("2001:db8::1", "AT", 1).body)["definitions"][0]["af"] == 6
