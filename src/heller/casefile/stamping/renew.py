"""Carries stamps on (RFC 4998): before a certificate ends, or before a digest grows weak.

The first record of an anchor needs nobody: it is the stamp that lies there, with what told that nothing was
revoked put inside. One stamp renews all records of a case that are due.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from heller.casefile.stamping import ask_revocation, shelf, strong_list
from heller.casefile.stamping.run import Run
from heller.casefile.stamping.settings import Authority, load, trust_of
from heller.casefile.stamping.wire import PATIENCE, NoAnswer, ask
from heller.casefile.stamping.work import QUERY, rfc3339
from heller.journal import store
from heller.journal.clock import read_clock
from heller.journal.ers import record, tree
from heller.journal.places import ANCHORS
from heller.journal.stamps import revocation, token
from heller.journal.stamps.refusal import TokenRefused
from heller.model.errors import InputRefused
from heller.model.text import Text, text

WITHIN = timedelta(days=365)


class Carried(Struct, frozen=True):
    """The evidence record of one anchor, or of the list of a hash renewal, by the name of that file. `fault`
    is why it could not be renewed, or does not hold."""

    name: str
    stamps: int
    chains: int
    algorithm: str
    size: int
    ends: datetime | None
    renewed: bool = False
    fault: Text | None = None


class _Object(Struct, frozen=True):
    """What a record is about: an anchor, or the list of a hash renewal. `name` is its file."""

    number: int
    path: Path
    data: bytes

    @property
    def record(self) -> Path:
        """Where its evidence record lies: 000001.er, 000003.sha512.er."""
        name = self.path.name.removesuffix(".txt")
        return self.path.with_name(f"{name}.er")


class _Record(Struct, frozen=True):
    about: _Object
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
    run = Run(folder, load(folder), trust_of(folder), now, patience)
    known, faults = _all_records(run)
    due = [one for one in known if _weaker(one, digest) or one.held.ends - run.moment < within]
    fresh: dict[Path, _Record] = {}
    lists = _lists(run, digest) if any(_weaker(one, digest) for one in due) else []
    if due:
        with store.open_journal(folder):
            pass  # before anybody is asked and a record is written: its entry must follow from a whole journal
        progress(text("Renewing stamps"))
    for algorithm in token.DIGESTS:
        group = [one for one in due if (digest if _weaker(one, digest) else one.held.algorithm) == algorithm]
        if not group:
            continue
        new = lists if algorithm == digest else []
        try:
            fresh |= {one.about.path: one for one in _renewed(run, group, new, algorithm)}
        except (NoAnswer, TokenRefused) as error:
            faults |= {one.about.path: error.why for one in group}
    held = {one.about.path: one for one in known} | fresh
    carried = [_as_carried(one, path in fresh, faults.get(path)) for path, one in held.items()]
    silent = [path for path in faults if path not in held]
    carried += [Carried(path.name, 0, 0, "", 0, None, fault=faults[path]) for path in silent]
    return tuple(sorted(carried, key=lambda one: one.name))


def _weaker(one: _Record, digest: str) -> bool:
    """Whether a record rests on a shorter digest than the one that is wanted."""
    return bool(digest) and token.DIGESTS.index(one.held.algorithm) < token.DIGESTS.index(digest)


def _as_carried(one: _Record, renewed: bool, fault: Text | None) -> Carried:
    held = one.held
    return Carried(
        one.about.path.name,
        len(held.times),
        held.chains,
        held.algorithm,
        len(one.data),
        held.ends,
        renewed=renewed,
        fault=fault,
    )


def _all_records(run: Run) -> tuple[list[_Record], dict[Path, Text]]:
    """The records of all stamped anchors, made where there are none, those of the lists of earlier hash
    renewals, and what is wrong with the others."""
    found: list[_Record] = []
    faults: dict[Path, Text] = {}
    for about, name in (*_stamped(run), *((one, "") for one in _kept_lists(run))):
        try:
            found.append(_of(run, about, name))
        except TokenRefused as refused:
            faults[about.path] = refused.why
        except (OSError, *token.SENSELESS):
            faults[about.path] = text("The kept time stamp cannot be read.")
    return found, faults


def _stamped(run: Run) -> list[tuple[_Object, str]]:
    """The anchors that somebody stamped, each with the authority whose stamp is carried on."""
    stamps = [e.body for e in store.load(run.folder).entries if e.kind == "stamp" and e.body]
    preferred = {authority.name for authority in run.settings.authorities if authority.qualified}
    found = []
    for anchor in shelf.anchors(run.folder):
        mine = [body for body in stamps if body["anchor"] == anchor.digest]
        if mine:
            first = min(mine, key=lambda body: body["tsa"] not in preferred)
            path = shelf.path_of(run.folder, anchor.number, "txt")
            found.append((_Object(anchor.number, path, anchor.data), str(first["tsa"])))
    return found


def _kept_lists(run: Run) -> list[_Object]:
    paths = [p for name in token.DIGESTS for p in (run.folder / ANCHORS).glob(f"[0-9]*.{name}.txt")]
    return [_Object(int(path.name[:6]), path, path.read_bytes()) for path in sorted(paths)]


def _lists(run: Run, digest: str) -> list[_Object]:
    """The list that a hash renewal stamps along with the records; none where it is there already."""
    number = shelf.anchors(run.folder)[-1].number
    path = shelf.path_of(run.folder, number, f"{digest}.txt")
    if path.exists():
        return []
    return [_Object(number, path, strong_list.list_of(run.folder, digest))]


def _of(run: Run, about: _Object, name: str) -> _Record:
    path = about.record
    if path.exists() or not name:
        data = path.read_bytes()
        return _Record(about, data, record.verify(data, about.data, run.trust))
    data = _first(run.folder, about.number, name)
    made = _Record(about, data, record.verify(data, about.data, run.trust))
    shelf.keep(path, data)
    return made


def _first(folder: Path, number: int, name: str) -> bytes:
    """The first record: the stamp that lies there, with the revocation of its day inside."""
    answer = shelf.path_of(folder, number, f"{name}.tsr").read_bytes()
    kept = {
        ending: [
            path.read_bytes() for path in sorted((folder / ANCHORS).glob(f"{number:06}.{name}.*{ending}"))
        ]
        for ending in ("crl", "ocsp")
    }
    return record.begin(revocation.embed(token.token_of(answer), kept["crl"], kept["ocsp"]), "sha256")


def _renewed(run: Run, group: Sequence[_Record], new: Sequence[_Object], algorithm: str) -> list[_Record]:
    """One stamp over all of a group and over new lists; each record is checked as a whole before it takes
    the old one's place."""
    leaves = [_leaf(one, algorithm) for one in group]
    leaves += [hashlib.new(algorithm, one.data).digest() for one in new]
    root, paths = tree.grow(leaves, algorithm)
    authority, bare, got = _token_over(run, root, algorithm)
    begun = zip(new, paths[len(group) :], strict=True)
    grown = [
        (one, record.begin(bare, algorithm, path)) for one, path in begun
    ]  # first: the others say it is done
    grown += [
        (one.about, _grown(one, bare, algorithm, path)) for one, path in zip(group, paths, strict=False)
    ]
    made = [_Record(about, data, record.verify(data, about.data, run.trust)) for about, data in grown]
    for one in made:
        shelf.keep(one.about.record, one.data)
        if not one.about.path.exists():
            shelf.keep(one.about.path, one.about.data)
    body = {
        "algorithm": algorithm,
        "records": [one.about.record.name for one in made],
        "time": rfc3339(got.time),
        "token": got.digest,
        "tsa": authority.name,
    }
    store.append(run.folder, [("renewal", body)], read_clock(run.now))
    return made


def _leaf(one: _Record, algorithm: str) -> bytes:
    if one.held.algorithm == algorithm:
        return record.renewal_leaf(one.data)[0]
    return record.rehash_leaf(one.data, one.about.data, algorithm)


def _grown(one: _Record, bare: bytes, algorithm: str, path: tree.Path) -> bytes:
    if one.held.algorithm == algorithm:
        return record.renew(one.data, bare, path)
    return record.rehash(one.data, bare, algorithm, path)


def _token_over(run: Run, root: bytes, algorithm: str) -> tuple[Authority, bytes, token.StampToken]:
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
        return authority, revocation.embed(bare, lists, others), got
    raise said
