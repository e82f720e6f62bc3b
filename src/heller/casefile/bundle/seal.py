"""The time stamp over a bundle's manifest: asked for once, kept in the case, used again for the same bytes.

It lies under `seals/`, by the SHA-256 of the manifest. Without it the bundle could not be made twice.
"""

from __future__ import annotations

import secrets
from hashlib import sha256
from pathlib import Path

from heller.casefile.stamping import ask_revocation, settings, shelf
from heller.casefile.stamping.run import Run
from heller.casefile.stamping.wire import NoAnswer, ask
from heller.journal.bundle import Stamped
from heller.journal.places import SEALS
from heller.journal.stamps import token
from heller.journal.stamps.refusal import TokenRefused

PATIENCE = 8.0  # seconds; without an answer the bundle is made without this stamp
QUERY = "application/timestamp-query"


def first_stamp(folder: Path, data: bytes) -> Stamped:
    """A token over these bytes from the first authority that gives one that holds, qualified ones first;
    nothing where no authority is named or none answers."""
    kept = folder / SEALS / f"{sha256(data).hexdigest()}.tst"
    crl = kept.with_suffix(".crl")
    if kept.exists():
        return Stamped(kept.read_bytes(), crl.read_bytes() if crl.exists() else b"")
    known = settings.load(folder)
    for authority in sorted(known.authorities, key=lambda a: not a.qualified):
        try:
            got = _ask(Run(folder, known, settings.trust_of(folder), patience=PATIENCE), authority, data)
        except (NoAnswer, TokenRefused):
            continue
        if got.crl:
            shelf.keep(crl, got.crl)
        shelf.keep(kept, got.token)
        return got
    return Stamped()


def _ask(run: Run, authority: settings.Authority, data: bytes) -> Stamped:
    """A token and the list that says that its certificate was not revoked; without the list where it is not to
    be had. Raises NoAnswer, TokenRefused."""
    query = token.request(sha256(data).digest(), "sha256", secrets.randbits(63), authority.policy)
    answer = ask(authority.url, query, QUERY, run.settings.sources, run.patience)
    got, bare = token.answers(answer, query, run.trust), token.token_of(answer)
    found = ask_revocation.gather(run, bare, got.time)
    return Stamped(bare, next((one for place, one in found if not place.depth and not place.query), b""))
