"""What third parties prove of a journal, from their own bytes: tokens, till receipts, rounds of drand.

An entry says that there is a stamp or a beacon; when, by whom and over what is read from the token, the
receipt or the round itself. Whether a token's signature and chain hold is the business of `stamps`; a receipt
and a round are checked here, where they are used.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from hashlib import new, sha256
from typing import Any

from msgspec import Struct

from heller.journal.brackets import Proofs
from heller.journal.checking.check import Checked
from heller.journal.entry import Breach, Entry
from heller.journal.stamps import token
from heller.journal.stamps.chain import Trust
from heller.journal.stamps.refusal import TokenRefused
from heller.model.bracket import Edge, Stamp
from heller.model.text import text

ANSWER = ".tsr"


class Beacon(Struct, frozen=True):
    """A beacon that holds: the bound that it proves, and how many lines the anchor covers that it signed (0)."""

    edge: Edge
    covers: int = 0


def proofs(checked: Checked, files: Mapping[str, bytes | memoryview], trust: Trust) -> Proofs:
    """The stamps among `files` (the names of a bundle, `data/anchors/...`) over anchors that the journal names
    and that follow from its lines, and its beacons, as far as their own bytes bear them out."""
    found = dict(beacons(checked, trust))
    return Proofs(
        tuple(_stamps(checked, files)),
        {entry: beacon.edge for entry, beacon in found.items()},
        {entry: beacon.covers for entry, beacon in found.items() if beacon.covers},
    )


def _stamps(checked: Checked, files: Mapping[str, bytes | memoryview]) -> Iterator[Stamp]:
    told = {e.body.get("token"): e.seq for e in checked.entries if e.kind == "stamp" and e.body is not None}
    if not told:
        return
    answers = [bytes(files[name]) for name in sorted(files) if name.endswith(ANSWER)]
    for data in dict.fromkeys(
        answers
    ):  # in one order, so that of two proofs of one instant the same is named
        try:
            got, imprint = token.stated(token.token_of(data))
        except TokenRefused:
            continue
        for anchor in checked.anchors:
            if got.digest in told and new(got.algorithm, anchor.data).digest() == imprint:
                digest = sha256(anchor.data).hexdigest()
                accuracy = got.accuracy or timedelta()
                yield Stamp(digest, anchor.size, got.digest, got.time, accuracy, got.signer, told[got.digest])


def beacons(checked: Checked, trust: Trust) -> Iterator[tuple[int, Beacon]]:
    """Each beacon of the journal that holds, by entry. One whose bytes are not there or do not hold is none."""
    for entry in checked.entries:
        if entry.kind == "beacon" and entry.body is not None:
            try:
                held = _beacon(entry, entry.body, checked, trust)
            except (ValueError, TypeError, KeyError, OverflowError):
                continue
            if held is not None:
                yield entry.seq, held


def forged(entries: Iterable[Entry]) -> Iterator[Breach]:
    """Beacons whose entry says something else than the bytes that it carries, or whose signature is wrong."""
    for entry in entries:
        if entry.kind != "beacon" or entry.body is None:
            continue
        try:
            fits = _fits(entry.body)
        except (ValueError, TypeError, KeyError, OverflowError, AttributeError):
            fits = False
        if not fits:
            what = text("What entry {seq} says of a beacon is not what its own bytes say.", seq=entry.seq)
            yield Breach(f"data/journal.jsonl:{entry.seq + 1}", what)


def _fits(body: Mapping[str, Any]) -> bool:
    """Whether an entry says what its receipt or round says; one that carries neither says nothing to compare."""
    if "code" in body:
        from heller.journal.beacons import tse

        receipt = tse.read(str(body["code"]))
        said = (_moment(body), body["digest"], body["counter"], body["key"])
        digest = sha256(str(body["code"]).encode()).hexdigest()
        return tse.holds(receipt) and said == (receipt.ended, digest, receipt.counter, receipt.key.hex())
    if "round" in body:
        from heller.journal.beacons import drand

        got = drand.read(str(body["round"]).encode())
        return (_moment(body), body["digest"]) == (got.at, got.randomness)
    return True


def _beacon(entry: Entry, body: Mapping[str, Any], checked: Checked, trust: Trust) -> Beacon | None:
    if not _fits(body):
        return None
    if "code" in body:
        return _till(entry, body, checked, trust)
    if "round" in body:
        from heller.journal.beacons import drand

        got = drand.read(str(body["round"]).encode())
        return Beacon(Edge(got.at, "drand", f"{got.network} {got.number}", entry.seq)) if got.proven else None
    return None


def _till(entry: Entry, body: Mapping[str, Any], checked: Checked, trust: Trust) -> Beacon | None:
    """A receipt proves its time where its key is that of a certificate that leads to a trusted root."""
    from heller.journal.asn1 import x509
    from heller.journal.beacons import tse
    from heller.journal.short_anchor import line_of
    from heller.journal.stamps import chain

    receipt = tse.read(str(body["code"]))
    given = [x509.Certificate.load(b64decode(one, validate=True)) for one in body.get("certificates", ())]
    mine = [one for one in given if bytes(one.public_key["public_key"]) == receipt.key]
    if not any(chain.leads(one, given, receipt.ended, trust) for one in mine):
        return None
    plain = receipt.data.upper().replace(" ", "")
    sizes = [
        anchor.size
        for anchor in checked.anchors
        for digest in [sha256(anchor.data).hexdigest()]
        if digest.upper() in plain or line_of(digest).replace(" ", "") in plain
    ]
    edge = Edge(receipt.ended, "tse", f"{receipt.serial} {receipt.counter}", entry.seq)
    return Beacon(edge, max(sizes, default=0))


def _moment(body: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(body["time"]))
