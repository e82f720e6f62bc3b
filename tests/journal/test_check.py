"""What the check of a journal says, breach by breach: a table of cases, one of them for each branch."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from heller.journal.anchor import anchor
from heller.journal.checking.check import check, half_erased, split_lines, walk
from heller.journal.entry import NO_PREVIOUS, VERSION, Breach, Clock, line_hash, seal

CASES = tomllib.loads((Path(__file__).parent / "checks" / "cases.toml").read_text("utf-8"))["case"]
CLOCK = Clock("2015-02-04T07:35:00.000000Z", 1, "boot", "unknown")
UNREADABLE = b"{not a line}"


def body_of(said: dict[str, Any], lines: list[bytes], anchors: list[bytes]) -> dict[str, Any]:
    """What an entry says; of an anchor the number and digest that its lines give, unless others are written."""
    if "anchor" not in said:
        return said
    size = said["anchor"]
    before = sha256(anchors[-1]).hexdigest() if anchors else ""
    made = anchor("a1", lines[:size], before) if 0 < size <= len(lines) else b""
    anchors.append(made)
    return {"digest": sha256(made).hexdigest(), "number": len(anchors), "size": size} | {
        key: said[key] for key in ("digest", "number") if key in said
    }


def written(case: dict[str, Any]) -> tuple[bytes, bytes]:
    """The two files of a case as they lie on disk."""
    kinds = ["anchor" if "anchor" in said else said.get("kind", "note") for said in case["entries"]]
    lines: list[bytes] = []
    bodies: list[bytes] = []
    says: list[dict[str, Any]] = []
    anchors: list[bytes] = []
    for seq, said in enumerate(case["entries"]):
        says.append(body_of({k: v for k, v in said.items() if k != "kind"}, lines, anchors))
        prev = line_hash(lines[-1]) if lines else NO_PREVIOUS
        line, body = seal(seq, prev, kinds[seq], says[seq], bytes([seq]) * 32, CLOCK)
        lines.append(line)
        bodies.append(body)

    def line_of(name: str, sealed: list[bytes], which: int, last: bytes) -> bytes:
        if name == "x":
            return UNREADABLE
        seq = int(name[0])
        prev, more = line_hash(lines[seq - 1]) if seq else NO_PREVIOUS, {}
        if name.endswith("!"):
            more = {"more": True}
        elif name.endswith(">x"):
            prev = line_hash(last)
        else:
            return sealed[seq]
        return seal(seq, prev, kinds[seq], says[seq] | more, bytes([seq]) * 32, CLOCK)[which]

    def disk(named: list[str], sealed: list[bytes], which: int) -> bytes:
        data, last = b"", b""
        for name in named:
            last = line_of(name, sealed, which, last)
            data += last + (b"" if name.endswith("~") else b"\n")
        return data

    every = [str(seq) for seq in range(len(lines))]
    return disk(case.get("journal", every), lines, 0), disk(case.get("bodies", every), bodies, 1)


@pytest.mark.parametrize("case", CASES, ids=[case["why"] for case in CASES])
def test_each_thing_that_does_not_hold_is_said(case: dict[str, Any]) -> None:
    """All of it, in order, and nothing else; and the anchors that fit, by their sizes."""
    found = check(*written(case), case.get("closed", ()))
    assert [[breach.where, breach.what.id.format(**breach.what.args)] for breach in found.breaches] == case[
        "breaches"
    ]
    if "anchors" in case:
        assert [head.size for head in found.anchors] == case["anchors"]


def test_an_entry_is_read_with_its_number_kind_clock_and_words() -> None:
    """And the head is the hash of the last line; of no line it is the hash that the first one follows."""
    journal, bodies = written({"entries": [{"said": "a"}, {"kind": "erased", "entry": 0}, {"said": "c"}]})
    found = check(journal, b"".join(bodies.splitlines(keepends=True)[1:]))
    assert [(e.seq, e.kind, e.wall, e.sync, e.body) for e in found.entries] == [
        (0, "note", CLOCK.wall, CLOCK.sync, None),
        (1, "erased", CLOCK.wall, CLOCK.sync, {"entry": 0}),
        (2, "note", CLOCK.wall, CLOCK.sync, {"said": "c"}),
    ]
    assert found.head == found.entries[-1].line_hash == line_hash(journal.splitlines()[-1])
    assert found.lines == tuple(journal.splitlines()) and check(b"", b"").head == NO_PREVIOUS
    assert half_erased(found.entries) == () and half_erased(check(journal, bodies).entries) == (0,)


def test_one_line_after_the_other_is_handed_on() -> None:
    """A walk over open files yields entries as they come and keeps each whole line; the torn one is none."""
    journal, bodies = written({"entries": [{"said": "a"}, {"said": "b"}], "journal": ["0", "1~"]})
    breaches: list[Breach] = []
    lines: list[bytes] = []
    steps = walk(
        journal.splitlines(keepends=True), bodies.splitlines(keepends=True), breaches.append, lines.append
    )
    assert next(steps).seq == 0 and len(lines) == 1 and breaches == []
    assert list(steps) == [] and len(lines) == 1 and len(breaches) == 2


def test_a_torn_tail_is_no_line() -> None:
    """What stands behind the last line end is handed back apart."""
    assert split_lines(b"") == ([], b"") and split_lines(b"a\nb\n") == ([b"a", b"b"], b"")
    assert split_lines(b"a\nb") == ([b"a"], b"b")


@pytest.mark.parametrize(("version", "cause"), [(VERSION, "changed"), (VERSION + 1, "newer")])
def test_only_a_higher_format_is_a_newer_one(version: int, cause: str) -> None:
    """A line of this format that has not its form is no newer Heller's: it cannot be read."""
    breaches = check(f'{{"v":{version},"seq":"x"}}\n'.encode(), b"").breaches
    assert breaches[0].cause.value == cause
