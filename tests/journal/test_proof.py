"""Proofs as text: each holds for what it says and for nothing else."""

import base64
import secrets
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from heller.journal import checkpoint
from heller.journal.anchor import Anchor, anchor, read_anchor
from heller.journal.checking.proof import prove, prove_growth, read_growth, read_proof
from heller.journal.entry import NO_PREVIOUS, Clock, line_hash, seal
from heller.journal.merkle import consistency, consistent, leaf_hash, root

CLOCK = Clock("2026-03-02T09:00:00.000000Z", 1, "boot", "ntp")


def journal(size: int) -> tuple[list[bytes], list[bytes]]:
    """Lines and bodies of notes."""
    lines: list[bytes] = []
    bodies: list[bytes] = []
    for seq in range(size):
        prev = line_hash(lines[-1]) if lines else NO_PREVIOUS
        line, body = seal(seq, prev, "note", {"said": f"Nr. {seq} ä"}, secrets.token_bytes(32), CLOCK)
        lines.append(line)
        bodies.append(body)
    return lines, bodies


LINES, BODIES = journal(40)


def head(size: int) -> Anchor:
    """The head over the first lines."""
    return read_anchor(anchor("c0ffee", LINES[:size]))


@given(st.integers(1, 40), st.data())
def test_a_proof_holds_for_its_entry_and_says_what_it_says(size: int, data: st.DataObject) -> None:
    """With and without disclosing it, and only the disclosed one speaks."""
    number = data.draw(st.integers(0, size - 1))
    disclose = data.draw(st.booleans())
    said = prove(LINES[:size], number, checkpoint.checkpoint(head(size)), BODIES[number] if disclose else b"")
    found = read_proof(said)
    assert (found.line.seq, found.raw, found.head.size) == (number, LINES[number], size)
    assert found.head.root == head(size).root
    assert found.body == ({"said": f"Nr. {number} ä"} if disclose else None)


@given(st.integers(2, 40), st.data())
def test_any_changed_character_of_a_proof_is_found(size: int, data: st.DataObject) -> None:
    """It no longer holds, or it is the proof of another head: the origin is nobody's but the anchor's."""
    number = data.draw(st.integers(0, size - 1))
    said = prove(LINES[:size], number, checkpoint.checkpoint(head(size)), BODIES[number])
    at = data.draw(st.integers(0, len(said) - 1))
    other = data.draw(st.characters(min_codepoint=10, max_codepoint=0x2014).filter(lambda c: c != said[at]))
    forged = said[:at] + other + said[at + 1 :]
    try:
        found = read_proof(forged)
    except ValueError:
        return
    assert (found.head.origin, found.head.size, found.head.root) != ("c0ffee", size, head(size).root)


def test_no_other_entry_and_no_other_words_pass() -> None:
    """Its line under another number, another line in its place, another body."""
    said = prove(LINES[:9], 4, checkpoint.checkpoint(head(9)), BODIES[4])
    extra = said.splitlines()[1].removeprefix("extra ")
    for line, body in (
        (LINES[5], BODIES[5]),
        (LINES[4], BODIES[5]),
        (LINES[4], BODIES[4].replace(b"Nr", b"No")),
    ):
        forged = base64.b64encode(line + b"\n" + body + b"\n").decode()
        with pytest.raises(ValueError):
            read_proof(said.replace(extra, forged))
    with pytest.raises(ValueError):
        read_proof(said.replace("index 4", "index 5"))


@given(st.integers(1, 40), st.integers(1, 40))
def test_growth_is_proven_exactly_where_it_was(old: int, new: int) -> None:
    """RFC 9162, 2.1.4: every pair of sizes, as hashes and as text."""
    leaves = [leaf_hash(line) for line in LINES]
    if old > new:
        with pytest.raises(IndexError):
            consistency(leaves[:new], old)
        return
    path = consistency(leaves[:new], old)
    assert consistent(root(leaves[:old]), old, root(leaves[:new]), new, path)
    grown = read_growth(prove_growth(LINES[:new], old, checkpoint.checkpoint(head(new))), head(old))
    assert (grown.old, grown.head.size) == (old, new)


@given(st.integers(1, 39), st.integers(1, 40), st.integers(0, 38), st.data())
def test_no_proof_leads_from_a_journal_that_was_changed(
    old: int, new: int, at: int, data: st.DataObject
) -> None:
    """A line under the old head is another one now: no proof that its forger can make holds."""
    old, new = min(old, new), max(old, new)
    at = min(at, old - 1)
    forged = [*LINES[:at], b"changed", *LINES[at + 1 :]][:new]
    lie = read_anchor(anchor("c0ffee", forged))
    with pytest.raises(ValueError):
        read_growth(prove_growth(forged, old, checkpoint.checkpoint(lie)), head(old))
    leaves = [leaf_hash(line) for line in forged]
    path = data.draw(st.permutations(consistency(leaves, old)))
    assert not consistent(head(old).root, old, lie.root, new, path)


def test_a_proof_of_growth_begins_at_the_anchor_that_somebody_holds() -> None:
    """Another size or another case is another beginning."""
    said = prove_growth(LINES[:9], 4, checkpoint.checkpoint(head(9)))
    for other in (head(5), read_anchor(anchor("decade", LINES[:4]))):
        with pytest.raises(ValueError):
            read_growth(said, other)


def test_a_checkpoint_is_the_note_of_the_specification() -> None:
    """Three lines, an empty one, signatures: the example of c2sp.org/tlog-checkpoint is read and written back."""
    example = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/"
        "Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    )
    found = checkpoint.read_checkpoint(example)
    assert (found.size, found.text, len(found.signatures)) == (20852163, example, 1)
    for broken in (
        example.replace("20852163", "020852163"),
        example[:-1],
        example.replace("\n\n", "\nmore\n\n"),
    ):
        with pytest.raises(ValueError):
            checkpoint.read_checkpoint(broken)


def test_a_signature_holds_for_its_head_and_key() -> None:
    """Ed25519 over the three lines, under the origin's name; other keys are left aside."""
    key, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    plain = checkpoint.checkpoint(head(9))
    made = checkpoint.read_checkpoint(checkpoint.sign(checkpoint.sign(plain, other), key).text)
    assert checkpoint.holds(made, key.public_key()) and checkpoint.holds(made, other.public_key())
    assert not checkpoint.holds(plain, key.public_key())
    forged = checkpoint.Checkpoint(made.origin, 10, made.root, made.signatures)
    assert not checkpoint.holds(forged, key.public_key())


def test_openssl_verifies_the_signature(tmp_path: Path) -> None:
    """The signature without the key's number, over the note as it stands."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not here")
    key = Ed25519PrivateKey.generate()
    made = checkpoint.sign(checkpoint.checkpoint(head(9)), key)
    pem = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    (tmp_path / "key.pem").write_bytes(pem)
    (tmp_path / "note").write_text(made.text.split("\n\n")[0] + "\n")
    (tmp_path / "sig").write_bytes(base64.b64decode(made.signatures[0].split(" ")[2])[4:])
    command = [
        "openssl",
        "pkeyutl",
        "-verify",
        "-rawin",
        "-pubin",
        "-inkey",
        "key.pem",
        "-in",
        "note",
        "-sigfile",
        "sig",
    ]
    assert subprocess.run(command, cwd=tmp_path, capture_output=True, check=False).returncode == 0
