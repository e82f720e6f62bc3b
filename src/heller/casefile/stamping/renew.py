"""Carries stamps on (RFC 4998): before a certificate ends, or before a digest grows weak.

The first record of an anchor needs nobody: it is the stamp that lies there, with what told that nothing was
revoked put inside. One stamp renews all records of a case that are due.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from heller.casefile.stamping import ask_revocation, shelf
from heller.casefile.stamping.run import Run
from heller.casefile.stamping.settings import Authority, load, trusted
from heller.casefile.stamping.wire import PATIENCE, NoAnswer, ask
from heller.casefile.stamping.work import QUERY, rfc3339
from heller.journal import store
from heller.journal.clock import read_clock
from heller.journal.ers import record, tree
from heller.journal.stamps import revocation, token
from heller.journal.stamps.refused import TokenRefused
from heller.model.errors import InputRefused
from heller.model.text import Text, text

WITHIN = timedelta(days=365)


class Carried(Struct, frozen=True):
    """The evidence record of one anchor. `fault` is why it could not be renewed, or does not hold."""

    number: int
    stamps: int
    chains: int
    algorithm: str
    size: int
    ends: datetime | None
    renewed: bool = False
    fault: Text | None = None


class _Record(Struct, frozen=True):
    anchor: shelf.Anchor
    data: bytes
    held: record.Held


def renew(
    folder: Path,
    progress: Callable[[Text], None] = lambda said: None,
    *,
    digest: str = "",
    within: timedelta = WITHIN,
    now: datetime | None = None,
    patience: float = PATIENCE,
) -> tuple[Carried, ...]:
    """Make records where there are none, renew those whose last certificate ends `within` that time, and
    put all under `digest` (sha384, sha512) where one is named. Raises InputRefused for an unknown digest."""
    if digest and digest not in token.DIGESTS:
        raise InputRefused(
            what=text("{name} is no digest for evidence records.", name=digest),
            why=text("A record must rest on a digest that others can check."),
            do=text("Choose one of: {names}.", names=", ".join(token.DIGESTS)),
        )
    run = Run(folder, load(folder), trusted(folder), now, patience)
    known, faults = _known(run)
    due = [one for one in known if _weaker(one, digest) or one.held.ends - run.moment < within]
    fresh: dict[int, _Record] = {}
    if due:
        progress(text("Renewing stamps"))
    for algorithm in token.DIGESTS:
        group = [one for one in due if (digest if _weaker(one, digest) else one.held.algorithm) == algorithm]
        if not group:
            continue
        try:
            fresh |= {one.anchor.number: one for one in _renewed(run, group, algorithm)}
        except (NoAnswer, TokenRefused) as error:
            faults |= {one.anchor.number: error.why for one in group}
    carried = [_told(fresh.get(one.anchor.number, one), fresh, faults) for one in known]
    silent = set(faults) - {one.number for one in carried}
    carried += [Carried(number, 0, 0, "", 0, None, fault=faults[number]) for number in silent]
    return tuple(sorted(carried, key=lambda one: one.number))


def _weaker(one: _Record, digest: str) -> bool:
    """Whether a record rests on a shorter digest than the one that is wanted."""
    return bool(digest) and token.DIGESTS.index(one.held.algorithm) < token.DIGESTS.index(digest)


def _told(one: _Record, fresh: dict[int, _Record], faults: dict[int, Text]) -> Carried:
    number, held = one.anchor.number, one.held
    return Carried(
        number,
        len(held.times),
        held.chains,
        held.algorithm,
        len(one.data),
        held.ends,
        renewed=number in fresh,
        fault=faults.get(number),
    )


def _known(run: Run) -> tuple[list[_Record], dict[int, Text]]:
    """The records of all stamped anchors, made where there are none, and what is wrong with the others."""
    found: list[_Record] = []
    faults: dict[int, Text] = {}
    entries = store.load(run.folder).entries
    for anchor in shelf.anchors(run.folder):
        stamps = [
            e.body for e in entries if e.kind == "stamp" and e.body and e.body["anchor"] == anchor.digest
        ]
        if not stamps:
            continue
        names = [str(body["tsa"]) for body in sorted(stamps, key=lambda body: not body["qualified"])]
        try:
            found.append(_of(run, anchor, names))
        except TokenRefused as refused:
            faults[anchor.number] = refused.why
        except (OSError, *token.SENSELESS):
            faults[anchor.number] = text("The kept time stamp cannot be read.")
    return found, faults


def _of(run: Run, anchor: shelf.Anchor, names: Sequence[str]) -> _Record:
    path = shelf.path_of(run.folder, anchor.number, "er")
    if path.exists():
        data = path.read_bytes()
        return _Record(anchor, data, record.verify(data, anchor.data, run.trust))
    data = _first(run.folder, anchor, names[0])
    made = _Record(anchor, data, record.verify(data, anchor.data, run.trust))
    shelf.keep(path, data)
    return made


def _first(folder: Path, anchor: shelf.Anchor, name: str) -> bytes:
    """The first record: the stamp that lies there, with the revocation of its day inside."""
    answer = shelf.path_of(folder, anchor.number, f"{name}.tsr").read_bytes()
    kept = {
        ending: [path.read_bytes() for path in sorted(_kept(folder, anchor.number, name, ending))]
        for ending in ("crl", "ocsp")
    }
    return record.begin(revocation.embedded(token.token_of(answer), kept["crl"], kept["ocsp"]), "sha256")


def _kept(folder: Path, number: int, name: str, ending: str) -> list[Path]:
    """The lists or answers of revocation kept for a stamp, for every depth of its chain."""
    return list((folder / shelf.ANCHORS).glob(f"{number:06}.{name}.*{ending}"))


def _renewed(run: Run, group: Sequence[_Record], algorithm: str) -> list[_Record]:
    """One stamp over all of a group; each record is checked as a whole before it takes the old one's place."""
    leaves = [_leaf(one, algorithm) for one in group]
    root, paths = tree.grow(leaves, algorithm)
    authority, bare, got = _asked(run, root, algorithm)
    made = []
    for one, path in zip(group, paths, strict=True):
        data = _grown(one, bare, algorithm, path)
        made.append(_Record(one.anchor, data, record.verify(data, one.anchor.data, run.trust)))
    for one in made:
        shelf.keep(shelf.path_of(run.folder, one.anchor.number, "er"), one.data)
    body = {
        "algorithm": algorithm,
        "anchors": [one.anchor.number for one in made],
        "qualified": authority.qualified,
        "time": rfc3339(got.time),
        "token": got.digest,
        "tsa": authority.name,
    }
    store.append(run.folder, [("renewal", body)], read_clock(run.now))
    return made


def _leaf(one: _Record, algorithm: str) -> bytes:
    if one.held.algorithm == algorithm:
        return record.renewal_leaf(one.data)[0]
    return record.rehash_leaf(one.data, one.anchor.data, algorithm)


def _grown(one: _Record, bare: bytes, algorithm: str, path: tree.Path) -> bytes:
    if one.held.algorithm == algorithm:
        return record.renew(one.data, bare, path)
    return record.rehash(one.data, bare, algorithm, path)


def _asked(run: Run, root: bytes, algorithm: str) -> tuple[Authority, bytes, token.Token]:
    """A checked token over a root, from the first authority that gives one, qualified ones first."""
    said: NoAnswer | TokenRefused = NoAnswer(text("No authority stamps this case yet."))
    for authority in sorted(run.settings.authorities, key=lambda a: not a.qualified):
        query = token.request(root, algorithm, secrets.randbits(63), authority.policy)
        try:
            answer = ask(authority.url, query, QUERY, run.settings.sources, run.patience)
            got, bare = token.answers(answer, query, run.trust), token.token_of(answer)
            found = ask_revocation.gather(run, bare, got.time)
        except (NoAnswer, TokenRefused) as error:
            said = error
            continue
        lists = [data for place, data in found if not place.query]
        others = [data for place, data in found if place.query]
        return authority, revocation.embedded(bare, lists, others), got
    raise said
