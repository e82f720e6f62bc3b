"""Merkle tree of RFC 9162, section 2.1 (the tree of RFC 6962), over SHA-256. Standard library only."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256


def leaf_hash(data: bytes) -> bytes:
    """SHA-256 of 0x00 and the entry (RFC 9162, 2.1.1)."""
    return sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of 0x01 and both children (RFC 9162, 2.1.1)."""
    return sha256(b"\1" + left + right).digest()


def _split(n: int) -> int:
    """The largest power of two smaller than n."""
    return 1 << ((n - 1).bit_length() - 1)


class Growing:
    """A tree that only grows: it keeps the heads of its whole subtrees, the largest first, and no leaf."""

    def __init__(self) -> None:
        self.size = 0
        self._heads: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """One more leaf hash at the end."""
        at, count = leaf, self.size
        while count & 1:  # a whole subtree of that size stands at the left: join it
            at = node_hash(self._heads.pop(), at)
            count >>= 1
        self._heads.append(at)
        self.size += 1

    def root(self) -> bytes:
        """Tree head over all leaves so far; the empty tree is SHA-256 of nothing."""
        if not self._heads:
            return sha256().digest()
        at = self._heads[-1]
        for left in reversed(self._heads[:-1]):
            at = node_hash(left, at)
        return at


def root(leaves: Sequence[bytes]) -> bytes:
    """Tree head over leaf hashes; the empty tree is SHA-256 of nothing."""
    if not leaves:
        return sha256().digest()
    level = list(leaves)
    while len(level) > 1:
        paired = [node_hash(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


def inclusion(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """Audit path of one leaf (RFC 9162, 2.1.3.1), nearest sibling first."""
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if index < k:
        return [*inclusion(leaves[:k], index), root(leaves[k:])]
    return [*inclusion(leaves[k:], index - k), root(leaves[:k])]


def includes(leaf: bytes, index: int, size: int, path: Sequence[bytes], head: bytes) -> bool:
    """Whether the path proves the leaf at that place of a tree of that size (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    fn, sn, at = index, size - 1, leaf
    for sibling in path:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            at = node_hash(sibling, at)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            at = node_hash(at, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and at == head


def consistency(leaves: Sequence[bytes], size: int) -> list[bytes]:
    """Proof that the first `size` leaves are the beginning of all (RFC 9162, 2.1.4.1)."""
    if not 0 < size <= len(leaves):
        raise IndexError(size)
    return _consistency(leaves, size, whole=True) if size < len(leaves) else []


def _consistency(leaves: Sequence[bytes], size: int, *, whole: bool) -> list[bytes]:
    """SUBPROOF of RFC 9162: `whole` while the old tree is a subtree that the other side knows."""
    if size == len(leaves):
        return [] if whole else [root(leaves)]
    k = _split(len(leaves))
    if size <= k:
        return [*_consistency(leaves[:k], size, whole=whole), root(leaves[k:])]
    return [*_consistency(leaves[k:], size - k, whole=False), root(leaves[:k])]


def consistent(old: bytes, old_size: int, new: bytes, new_size: int, path: Sequence[bytes]) -> bool:
    """Whether the path proves that the old tree is the beginning of the new one (RFC 9162, 2.1.4.2)."""
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        return not path and old == new
    steps = list(path)
    if old_size & (old_size - 1) == 0:  # a power of two: the old head is itself a node of the new tree
        steps.insert(0, old)
    if not steps:
        return False
    fn, sn = old_size - 1, new_size - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    left = right = steps[0]
    for sibling in steps[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            left, right = node_hash(sibling, left), node_hash(sibling, right)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            right = node_hash(right, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and left == old and right == new
