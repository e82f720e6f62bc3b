"""Does the due work of the queue: an anchor, requests, checked answers, entries in the journal.

The order makes every kill harmless: request on disk, ask, check, answer on disk, entry. Whoever comes next
finds an answer without its entry and writes the entry, or a request without an answer and asks again.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from heller.casefile.stamping import ask_revocation, shelf
from heller.casefile.stamping.run import Run
from heller.casefile.stamping.settings import Authority, load, trust_of
from heller.casefile.stamping.states import StampState, states
from heller.casefile.stamping.wire import PATIENCE, NoAnswer, ask
from heller.journal import store
from heller.journal.clock import read_clock
from heller.journal.stamps import token
from heller.journal.stamps.refusal import TokenRefused
from heller.model.text import Text, text

QUERY = "application/timestamp-query"
SKEW = timedelta(minutes=5)  # a stamp further from our clock than this is a finding about our clock


def stamp(
    folder: Path,
    progress: Callable[[Text], None] = lambda said: None,
    *,
    again: bool = False,
    now: datetime | None = None,
    patience: float = PATIENCE,
) -> tuple[StampState, ...]:
    """Make an anchor where something happened, ask every authority that is due, keep what holds.

    `again` asks although the pause after a failure is not over. Returns where every anchor stands. What
    an authority gets wrong is a state and no error; a disk that refuses is one (StoreFailed).
    """
    run = Run(folder, load(folder), trust_of(folder), now, patience)
    anchor = shelf.newest_anchor(folder, now)
    with ExitStack() as locks:
        mine = [a for a in run.settings.authorities if locks.enter_context(shelf.alone(folder, a.name))]
        for authority in mine:
            _finish(run, authority)
        named = _journal_stamps(folder)
        asked = [
            a for a in mine if (anchor.digest, a.name) not in named and _is_due(run, anchor.number, a, again)
        ]
        if asked:
            progress(text("Asking for time stamps"))
        _ask_all(run, anchor, asked)
        ask_revocation.catch_up(run, mine)
    return where(folder)


def where(folder: Path) -> tuple[StampState, ...]:
    """Where every anchor stands, without asking anybody; makes an anchor where one is needed."""
    shelf.newest_anchor(folder)
    return states(folder, store.load(folder), load(folder))


def _is_due(run: Run, number: int, authority: Authority, again: bool) -> bool:
    if shelf.path_of(run.folder, number, f"{authority.name}.tsr").exists():
        return False
    waited = shelf.waiting(run.folder, number, authority.name)
    moment = run.moment
    return waited is None or again or waited.due <= moment or waited.sent > moment  # a clock was set back


def _ask_all(run: Run, anchor: shelf.Anchor, asked: Sequence[Authority]) -> None:
    """All authorities at once, one request each; answers are judged as they come in."""
    queries = {}
    for authority in asked:
        query = token.request(bytes.fromhex(anchor.digest), "sha256", secrets.randbits(63), authority.policy)
        shelf.keep(shelf.path_of(run.folder, anchor.number, f"{authority.name}.tsq"), query)
        _count(run, anchor, authority, None)
        queries[authority] = query
    with ThreadPoolExecutor(max_workers=max(len(asked), 1)) as pool:
        running = {
            pool.submit(ask, a.url, query, QUERY, run.settings.sources, run.patience): a
            for a, query in queries.items()
        }
        for future in as_completed(running):
            authority = running[future]
            try:
                _accept(run, anchor, authority, future.result(), queries[authority])
            except (NoAnswer, TokenRefused) as error:
                _count(run, anchor, authority, error.why)


def _count(run: Run, anchor: shelf.Anchor, authority: Authority, fault: Text | None) -> None:
    """A request leaves (no fault yet), or came to nothing."""
    before = shelf.waiting(run.folder, anchor.number, authority.name)
    tries = (before.tries if before else 0) + (fault is None)
    due = run.moment + shelf.pause(max(tries, 1), Random())
    args = shelf.plain(fault) if fault else {}
    state = shelf.Wait(tries, run.moment, due, fault.id if fault else "", args)
    shelf.wait(run.folder, anchor.number, authority.name, state)


def _accept(run: Run, anchor: shelf.Anchor, authority: Authority, answer: bytes, query: bytes) -> None:
    """Check an answer and what tells of its certificate; only then is it kept and written down."""
    got = token.answers(answer, query, run.trust)
    ask_revocation.keep(run, anchor.number, authority, token.token_of(answer), got.time)
    shelf.keep(shelf.path_of(run.folder, anchor.number, f"{authority.name}.tsr"), answer)
    _write_down(run, anchor, authority, got, fresh=True)


def _write_down(
    run: Run, anchor: shelf.Anchor, authority: Authority, got: token.StampToken, *, fresh: bool
) -> None:
    """The entries of a stamp: the stamp itself, and what a fresh one says about our clock."""
    entries: list[tuple[str, dict[str, Any]]] = [("stamp", body(anchor, authority, got))]
    moment = run.moment
    if fresh and abs(moment - got.time) > SKEW:
        off = (moment - got.time) // timedelta(microseconds=1)
        said = {"off_us": off, "source": "tsa", "time": rfc3339(got.time), "tsa": authority.name}
        entries.append(("clock", {**said, "wall": rfc3339(moment)}))
    store.append(run.folder, entries, read_clock(run.now))
    shelf.stop_waiting(run.folder, authority.name)


def body(anchor: shelf.Anchor, authority: Authority, got: token.StampToken) -> dict[str, Any]:
    """What the journal says of a stamp. The digest of the token is a lower bound for all that follows;
    `accuracy_us` is 0 where the authority states none."""
    return {
        "accuracy_us": got.accuracy // timedelta(microseconds=1) if got.accuracy else 0,
        "anchor": anchor.digest,
        "certificate": got.certificate,
        "number": anchor.number,
        "size": anchor.size,
        "time": rfc3339(got.time),
        "token": got.digest,
        "tsa": authority.name,
    }


def _journal_stamps(folder: Path) -> set[tuple[str, str]]:
    """Anchors and authorities whose stamps the journal names."""
    entries = store.load(folder).entries
    return {(e.body["anchor"], e.body["tsa"]) for e in entries if e.kind == "stamp" and e.body}


def _finish(run: Run, authority: Authority) -> None:
    """Write the entry of an answer that was kept when the program was ended before it wrote it.

    An answer that cannot be read any more is said; where no entry names it, it is set aside and asked for anew.
    """
    written = _journal_stamps(run.folder)
    for anchor in shelf.anchors(run.folder):
        path = shelf.path_of(run.folder, anchor.number, f"{authority.name}.tsr")
        named = (anchor.digest, authority.name) in written
        if not path.exists():
            if named:
                _spoilt(run, anchor, authority, text("The kept time stamp is missing."))
            continue
        try:
            bare = token.token_of(path.read_bytes())
            got = token.verify(bare, bytes.fromhex(anchor.digest), "sha256", run.trust)
        except TokenRefused as refused:
            _spoilt(run, anchor, authority, refused.why)
            if not named:
                path.replace(path.with_suffix(".tsr.spoilt"))
            continue
        if named:
            shelf.clear_fault(run.folder, anchor.number, authority.name)
        else:
            _write_down(run, anchor, authority, got, fresh=False)


def _spoilt(run: Run, anchor: shelf.Anchor, authority: Authority, why: Text) -> None:
    args, moment = shelf.plain(why), run.moment
    shelf.wait(run.folder, anchor.number, authority.name, shelf.Wait(0, moment, moment, why.id, args))


def rfc3339(moment: datetime) -> str:
    """An instant as the journal writes it: UTC, with as many places as it has."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
