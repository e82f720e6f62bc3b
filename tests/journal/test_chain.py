"""Whatever is changed after it was written shows."""

import json
import secrets
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heller.journal.canonical import canonical, parse
from heller.journal.checking.check import check
from heller.journal.entry import NO_PREVIOUS, Clock, line_hash, read_body, read_line, seal

CLOCK = Clock("2015-02-04T07:35:00.000000Z", 1, "boot", "unknown")


def sealed(bodies: list[dict[str, Any]]) -> tuple[bytes, bytes]:
    """A journal and its bodies with one note per body."""
    journal = said = b""
    prev = NO_PREVIOUS
    for seq, body in enumerate(bodies):
        line, spoken = seal(seq, prev, "note", body, secrets.token_bytes(32), CLOCK)
        journal, said, prev = journal + line + b"\n", said + spoken + b"\n", line_hash(line)
    return journal, said


THREE = [{"said": f"Übergabe {n}", "amount": n} for n in range(3)]

values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text("abcXYZ_", max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(values)
def test_canonical_form_is_read_back(value: object) -> None:
    """What is written is what is read, and it is its own one encoding."""
    assert parse(canonical(value)) == value
    assert canonical(parse(canonical(value))) == canonical(value)


@given(values)
def test_canonical_form_is_that_of_another_encoder(value: object) -> None:
    """Python's own, told to sort and to write no blanks, writes the same bytes (RFC 8785)."""
    assert (
        canonical(value)
        == json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    )


@settings(max_examples=200)
@given(st.data())
def test_a_line_has_one_encoding(data: st.DataObject) -> None:
    """A byte put in, taken out or changed: refused, or it says something else."""
    journal, said = sealed(THREE[:1])
    for raw, read in ((journal[:-1], read_line), (said[:-1], read_body)):
        at = data.draw(st.integers(0, len(raw) - 1))
        put = data.draw(st.binary(max_size=2))
        changed = raw[:at] + put + raw[at + data.draw(st.integers(0, 2)) :]
        if changed == raw:
            continue
        try:
            assert read(changed) != read(raw)
        except ValueError:
            continue


@pytest.mark.parametrize(
    "line",
    [b'{"a":1,"a":2}', b'{"a": 1}', b'{"b":1,"a":2}', b'{"a":1.0}', b"NaN", b'"\\u0041"', b"\xff", b"1" * 40],
)
def test_other_encodings_are_refused(line: bytes) -> None:
    """Twin keys, blanks, another order, floats, escapes: one encoding only."""
    with pytest.raises(ValueError):
        parse(line)


@pytest.mark.parametrize("value", [1.5, {"ä": 1}, "\ud800", "a\0b", 2**53, {1: 2}])
def test_what_has_no_canonical_form_is_refused(value: object) -> None:
    """Floats, lone surrogates, NUL, large integers and odd keys never get in."""
    with pytest.raises(ValueError):
        canonical(value)


def test_an_honest_journal_holds() -> None:
    """No false alarm."""
    found = check(*sealed(THREE))
    assert found.breaches == ()
    assert [e.body for e in found.entries] == THREE


@settings(max_examples=300)
@given(st.data())
def test_every_flipped_bit_is_found(data: st.DataObject) -> None:
    """In the journal as in the bodies; the last line by whoever holds the head."""
    files = list(sealed(THREE))
    head = check(files[0], files[1]).head
    which = data.draw(st.integers(0, 1))
    bit = data.draw(st.integers(0, len(files[which]) * 8 - 1))
    flipped = bytearray(files[which])
    flipped[bit // 8] ^= 1 << bit % 8
    files[which] = bytes(flipped)
    found = check(files[0], files[1])
    assert found.breaches or found.head != head


@pytest.mark.parametrize("order", [[0, 2], [0, 2, 1], [1, 2], [0, 1, 1, 2], [2, 1, 0]])
def test_dropped_moved_and_doubled_lines_are_found(order: list[int]) -> None:
    """The chain holds only in its one order."""
    journal, bodies = (data.splitlines(keepends=True) for data in sealed(THREE))
    assert check(
        b"".join(journal[i] for i in order), b"".join(bodies[i] for i in sorted(set(order)))
    ).breaches


def test_a_body_may_go_only_with_a_reason() -> None:
    """A missing body is a breach unless an entry says that it was erased."""
    journal, bodies = sealed(THREE)
    left = b"".join(bodies.splitlines(keepends=True)[i] for i in (0, 2))
    assert "missing" in check(journal, left).breaches[0].what.id
    line, said = seal(
        3, line_hash(journal.splitlines()[-1]), "erased", {"entry": 1, "why": "Art. 17"}, bytes(32), CLOCK
    )
    assert check(journal + line + b"\n", left + said + b"\n").breaches == ()


def test_what_stays_of_an_erased_body_reveals_nothing() -> None:
    """The line alone does not let a guess be tested: without the salt the same words commit differently."""
    one, two = (sealed([{"wage": "3150,77"}])[0] for _ in range(2))
    assert parse(one.strip())["c"] != parse(two.strip())["c"]  # type: ignore[call-overload, index]
    assert b"3150,77" not in one
