"""What a hash renewal listed under a stronger digest, against the files of a bundle."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from heller.journal.entry import Breach
from heller.model.text import text

LIST = re.compile(r"data/anchors/\d{6}\.(sha384|sha512)\.txt")
ROW = re.compile(r"([0-9a-f]{96,128})  ([a-z0-9/.]+)")
COVERED = re.compile(r"# head -c (\d+) journal\.jsonl \| \w+: ([0-9a-f]+)")


def check_lists(files: Mapping[str, memoryview]) -> list[Breach]:
    """What a list names and is there with other bytes. What was left out or erased since is no fault."""
    lists = ((name, found[1]) for name in files if (found := LIST.fullmatch(name)))
    return [
        Breach(name, text("{what} is not what this list says.", what=what))
        for name, algorithm in lists
        for what in _wrong(files, name, algorithm)
    ]


def _wrong(files: Mapping[str, memoryview], name: str, algorithm: str) -> Iterator[str]:
    for line in bytes(files[name]).decode("utf-8", "replace").splitlines():
        row, covered = ROW.fullmatch(line), COVERED.fullmatch(line)
        if row is not None and f"data/{row[2]}" in files:
            if hashlib.new(algorithm, files[f"data/{row[2]}"]).hexdigest() != row[1]:
                yield row[2]
        elif covered is not None:
            journal = files["data/journal.jsonl"][: int(covered[1])]
            if hashlib.new(algorithm, journal).hexdigest() != covered[2]:
                yield "journal.jsonl"
