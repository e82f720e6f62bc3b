"""Time stamps in a bundle: each against the tree head it stamps, its chain and the entry that tells of it.

What is trusted are the roots that travel in the bundle, or others that whoever checks holds himself. An
authority's certificate that has ended since is no fault; one that was revoked is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from hashlib import new, sha256
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, rsa
from msgspec import Struct

from heller.journal.bundle import ASIC, TOKEN
from heller.journal.entry import Breach, Entry
from heller.journal.ers import record
from heller.journal.stamps import chain, token
from heller.journal.stamps.ocsp_signer import genuine
from heller.journal.stamps.refusal import TokenRefused
from heller.model.text import text

KEYS = (rsa.RSAPublicKey, ec.EllipticCurvePublicKey, ed25519.Ed25519PublicKey, ed448.Ed448PublicKey)
ANSWER = re.compile(r"(data/anchors/\d{6})\.([a-z0-9-]+)\.tsr")
BLOCK, CERTIFICATE = b"-----BEGIN", b"-----BEGIN CERTIFICATE-----"
TRUST = "data/anchors/trust/"
AFTER = timedelta(minutes=5)  # a certificate revoked this soon after it stamped is not believed either


class VerifiedStamp(Struct, frozen=True):
    """A time stamp that holds: the file, what it stamps, when, by whom, and whether lists were kept that
    say that nothing was revoked. `digest` is the SHA-256 of what was stamped, `root` that of the root's
    certificate."""

    name: str
    about: str
    digest: str
    token: token.StampToken
    unrevoked: bool
    root: str


def trust_of(files: Mapping[str, memoryview], own: Iterable[bytes] = ()) -> chain.Trust:
    """The certificates under `anchors/trust/`; roots of one's own take the place of the bundle's. Raises ValueError
    where something else than certificates lies there: programs differ in what they make of a key."""
    kept = [bytes(files[name]) for name in files if name.startswith(TRUST)]
    if any(data.count(BLOCK) != data.count(CERTIFICATE) for data in kept):
        raise ValueError("something else than certificates")
    given = [der for data in kept for der in chain.certificates(data)]
    mine = [der for data in own for der in chain.certificates(data)]
    roots = mine or [der for der in given if chain.self_issued(der)]
    return chain.Trust(tuple(roots), tuple(der for der in given if not chain.self_issued(der)))


def check_stamps(
    files: Mapping[str, memoryview], entries: Sequence[Entry], own: Iterable[bytes] = ()
) -> tuple[tuple[VerifiedStamp, ...], list[Breach]]:
    """All stamps of a bundle that hold, and what does not."""
    found: list[VerifiedStamp] = []
    breaches: list[Breach] = []
    try:
        trust = trust_of(files, own)
    except (ValueError, TypeError, KeyError):
        return (), [Breach(TRUST, text("A certificate of the bundle cannot be read."))]
    for name in files:
        answer = ANSWER.fullmatch(name)
        if answer is None and name != TOKEN:
            continue
        about = f"{answer[1]}.txt" if answer else ASIC
        try:
            found.append(_stamp(files, name, about, trust))
        except TokenRefused as refused:
            breaches.append(Breach(name, refused.why))
        except token.SENSELESS:
            breaches.append(Breach(name, text("A list of revoked certificates beside it cannot be read.")))
    first: dict[str, str] = {}
    for stamp in found:
        name = first.setdefault(stamp.token.digest, stamp.name)
        if name != stamp.name:
            breaches.append(
                Breach(stamp.name, text("It is the same time stamp as {name}: it counts once.", name=name))
            )
    return tuple(found), [*breaches, *_records(files, trust), *_entries(found, entries)]


def _records(files: Mapping[str, memoryview], trust: chain.Trust) -> Iterator[Breach]:
    """Evidence records that do not hold over their tree head (RFC 4998)."""
    for name in files:
        about = name.removesuffix(".er") + ".txt"
        if not name.endswith(".er"):
            continue
        try:
            record.verify(bytes(files[name]), bytes(files.get(about, b"")), trust)
        except TokenRefused as refused:
            yield Breach(name, refused.why)


def _stamp(files: Mapping[str, memoryview], name: str, about: str, trust: chain.Trust) -> VerifiedStamp:
    """One stamp, checked; raises TokenRefused."""
    if about not in files:
        raise TokenRefused("imprint", text("What it stamps is missing."))
    data = bytes(files[name])
    bare = data if name == TOKEN else token.token_of(data)
    stamped = bytes(files[about])
    got = token.verify(bare, new(_algorithm(bare), stamped).digest(), _algorithm(bare), trust)
    crls, ocsps = revocation_of(files, name)
    certificate, given = token.certificates_of(bare)
    path = chain.check(certificate, given, got.time, trust)
    if crls or ocsps:
        known = chain.Trust(trust.roots, trust.others, crls, ocsps)
        chain.check(certificate, given, got.time + AFTER, known, revocation=True)
        if not all(_genuine(crl, path) for crl in crls):
            raise TokenRefused("revocation", text("A list of revoked certificates was changed."))
        if not all(genuine(ocsp, path) for ocsp in ocsps):
            raise TokenRefused("revocation", text("An answer on revocation was changed."))
    root = sha256(path[-1].dump()).hexdigest()
    return VerifiedStamp(name, about, sha256(stamped).hexdigest(), got, bool(crls or ocsps), root)


def _genuine(crl: bytes, path: Sequence[Any]) -> bool:
    """Whether one of the certificates of a chain signed a list of revoked ones."""
    given = x509.load_der_x509_crl(crl)
    keys = (serialization.load_der_public_key(issuer.public_key.dump()) for issuer in path[1:])
    return any(given.is_signature_valid(key) for key in keys if isinstance(key, KEYS))


def revocation_of(files: Mapping[str, memoryview], name: str) -> tuple[tuple[bytes, ...], tuple[bytes, ...]]:
    """The lists and answers of revocation that were kept beside a stamp."""
    stem = re.escape(name.rpartition(".")[0])
    beside = [(n, re.fullmatch(rf"{stem}(?:\.\d+)?\.(crl|ocsp)", n)) for n in files]
    kept = [(found[1], bytes(files[n])) for n, found in beside if found]
    return tuple(d for kind, d in kept if kind == "crl"), tuple(d for kind, d in kept if kind == "ocsp")


def _algorithm(bare: bytes) -> str:
    try:
        _, info = token.open_token(bare)
        algorithm = str(info["message_imprint"]["hash_algorithm"]["algorithm"].native)
    except (ValueError, TypeError, KeyError, IndexError) as error:
        raise TokenRefused("garbage", text("The answer is no time stamp.")) from error
    if algorithm not in token.DIGESTS:
        raise TokenRefused("weak", text("It stamps a kind of digest that is too weak."))
    return algorithm


def _entries(stamps: Sequence[VerifiedStamp], entries: Sequence[Entry]) -> list[Breach]:
    """Each entry of a stamp fits a stamp of the bundle, and each stamp has its entry."""
    breaches = []
    open_ones = {stamp.token.digest: stamp for stamp in stamps if stamp.name != TOKEN}
    sizes = {e.body.get("digest"): e.body.get("size") for e in entries if e.kind == "anchor" and e.body}
    for entry in entries:
        if entry.kind != "stamp" or entry.body is None:
            continue
        body = entry.body
        stamp = open_ones.pop(str(body.get("token")), None)
        if stamp is None or not _fits(stamp, body, sizes):
            what = text("What entry {seq} says of a time stamp fits none in the bundle.", seq=entry.seq)
            breaches.append(Breach(f"data/journal.jsonl:{entry.seq + 1}", what))
    breaches += [Breach(s.name, text("No entry tells of this time stamp.")) for s in open_ones.values()]
    return breaches


def _fits(stamp: VerifiedStamp, body: Mapping[str, object], sizes: Mapping[object, object]) -> bool:
    try:
        at = datetime.fromisoformat(str(body.get("time")))
    except ValueError:
        return False
    number = f"data/anchors/{body.get('number'):06}.txt" if isinstance(body.get("number"), int) else ""
    said = (number, body.get("anchor"), body.get("certificate"), body.get("accuracy_us"))
    off = (stamp.token.accuracy or timedelta()) // timedelta(microseconds=1)
    told = (stamp.about, stamp.digest, stamp.token.certificate, off)
    return said == told and at == stamp.token.time and body.get("size") == sizes.get(stamp.digest)
