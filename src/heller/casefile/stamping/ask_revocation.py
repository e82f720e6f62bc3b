"""Fetches what tells whether an authority's certificate was revoked, on the day it stamps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from heller.casefile.stamping import shelf
from heller.casefile.stamping.run import Run
from heller.casefile.stamping.settings import Authority
from heller.casefile.stamping.wire import LIST_LIMIT, NoAnswer, ask
from heller.journal.stamps import chain, revocation, token
from heller.journal.stamps.refusal import TokenRefused

AFTER = timedelta(minutes=5)  # a certificate revoked this soon after it stamped is not believed either
MOST = 12  # addresses asked for one stamp


def gather(run: Run, bare: bytes, at: datetime) -> list[tuple[revocation.RevocationSource, bytes]]:
    """Lists and answers that together say that nothing about a token was revoked; empty where they do not.

    Raises TokenRefused where one of them says that a certificate was revoked.
    """
    certificate, given = token.certificates_of(bare)
    path = chain.check(certificate, given, at, run.trust)
    found = [got for place in revocation.places(path)[:MOST] if (got := _fetch(place, run))]
    known = chain.Trust(
        run.trust.roots,
        run.trust.others,
        tuple(data for place, data in found if not place.query),
        tuple(data for place, data in found if place.query),
    )
    return found if _tells(certificate, given, at, known) else []


def keep(run: Run, number: int, authority: Authority, bare: bytes, at: datetime) -> None:
    """Fetch, check and keep the lists and answers for a token.

    Raises TokenRefused where one of them says that a certificate was revoked. Where nobody answers, the
    stamp still counts and the queue asks again.
    """
    for place, data in gather(run, bare, at):
        depth = f"{place.depth}." if place.depth else ""
        ending = "ocsp" if place.query else "crl"
        shelf.keep(shelf.path_of(run.folder, number, f"{authority.name}.{depth}{ending}"), data)


def _tells(certificate: Any, given: Sequence[Any], at: datetime, known: chain.Trust) -> bool:
    """Whether lists and answers are genuine, cover the whole chain and speak for it."""
    try:
        chain.check(certificate, given, at + AFTER, known, revocation=True)
    except TokenRefused as refused:
        if refused.code == "revoked":
            raise
        return False
    return True


def _fetch(place: revocation.RevocationSource, run: Run) -> tuple[revocation.RevocationSource, bytes] | None:
    kind = "application/ocsp-request" if place.query else ""
    try:
        data = ask(place.url, place.query, kind, run.settings.sources, run.patience, LIST_LIMIT)
        revocation.read(data, place)
    except (NoAnswer, ValueError, TypeError, KeyError):
        return None
    return place, data


def catch_up(run: Run, mine: Sequence[Authority]) -> None:
    """Ask again for stamps whose lists and answers nobody gave out when they were made."""
    for authority in mine:
        for anchor in shelf.anchors(run.folder):
            path = shelf.path_of(run.folder, anchor.number, f"{authority.name}.tsr")
            told = (
                shelf.path_of(run.folder, anchor.number, f"{authority.name}.{end}") for end in ("crl", "ocsp")
            )
            if path.exists() and not any(one.exists() for one in told):
                _late(run, anchor.number, authority, path.read_bytes())


def _late(run: Run, number: int, authority: Authority, answer: bytes) -> None:
    """What comes late may say that the certificate was revoked: then the stamp stays, with that said."""
    try:
        bare = token.token_of(answer)
        _, info = token.open_token(bare)
        keep(run, number, authority, bare, info["gen_time"].native)
    except TokenRefused as refused:
        args, moment = shelf.plain(refused.why), run.moment
        shelf.wait(run.folder, number, authority.name, shelf.Wait(1, moment, moment, refused.why.id, args))
