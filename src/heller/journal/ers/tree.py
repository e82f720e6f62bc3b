"""The hash tree of RFC 4998, section 4.2: nodes are sorted before they are joined, and carry no prefix.

That makes it another tree than the journal's (RFC 9162), and it is used only where one stamp renews many
records.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeAlias

Path: TypeAlias = "tuple[tuple[bytes, ...], ...]"


def grow(leaves: Sequence[bytes], algorithm: str) -> tuple[bytes, tuple[Path, ...]]:
    """The root over leaves, and each leaf's path (`reducedHashtree`), in the order given.

    One leaf is its own root and has no path. A node that is left over at the end of a row moves up as it is,
    so the first group of a path always has two elements.
    """
    row = [(leaf, [number]) for number, leaf in enumerate(leaves)]
    paths: list[list[tuple[bytes, ...]]] = [[] for _ in leaves]
    while len(row) > 1:
        above = []
        for left, right in zip(row[::2], row[1::2], strict=False):
            for (node, members), (other, _) in ((left, right), (right, left)):
                for number in members:
                    first = not paths[number]
                    paths[number].append(tuple(sorted((node, other))) if first else (other,))
            above.append((join((left[0], right[0]), algorithm), left[1] + right[1]))
        row = above + row[2 * len(above) :]
    return row[0][0], tuple(tuple(path) for path in paths)


def above(node: bytes, path: Path) -> Path:
    """A path whose first group holds a node, as it goes on above another group that leads to that node."""
    return (tuple(other for other in path[0] if other != node), *path[1:]) if path else ()


def climb(leaf: bytes, path: Path, algorithm: str) -> bytes:
    """The root that a leaf and its path lead to; raises ValueError where the leaf is not on the path."""
    for number, group in enumerate(path):
        if number == 0 and (leaf not in group or len(group) < 2):
            raise ValueError("the object is not in its hash tree")
        leaf = join(group if number == 0 else (*group, leaf), algorithm)
    return leaf


def join(nodes: Sequence[bytes], algorithm: str) -> bytes:
    """One node over several: sorted, one behind the other, digested."""
    return hashlib.new(algorithm, b"".join(sorted(nodes))).digest()
