"""Killed in the middle of writing: what was acknowledged is there, and the next writer goes on."""

import errno
import json
import os
import random
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from heller.journal import anchors, store
from heller.journal.appender import Appender
from heller.journal.mend import mend
from heller.machine import files
from heller.model.errors import StoreFailed

KILLS = int(os.environ.get("HELLER_KILLS", "60"))
EACH = 10  # kills of one case, before a new one is begun

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


def write(folder: Path, seed: int, told: int) -> None:
    """Write whatever comes until killed, and tell what was acknowledged, one line of JSON each."""
    dice = random.Random(seed)
    mine: list[int] = []
    with Appender(folder) as writer:
        while True:
            match dice.randrange(8):
                case 0:
                    first = writer.append([("sample", {"rtt_us": n}) for n in range(100)])
                    event: dict[str, Any] = {"samples": [first, first + 100]}
                case 1:
                    anchor = anchors.newest(folder)
                    event = {"anchor": [anchor.number, anchor.digest]}
                case 2 if mine:
                    gone = mine.pop(dice.randrange(len(mine)))
                    store.erase(folder, gone, "x", "")
                    event = {"erased": gone}
                case 3:
                    digest, _ = store.put_object(folder, dice.randbytes(40))
                    mine.append(writer.append([("exhibit", {"digest": digest, "name": "a"})]))
                    event = {"exhibit": [mine[-1], digest]}
                case _:
                    mine.append(writer.append([("note", {"said": "x" * dice.randrange(600)})]))
                    event = {"note": mine[-1]}
            os.write(told, json.dumps(event).encode() + b"\n")


def killed(folder: Path, seed: int, seconds: float) -> list[dict[str, Any]]:
    """What a writer acknowledged before it was killed."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            write(folder, seed, theirs)
        finally:
            os._exit(1)  # it never ends by itself
    os.close(theirs)
    with os.fdopen(ours, "rb") as pipe:
        first = pipe.readline()  # it has begun
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        rest = pipe.read()
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL, "it was killed, not broken"
    return [json.loads(line) for line in (first + rest).split(b"\n")[:-1]]


def test_no_acknowledged_entry_is_lost(tmp_path: Path) -> None:
    """Notes, groups of samples, originals, anchors and erasures: after each kill all that was told holds."""
    dice = random.Random(9)
    told = 0
    for kill in range(KILLS):
        if kill % EACH == 0:
            folder = tmp_path / f"case-{kill}"
            store.create(folder)
            store.append(folder, [("opened", {"case": "x"})])
            notes: set[int] = set()
            gone: set[int] = set()
        for event in killed(folder, kill, dice.random() / 20):
            told += 1
            if "samples" in event:
                notes |= set(range(*event["samples"]))
            elif "exhibit" in event:
                notes.add(event["exhibit"][0])
            elif "note" in event:
                notes.add(event["note"])
            elif "erased" in event:
                gone.add(event["erased"])
            else:
                number, digest = event["anchor"]
                assert store.load(folder).anchors[number - 1].digest == digest
        holds(folder, notes, gone)
    assert told > KILLS


def holds(folder: Path, notes: set[int], gone: set[int]) -> None:
    """The journal holds, with every note, and without what was erased."""
    mend(folder)
    found = store.load(folder)
    kinds = {e.seq: e.kind for e in found.entries}
    assert all(kinds.get(n) in ("note", "sample", "exhibit") for n in notes)
    assert all(found.entries[n].body is None for n in gone)
    lacking = {e.seq for e in found.entries if e.body is None}
    said = {e.body["entry"] for e in found.entries if e.kind == "erased" and e.body is not None}
    assert lacking == said
    for entry in found.entries:
        if entry.kind == "exhibit" and entry.body is not None:
            store.get_object(folder, entry.body["digest"])


@pytest.mark.parametrize("failing", ["write", "sync"])
def test_a_full_disk_in_the_middle_of_a_group_leaves_nothing_of_it(
    failing: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same writer goes on when there is room again."""
    folder = tmp_path / "case"
    store.create(folder)
    with Appender(folder) as writer:
        writer.append([("opened", {"case": "x"})])
        before = {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}
        real = os.write

        def full(handle: int, data: bytes) -> int:
            if len(data) < 6000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(handle, bytes(data)[:5000])

        def broken(handle: int) -> None:
            raise OSError(errno.EIO, "Input/output error")

        with monkeypatch.context() as patched:
            if failing == "write":
                patched.setattr(os, "write", full)
            else:
                patched.setattr(files, "sync", broken)
            with pytest.raises(StoreFailed):
                writer.append([("sample", {"n": n}) for n in range(100)])
        assert {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()} == before
        assert writer.append([("sample", {"n": n}) for n in range(100)]) == 1
    assert len(store.load(folder).entries) == 101


def test_two_writers_take_turns(tmp_path: Path) -> None:
    """A sampler that keeps the files open, and a person who notes something meanwhile."""
    folder = tmp_path / "case"
    store.create(folder)
    with Appender(folder) as sampler:
        sampler.append([("opened", {"case": "x"})])
        for n in range(5):
            assert sampler.append([("sample", {"n": n})]) == 1 + 2 * n
            assert store.append(folder, [("note", {"said": "y"})]) == 2 + 2 * n
        store.erase(folder, 2, "x", "")
        assert sampler.append([("sample", {"n": 9})]) == 12
    assert store.load(folder).breaches == ()
