"""Reads what a witness at another line saw of the office's address (heller.model.witness_file): a Heller or a browser.

The signature is checked; it says that the file is as the witness wrote it. Its clock is not believed: how far it is
from ours is estimated where witnesses are put together (heller.outage.evidence.witness).
"""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256
from itertools import pairwise
from statistics import median
from zoneinfo import ZoneInfo

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from heller.intake.monitors import probes
from heller.intake.reading import NOT_MINE, Confidence
from heller.intake.written import wall_time
from heller.model.finding import Finding, Locator, Weight
from heller.model.observation import Failure, Observation
from heller.model.record import Blob, Reading
from heller.model.text import text
from heller.model.witness_file import ANSWERED, CLOCK, CLOCKS, FORM, SILENT, Observed, WitnessFile
from heller.model.witness_file import NAME as MARK

NAME = "heller-witness"
FIRST = 200  # bytes in which the name stands


def identify(head: bytes, name: str) -> Confidence:
    """By the name that it carries."""
    if head.lstrip()[:1] == b"{" and f'"{MARK}"'.encode() in head[:FIRST]:
        return Confidence(96, text("It has what a witness of Heller saw."))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One probe log; `zone` is not needed."""
    del zone
    probes.refuse_too_long(blob)
    source = Locator(blob.digest)
    try:
        file = msgspec.json.decode(blob.data, type=WitnessFile)
        seen = msgspec.json.decode(file.body, type=Observed)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        said = text("It is no file of a witness: {why}.", why=str(error).rstrip("."))
        return _refused(blob.name, Finding("witness.form", said, None, Weight.REFUSED, source))
    if file.form != FORM:
        said = text("It is of form {form}; form {known} is read.", form=file.form, known=FORM)
        return _refused(blob.name, Finding("witness.form", said, None, Weight.REFUSED, source))
    if not holds(file):
        said = text("The signature of the witness does not hold: the file is not as it was written.")
        do = text("Ask the witness for its file again.")
        return _refused(blob.name, Finding("witness.signature", said, do, Weight.REFUSED, source))
    found = [one for n, row in enumerate(seen.rows, 1) if (one := _observation(n, row))]
    findings = tuple(_findings(file, seen, source))
    if not found:
        nothing = Finding("witness.nothing", text("The witness saw nothing."), None, Weight.REFUSED, source)
        return Reading(NAME, "", (), (*findings, nothing), len(seen.rows), len(seen.rows))
    unsure = CLOCKS.get(seen.clock, CLOCK)
    log = probes.log(seen.target, found, blob.digest, step=_step(seen, found), uncertainty=unsure)
    rejected = len(seen.rows) - len(found)
    return Reading(NAME, f"Witness: {seen.target}", (log,), findings, len(seen.rows), rejected)


def holds(file: WitnessFile) -> bool:
    """Whether the body is what was signed with this key."""
    try:
        key = serialization.load_der_public_key(base64.b64decode(file.key, validate=True))
        mark, body = base64.b64decode(file.signature, validate=True), file.body.encode()
        if isinstance(key, Ed25519PublicKey):
            key.verify(mark, body)
            return True
        if isinstance(key, ec.EllipticCurvePublicKey) and len(mark) == 64:
            r, s = int.from_bytes(mark[:32]), int.from_bytes(mark[32:])
            key.verify(encode_dss_signature(r, s), body, ec.ECDSA(hashes.SHA256()))
            return True
    except (ValueError, InvalidSignature, UnsupportedAlgorithm):
        pass
    return False


def fingerprint(file: WitnessFile) -> str:
    """What tells one witness from another: the first eight bytes of the digest of its key."""
    return sha256(base64.b64decode(file.key)).hexdigest()[:16]


def _observation(row: int, said: tuple[int, str, float]) -> Observation | None:
    """One row; None for a time that is none. Whoever heard nobody says nothing about the office."""
    at, ended, rtt = said
    when: datetime | None = wall_time.instant(at / 1000)
    if when is None:
        return None
    if ended == ANSWERED:
        return Observation(when, row, None, max(rtt, 0.0) / 1000)
    return Observation(when, row, Failure.TIMEOUT if ended == SILENT else Failure.LOCAL)


def _step(seen: Observed, found: Sequence[Observation]) -> float:
    """What was really between two observations: a browser that lies in the background is woken rarely."""
    ordered = probes.in_order(found)
    gaps = [(b.at - a.at).total_seconds() for a, b in pairwise(ordered)]
    return max(seen.step, median(gaps)) if gaps else max(seen.step, 1.0)


def _findings(file: WitnessFile, seen: Observed, source: Locator) -> Iterator[Finding]:
    said = text(
        "A witness that calls itself {who} watched {target} by {way}; its key is {key}. The signature holds: nobody"
        " has changed the file since. It does not say who the witness is; let somebody confirm that.",
        who=seen.who,
        target=seen.target,
        way=seen.way,
        key=fingerprint(file),
    )
    yield Finding("witness.signed", said, None, Weight.NOTE, source)
    if seen.clock not in CLOCKS:
        unknown = text("Nothing is known of the witness's clock; a minute is allowed, and it is set by ours.")
        yield Finding("witness.clock", unknown, None, Weight.NOTE, source)
    times = [at for at, _, _ in seen.rows]
    if any(b < a for a, b in pairwise(times)):
        turned = text("The witness's clock was set back while it watched.")
        yield Finding("witness.clock_set", turned, None, Weight.WARNING, source)


def _refused(name: str, why: Finding) -> Reading:
    return Reading(NAME, name, (), (why,), 0, 0)
