"""Checks a journal from its bytes alone: numbers, chain, commitments. Pure; standard library only."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from heller.journal.canonical import canonical
from heller.journal.entry import NO_PREVIOUS, Entry, commitment, line_hash, read_body, read_line
from heller.model.text import Text, text


class Breach(Struct, frozen=True):
    """Something in the journal or bundle does not hold: where, and what."""

    where: str
    what: Text


class Checked(Struct, frozen=True):
    """What a journal holds, and where it does not hold together."""

    entries: tuple[Entry, ...]
    lines: tuple[bytes, ...]
    breaches: tuple[Breach, ...]

    @property
    def head(self) -> str:
        """Hash of the last line: whoever holds it can tell any change before it."""
        return self.entries[-1].line_hash if self.entries else NO_PREVIOUS


def split_lines(data: bytes) -> tuple[list[bytes], bytes]:
    """Whole lines, and the torn tail behind the last line end."""
    *lines, tail = data.split(b"\n")
    return lines, tail


def _bodies(data: bytes, breaches: list[Breach]) -> dict[int, tuple[bytes, dict[str, Any]]]:
    bodies: dict[int, tuple[bytes, dict[str, Any]]] = {}
    lines, tail = split_lines(data)
    if tail:
        breaches.append(Breach("bodies.jsonl", text("The last line of the bodies is torn.")))
    for number, line in enumerate(lines, 1):
        try:
            seq, salt, body = read_body(line)
        except ValueError:
            breaches.append(
                Breach(f"bodies.jsonl:{number}", text("Line {n} of the bodies cannot be read.", n=number))
            )
            continue
        if seq in bodies:
            breaches.append(Breach(f"bodies.jsonl:{number}", text("Entry {seq} has two bodies.", seq=seq)))
        bodies[seq] = (salt, body)
    return bodies


def check(journal: bytes, bodies: bytes) -> Checked:
    """Every line, its number, the hash of the line before, and the commitment to its body."""
    breaches: list[Breach] = []
    said = _bodies(bodies, breaches)
    lines, tail = split_lines(journal)
    if tail:
        breaches.append(Breach("journal.jsonl", text("The last line of the journal is torn.")))
    entries: list[Entry] = []
    prev = NO_PREVIOUS
    for number, line in enumerate(lines):
        where = f"journal.jsonl:{number + 1}"
        try:
            value = read_line(line)
        except ValueError:
            breaches.append(Breach(where, text("Line {n} of the journal cannot be read.", n=number + 1)))
            prev = line_hash(line)
            continue
        if value["seq"] != number:
            breaches.append(
                Breach(
                    where,
                    text(
                        "Line {n} has number {seq}: a line was dropped, added or moved.",
                        n=number + 1,
                        seq=value["seq"],
                    ),
                )
            )
        if value["prev"] != prev:
            breaches.append(
                Breach(where, text("Entry {seq} does not follow from the one before.", seq=value["seq"]))
            )
        prev = line_hash(line)
        body = _opened(value, said.pop(value["seq"], None), where, breaches)
        entries.append(Entry(value["seq"], value["kind"], value["wall"], value["sync"], prev, body))
    for seq in said:
        breaches.append(
            Breach("bodies.jsonl", text("There is a body for entry {seq}, but no such line.", seq=seq))
        )
    breaches.extend(_unexplained(entries))
    return Checked(tuple(entries), tuple(lines), tuple(breaches))


def _opened(
    value: dict[str, Any], said: tuple[bytes, dict[str, Any]] | None, where: str, breaches: list[Breach]
) -> dict[str, Any] | None:
    """The body of a line, after its commitment was checked; None where it is gone."""
    if said is None:
        return None
    salt, body = said
    if commitment(salt, canonical(body)) != value["c"]:
        breaches.append(
            Breach(where, text("What entry {seq} says was changed after it was written.", seq=value["seq"]))
        )
    return body


def _unexplained(entries: list[Entry]) -> list[Breach]:
    """Bodies that are gone although no later entry says that they were erased."""
    erased = {e.body.get("entry") for e in entries if e.kind == "erased" and e.body is not None}
    return [
        Breach(
            "bodies.jsonl",
            text("What entry {seq} says is missing, and no entry says that it was erased.", seq=entry.seq),
        )
        for entry in entries
        if entry.body is None and entry.seq not in erased
    ]
