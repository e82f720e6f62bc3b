"""Witnesses of time that need no line: tills, rounds of drand, a line of text read aloud."""

import importlib.util
import json
from base64 import b32decode, b64encode
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heller.journal.beacons import drand, tse
from heller.journal.short_anchor import ALPHABET, digest_of, line_of

# A receipt of a test till of 2020 with a real security module, from the documentation of fiskaltrust's
# interface (github.com/fiskaltrust/interface-doc, examples/returnables.md; MIT, (c) fiskaltrust consulting gmbh).
RECEIPT = (
    "V0;ARC1234;Kassenbeleg-V1;Beleg^3,000.00_20.00_0.00_0.00_0.00^3,020.00:Bar;60;1326;"
    "2020-06-16T10:58:12.000Z;2020-06-16T10:58:12.000Z;ecdsa-plain-SHA384;unixTime;"
    "Y6QLrsGBeB80wgNVp1EYrMR+vKO/i3RVWZ+P3LYNNejB/Px+i3XA5DJQMgCvj7lKKj8uRaDtGDWRgPxuXc01yokYXSLazsiU8aJhHmnk"
    "dPqbUdMakIz5Qc6tmgauJJIX;BFhnDaPRoUxAYUktkUqoaV2l+TVpLdT7wPTRFDkZcHXFS7WZhGsvKh/lT3jEYJLNLD/sjQVg/JrobVU5"
    "kue/k2d9sK7dnWPdMgYlr4E4Ff8ziKclzs1u7BuOYJ4jRI65rg=="
)
# Rounds of the League of Entropy: the first from a public gist (nikkolasg, 154f0c83), the second from the
# page of drand-verify on PyPI (Apache-2.0). They are public values, not works.
DEFAULT = {
    "round": 1657526,
    "randomness": "58b26a65bf4032555748c2949311abb2c4f580e7d7d7f70b13d0533b793c4c7d",
    "signature": "8434e45af135f363b04b792c1d77b83e36ef66829b0a09f7eed058103429f0e7f759ebf6d001cf73e9138f5b7a7f04b6"
    "02c4167390c323432562d6367e09169422707a9778eba260c4d6434ea5e1d2c81462a4e3cd430990aebc593f4ae7517c",
    "previous_signature": "ab9e594732265dd737b536a144fb955bfeabe929116fc78f7bb740de3f43629691cabcec507eeb39a98d51be"
    "11942cf4062b0a38dd1be18be5e23bea7efd3935bb23032dba4da0374899e583feb937119f33f6b645048e0e91cde0de00e3e9ee",
}
QUICKNET = {
    "round": 657413,
    "randomness": "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587",
    "signature": "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be41076862b98fad56e91a6b85b89cd97b",
}


def test_a_real_receipt_holds() -> None:
    """Its signature covers amount, counter, number and end of the transaction; the start lies elsewhere."""
    receipt = tse.read(RECEIPT)
    assert tse.holds(receipt)
    assert receipt.ended == datetime(2020, 6, 16, 10, 58, 12, tzinfo=UTC)
    changed = {
        "amount": replace(receipt, data=receipt.data.replace("3,020", "3,021")),
        "end": replace(receipt, ended=datetime(2020, 6, 16, 10, 58, 13, tzinfo=UTC)),
        "counter": replace(receipt, counter=1327),
        "number": replace(receipt, transaction=61),
        "till": replace(receipt, client="ARC1235"),
        "key": replace(receipt, key=receipt.key[:-1] + b"\0"),
        "algorithm": replace(receipt, algorithm="ecdsa-plain-SHA256"),
    }
    assert [what for what, other in changed.items() if tse.holds(other)] == []
    assert tse.holds(replace(receipt, started="2020-06-16T09:00:00.000Z"))


CURVES = [
    (ec.BrainpoolP256R1(), "ecdsa-plain-SHA256", hashes.SHA256()),
    (ec.SECP256R1(), "ecdsa-plain-SHA256", hashes.SHA256()),
    (ec.BrainpoolP384R1(), "ecdsa-plain-SHA384", hashes.SHA384()),
    (ec.SECP384R1(), "ecdsa-plain-SHA384", hashes.SHA384()),
    (ec.BrainpoolP512R1(), "ecdsa-plain-SHA512", hashes.SHA512()),
]


def signed_by(
    curve: ec.EllipticCurve,
    algorithm: str,
    digest: hashes.HashAlgorithm,
    form: str,
    data: str,
    key: ec.EllipticCurvePrivateKey | None = None,
    ended: datetime = datetime(2026, 11, 24, 10, 17, 5, tzinfo=UTC),
) -> str:
    """The QR code of a till of our own."""
    key = key or ec.generate_private_key(curve)
    point = key.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    receipt = tse.Receipt("KASSE-1", "SonstigerVorgang", data, 7, 8, "", ended, algorithm, form, b"", point)
    r, s = decode_dss_signature(key.sign(tse.log_message(receipt), ec.ECDSA(digest)))
    size = (curve.key_size + 7) // 8
    plain, said = r.to_bytes(size) + s.to_bytes(size), f"{ended:%Y-%m-%dT%H:%M:%S.000Z}"
    fields = ["V0", "KASSE-1", "SonstigerVorgang", data, "7", "8", said, said, algorithm, form]
    fields += [b64encode(plain).decode(), b64encode(point).decode()]
    return ";".join(fields)


@pytest.mark.parametrize(("curve", "algorithm", "digest"), CURVES, ids=lambda v: getattr(v, "name", ""))
@pytest.mark.parametrize("form", ["unixTime", "utcTime", "generalizedTime"])
def test_every_curve_and_form_of_time_that_tills_use(
    curve: ec.EllipticCurve, algorithm: str, digest: hashes.HashAlgorithm, form: str
) -> None:
    """A module of our own signs; a changed character is refused."""
    code = signed_by(curve, algorithm, digest, form, "ABCD")
    assert tse.holds(tse.read(code))
    assert not tse.holds(tse.read(code.replace("ABCD", "ABCE")))


@given(st.text(max_size=200) | st.lists(st.text(max_size=20), min_size=12, max_size=12).map(";".join))
def test_nonsense_is_no_receipt(code: str) -> None:
    """Whatever is scanned, a ValueError or a plain no, never something else."""
    for tried in (code, f"V0{code[2:]}"):
        with suppress(ValueError):
            assert not tse.holds(tse.read(tried))


@pytest.mark.parametrize("said", [DEFAULT, QUICKNET], ids=["default", "quicknet"])
def test_a_round_of_drand_has_its_time(said: dict[str, object]) -> None:
    """Genesis and period of the network; whether the signature was checked is said."""
    got = drand.read(json.dumps(said).encode())
    at = (
        datetime(2022, 2, 18, 4, tzinfo=UTC)
        if said is DEFAULT
        else datetime(2023, 9, 15, 11, 0, 3, tzinfo=UTC)
    )
    assert got.at == at
    assert got.proven is (importlib.util.find_spec("drand_verify") is not None)


def test_a_round_with_another_number_is_refused_where_the_signature_is_checked() -> None:
    """The number decides the time, and only the signature binds it."""
    pytest.importorskip("drand_verify", reason="drand-verify is not here, so signatures are not checked")
    for said in (DEFAULT, QUICKNET):
        with pytest.raises(ValueError):
            drand.read(json.dumps({**said, "round": 657414}).encode())


@pytest.mark.parametrize(
    "change",
    [
        {"randomness": "00" * 32},
        {"signature": "00"},
        {"signature": "zz"},
        {"round": 0},
        {"round": "7"},
        {"round": True},
        {"chain_hash": "00" * 32},
    ],
)
def test_a_round_that_does_not_fit_is_refused(change: dict[str, object]) -> None:
    """Value, signature, number and network belong together."""
    with pytest.raises(ValueError):
        drand.read(json.dumps({**QUICKNET, **change}).encode())
    for nonsense in (b"", b"[]", b"{}", b"\xff", b"[" * 100_000):
        with pytest.raises(ValueError):
            drand.read(nonsense)


@given(st.binary(min_size=32, max_size=32), st.integers(0, 53), st.sampled_from(ALPHABET))
def test_one_wrong_character_of_a_spoken_line_shows(digest: bytes, place: int, other: str) -> None:
    """And the line without its check is plain base32 of the digest."""
    line = line_of(digest.hex())
    plain = line.replace(" ", "")
    assert digest_of(line) == digest_of(plain.lower()) == digest.hex()
    assert b32decode(plain[:52] + "====") == digest
    if plain[place] != other:
        with pytest.raises(ValueError):
            digest_of(plain[:place] + other + plain[place + 1 :])


@given(st.binary(min_size=32, max_size=32), st.integers(0, 53), st.integers(0, 53))
def test_two_changed_places_of_a_spoken_line_show(digest: bytes, one: int, two: int) -> None:
    """Neighbours or not."""
    plain = list(line_of(digest.hex()).replace(" ", ""))
    swapped = list(plain)
    swapped[one], swapped[two] = swapped[two], swapped[one]
    if swapped != plain:
        with pytest.raises(ValueError):
            digest_of("".join(swapped))


def test_what_is_misheard_is_understood() -> None:
    """The alphabet has no 0, 1 and 8, so they are O, I and B."""
    line = line_of(sha256(b"Heller").hexdigest())
    assert (
        digest_of(line.replace("O", "0").replace("I", "1").replace("B", "8")) == sha256(b"Heller").hexdigest()
    )
