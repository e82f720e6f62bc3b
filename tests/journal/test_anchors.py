"""Anchors: an entry and a file that follow from the journal's lines."""

from hashlib import sha256
from pathlib import Path
from subprocess import run

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.journal import anchors, store
from heller.journal.anchor import anchor, heads, read_anchor, read_kept
from heller.journal.merkle import Growing, leaf_hash, root
from heller.journal.places import JOURNAL
from heller.model.errors import JournalBroken


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case folder with a note."""
    folder = tmp_path / "case"
    store.create(folder)
    store.append(folder, [("opened", {"case": "c0ffee"}), ("note", {"said": "eins"})])
    return folder


def test_an_anchor_follows_from_the_lines_before_it(case: Path) -> None:
    """Its file says what head, wc and sha256sum say; its entry names the file; the next names it too."""
    first = anchors.newest(case)
    store.append(case, [("note", {"said": "zwei"})])
    second = anchors.newest(case)
    said = read_anchor(second.path.read_bytes())
    assert (first.size, second.size, said.previous) == (2, 4, sha256(first.path.read_bytes()).hexdigest())
    assert read_anchor(first.data).previous == "" and said.origin == "c0ffee"
    prefix = run(
        ["head", "-c", str(said.length), str(case / JOURNAL)], capture_output=True, check=True
    ).stdout
    assert sha256(prefix).hexdigest() == said.prefix and prefix.count(b"\n") == said.size
    entries = [e.body for e in store.load(case).entries if e.kind == "anchor"]
    assert entries == [
        {"digest": a.digest, "number": n, "size": a.size} for n, a in ((1, first), (2, second))
    ]


def test_where_nothing_happened_the_anchor_is_the_same(case: Path) -> None:
    """An anchor, and a stamp on it, need no anchor of their own; whoever wants one gets it."""
    first = anchors.newest(case)
    store.append(case, [("stamp", {"anchor": first.digest})])
    assert anchors.newest(case) == first
    assert anchors.newest(case, anyway=True).number == 2


def test_a_lost_file_is_made_again(case: Path) -> None:
    """Everything in it follows from the journal."""
    first = anchors.newest(case)
    first.path.unlink()
    assert anchors.newest(case) == first
    assert first.path.read_bytes() == first.data


def test_a_changed_file_is_found(case: Path) -> None:
    """Another root, another case, no anchor at all."""
    first = anchors.newest(case)
    for forged in (first.data.replace(b"c0ffee", b"decade"), b"heller-anchor/1\n", first.data + b"x"):
        first.path.write_bytes(forged)
        with pytest.raises(JournalBroken):
            store.load(case)


@pytest.mark.parametrize(
    "body",
    [
        {"digest": "ab" * 32, "number": 1, "size": 2},
        {"digest": "", "number": 1, "size": 99},
        {"digest": "", "number": 1, "size": "2"},
        {"number": 1},
        {},
    ],
)
def test_an_entry_that_does_not_fit_is_a_breach(case: Path, body: dict[str, object]) -> None:
    """Nobody can say later that another head was handed out."""
    store.append(case, [("anchor", body)])
    with pytest.raises(JournalBroken, match="anchor"):
        store.load(case)


@given(st.integers(0, 130))
def test_a_growing_tree_has_the_same_roots(size: int) -> None:
    """Leaf by leaf as all at once."""
    leaves = [leaf_hash(bytes([n])) for n in range(size)]
    tree = Growing()
    for count, leaf in enumerate(leaves):
        assert tree.root() == root(leaves[:count])
        tree.add(leaf)
    assert tree.root() == root(leaves)


@given(st.lists(st.binary(max_size=9).filter(lambda b: b"\n" not in b), min_size=1, max_size=30), st.data())
def test_heads_of_one_pass_are_those_of_many(lines: list[bytes], data: st.DataObject) -> None:
    """Whatever sizes are asked for, in order."""
    sizes = sorted(data.draw(st.lists(st.integers(1, len(lines)), max_size=5)))
    assert [head.data for head in heads("x", lines, sizes)] == [anchor("x", lines[:n]) for n in sizes]
    for head in heads("x", lines, sizes):
        assert read_anchor(head.data) == head


def test_a_tree_head_that_was_mailed_is_still_one() -> None:
    """Byte order mark, Windows' line ends, blank lines around and between: it says the same."""
    data = anchor("c0ffee", [b'{"a":1}', b'{"b":2}'], "ab" * 32)
    for kept in (
        b"\xef\xbb\xbf" + data,
        data.replace(b"\n", b"\r\n"),
        b"\n\n" + data + b"\n \n",
        data.replace(b"\n", b"\n\n"),
    ):
        assert read_kept(kept) == read_anchor(data)
    for other in (b"", b"heller-anchor/1\n", data + b"note 1\n", data.replace(b"size", b"sise")):
        with pytest.raises(ValueError, match="anchor"):
            read_kept(other)
