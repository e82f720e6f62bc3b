"""The tree of RFC 9162."""

from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from heller.journal.merkle import includes, inclusion, leaf_hash, root

# Test vectors of the certificate transparency reference tree (leaf inputs and roots for sizes 1, 2, 3, 8).
LEAVES = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    bytes(range(0x50, 0x58)),
    bytes(range(0x60, 0x70)),
]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def test_roots_of_the_reference_tree() -> None:
    """Roots published with RFC 6962's reference implementation."""
    hashes = [leaf_hash(leaf) for leaf in LEAVES]
    assert {size: root(hashes[:size]).hex() for size in ROOTS} == ROOTS
    assert root([]) == sha256().digest()


@given(st.integers(1, 70), st.data())
def test_a_proof_fits_its_leaf_and_no_other(size: int, data: st.DataObject) -> None:
    """An inclusion proof verifies exactly for its leaf at its place."""
    hashes = [leaf_hash(str(n).encode()) for n in range(size)]
    index = data.draw(st.integers(0, size - 1))
    other = data.draw(st.integers(0, size - 1))
    path, head = inclusion(hashes, index), root(hashes)
    assert includes(hashes[index], index, size, path, head)
    assert includes(hashes[other], index, size, path, head) == (other == index)
    assert includes(hashes[index], other, size, path, head) == (other == index)
