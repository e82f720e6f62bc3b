"""Where each anchor stands at each authority, read from the disk alone."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from pathlib import Path

from msgspec import Struct

from heller.casefile.stamping import shelf
from heller.casefile.stamping.settings import Authority, Settings
from heller.journal.checking.check import Checked
from heller.journal.entry import Entry
from heller.model.text import Text, text


class State(Enum):
    """The stations of an anchor, in their order."""

    WRITTEN = "written"  # no authority is named yet
    DUE = "due"
    SENT = "sent"  # asked, no usable answer yet; the next try has its time
    COVERED = "covered"  # a later anchor, stamped or waiting, covers all that this one does
    STAMPED = "stamped"
    CHECKED = "checked"  # and what tells that nothing was revoked is kept
    RENEWED = "renewed"  # and an evidence record carries it on


NAMES = {
    State.WRITTEN: text("written, no authority is named"),
    State.DUE: text("to be asked"),
    State.SENT: text("asked, not stamped yet"),
    State.COVERED: text("covered by a later anchor"),
    State.STAMPED: text("stamped; whether it was revoked is still asked"),
    State.CHECKED: text("stamped, not revoked"),
    State.RENEWED: text("stamped, and renewed"),
}


class StampState(Struct, frozen=True):
    """One anchor at one authority. `time` is the authority's; `fault` what the last try came to."""

    number: int
    size: int
    digest: str
    authority: str
    qualified: bool
    state: State
    time: str = ""
    tries: int = 0
    due: datetime | None = None
    fault: Text | None = None


def states(folder: Path, checked: Checked, settings: Settings) -> tuple[StampState, ...]:
    """Every anchor at every authority, the oldest first."""
    known = shelf.anchors(folder)
    stamps = {(e.body["anchor"], e.body["tsa"]): e for e in checked.entries if e.kind == "stamp" and e.body}
    found: list[StampState] = []
    for anchor in known:
        last = anchor == known[-1]
        names = {a.name: a for a in settings.authorities}
        for (digest, name), _ in stamps.items():  # an authority that was taken out has still stamped
            if digest == anchor.digest and name not in names:
                names[name] = Authority(name, "")
        if not names:
            found.append(StampState(anchor.number, anchor.size, anchor.digest, "", False, State.WRITTEN))
        for name, authority in names.items():
            found.append(_place(folder, anchor, authority, stamps.get((anchor.digest, name)), last))
    return tuple(found)


def _place(
    folder: Path, anchor: shelf.Anchor, authority: Authority, stamp: Entry | None, last: bool
) -> StampState:
    name, number = authority.name, anchor.number
    waited = shelf.waiting(folder, number, name)
    state, time = State.DUE, ""
    if stamp is not None and stamp.body is not None:
        state, time = _state_of_file(folder, number, name), stamp.body["time"]
    elif not last:
        state, waited = State.COVERED, None
    elif waited is not None:
        state = State.SENT
    return StampState(
        number=number,
        size=anchor.size,
        digest=anchor.digest,
        authority=name,
        qualified=authority.qualified,
        state=state,
        time=time,
        tries=waited.tries if waited else 0,
        due=waited.due if waited and state is State.SENT else None,
        fault=waited.said if waited else None,
    )


def _state_of_file(folder: Path, number: int, name: str) -> State:
    if shelf.path_of(folder, number, "er").exists():
        return State.RENEWED
    kept = any(shelf.path_of(folder, number, f"{name}.{end}").exists() for end in ("crl", "ocsp"))
    return State.CHECKED if kept else State.STAMPED
