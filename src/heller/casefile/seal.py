"""The time stamp over a bundle's manifest: asked for once, kept in the case, used again for the same bytes.

It lies under `seals/`, by the SHA-256 of the manifest. Without it the bundle could not be made twice.
"""

from __future__ import annotations

import secrets
from hashlib import sha256
from pathlib import Path

from heller.casefile.stamping import settings, shelf
from heller.casefile.stamping.wire import LIST_LIMIT, NoAnswer, ask
from heller.journal.bundle import Stamped
from heller.journal.stamps import chain, revocation, token
from heller.journal.stamps.refused import TokenRefused

SEALS = "seals"
PATIENCE = 8.0  # seconds; without an answer the bundle is made without this stamp
QUERY = "application/timestamp-query"


def stamped(folder: Path, data: bytes) -> Stamped:
    """A token over these bytes from the first authority that gives one that holds, qualified ones first;
    nothing where no authority is named or none answers."""
    kept = folder / SEALS / f"{sha256(data).hexdigest()}.tst"
    crl = kept.with_suffix(".crl")
    if kept.exists():
        return Stamped(kept.read_bytes(), crl.read_bytes() if crl.exists() else b"")
    known = settings.load(folder)
    for authority in sorted(known.authorities, key=lambda a: not a.qualified):
        try:
            got = _ask(authority, known.sources, settings.trusted(folder), data)
        except (NoAnswer, TokenRefused):
            continue
        if got.crl:
            shelf.keep(crl, got.crl)
        shelf.keep(kept, got.token)
        return got
    return Stamped()


def _ask(authority: settings.Authority, sources: tuple[str, ...], trust: chain.Trust, data: bytes) -> Stamped:
    query = token.request(sha256(data).digest(), "sha256", secrets.randbits(63), authority.policy)
    answer = ask(authority.url, query, QUERY, sources, PATIENCE)
    got = token.answers(answer, query, trust)
    bare = token.token_of(answer)
    certificate, given = token.certificates_of(bare)
    places = revocation.places(chain.check(certificate, given, got.time, trust))
    for place in places:
        if place.depth or place.query:
            continue
        try:
            crl = ask(place.url, sources=sources, patience=PATIENCE, limit=LIST_LIMIT)
            known = chain.Trust(trust.roots, trust.others, revocation.read(crl, place).crls)
        except (NoAnswer, ValueError, TypeError, KeyError):
            continue
        chain.check(certificate, given, got.time, known)
        return Stamped(bare, crl)
    return Stamped(bare)
