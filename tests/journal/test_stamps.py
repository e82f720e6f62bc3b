"""A token counts only after everything about it was checked, and openssl agrees with what counts."""

import secrets
import subprocess
import urllib.request
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from tests.journal.authority import QUERY, Authority

from heller.journal.asn1 import cms, tsp
from heller.journal.stamps import chain, revocation, token
from heller.journal.stamps.refusal import TokenRefused

NOTE = b"Die Leitung ist tot."
DIGEST = sha256(NOTE).digest()


def asked(url: str, query: bytes) -> bytes:
    """One request to a server of this machine."""
    sent = urllib.request.Request(url, query, {"Content-Type": QUERY})
    with urllib.request.urlopen(sent, timeout=10) as answer:
        return bytes(answer.read())


def trust_in(authority: Authority, *, crl: bool = False) -> chain.Trust:
    """The authority's root, with its list of revoked certificates where wanted."""
    crls = ((authority.folder / "ca.crl").read_bytes(),) if crl else ()
    return chain.Trust(chain.certificates(authority.root.read_bytes()), crls=crls)


def openssl_accepts(authority: Authority, folder: Path, bare: bytes, at: datetime) -> bool:
    """Whether `openssl ts -verify -attime` accepts a bare token over NOTE."""
    (folder / "note").write_bytes(NOTE)
    (folder / "note.tst").write_bytes(bare)
    command = ["openssl", "ts", "-verify", "-data", "note", "-token_in", "-in", "note.tst"]
    command += ["-CAfile", str(authority.root), "-attime", str(int(at.timestamp()))]
    said = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=30)
    return "Verification: OK" in said.stdout


@pytest.mark.parametrize("name", ["one", "two"])
def test_an_honest_answer_counts(authority: Authority, tmp_path: Path, name: str) -> None:
    """RSA and elliptic curves; openssl accepts what we accept."""
    query = token.request(DIGEST, "sha256", secrets.randbits(63))
    answer = asked(authority.tsa(name), query)
    got = token.answers(answer, query, trust_in(authority, crl=True))
    assert got.signer == f"Test TSA {name}"
    assert got.accuracy == timedelta(seconds=1)
    assert abs(got.time - datetime.now(UTC)) < timedelta(minutes=1)
    assert openssl_accepts(authority, tmp_path, token.token_of(answer), got.time)


@pytest.mark.parametrize(
    ("name", "mischief", "code"),
    [
        ("expired", "", "expired"),
        ("revoked", "", "revoked"),
        ("one", "refuse", "rejected"),
        ("one", "wrong-nonce", "nonce"),
        ("one", "wrong-imprint", "imprint"),
        ("one", "bad-signature", "signature"),
        ("two", "bad-signature", "signature"),
        ("one", "garbage", "garbage"),
        ("one", "cut", "garbage"),
        ("one", "empty", "garbage"),
    ],
)
def test_a_bad_answer_is_refused_for_its_reason(
    authority: Authority, name: str, mischief: str, code: str
) -> None:
    """Each says what is wrong with it."""
    query = token.request(DIGEST, "sha256", secrets.randbits(63))
    with pytest.raises(TokenRefused) as refused:
        token.answers(asked(authority.tsa(name, mischief), query), query, trust_in(authority, crl=True))
    assert refused.value.code == code


def test_a_root_that_is_not_trusted_makes_no_stamp(authority: Authority, tmp_path: Path) -> None:
    """A perfect token under somebody else's root is nothing."""
    query = token.request(DIGEST, "sha256", 1)
    answer = asked(authority.tsa("one"), query)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
         "-subj", "/CN=Test Root", "-keyout", "other.key", "-out", "other.pem"],
        cwd=tmp_path, check=True, capture_output=True, timeout=30,
    )  # fmt: skip
    other = tmp_path / "other.pem"  # the same name, another key
    with pytest.raises(TokenRefused) as refused:
        token.answers(answer, query, chain.Trust(chain.certificates(other.read_bytes())))
    assert refused.value.code in ("chain", "root")


def test_every_changed_byte_of_a_token_is_refused_or_changes_nothing(
    authority: Authority, tmp_path: Path
) -> None:
    """No flipped bit makes another token that counts; what still counts, openssl accepts too."""
    query = token.request(DIGEST, "sha256", 7)
    bare = token.token_of(asked(authority.tsa("two"), query))
    trust = trust_in(authority)
    honest = token.verify(bare, DIGEST, "sha256", trust, nonce=7)
    survived = []
    for at in range(len(bare)):
        flipped = bytearray(bare)
        flipped[at] ^= 1 << at % 8
        try:
            got = token.verify(bytes(flipped), DIGEST, "sha256", trust, nonce=7)
        except TokenRefused:
            continue
        survived.append(at)
        assert openssl_accepts(authority, tmp_path, bytes(flipped), got.time), at
        assert (got.time, got.certificate, got.policy) == (honest.time, honest.certificate, honest.policy)
    assert len(survived) < len(bare) / 20


def test_an_order_of_certificates_that_is_not_der_is_read(authority: Authority, tmp_path: Path) -> None:
    """`openssl ts -reply` with a chain file writes the set unsorted; its own verifier accepts that."""
    query = token.request(DIGEST, "sha256", 7)
    bare = token.token_of(asked(authority.tsa("two"), query))
    content = cms.ContentInfo.load(bare)
    signed = content["content"]
    own = signed["certificates"][0].dump()
    root = chain.certificates(authority.root.read_bytes())[0]
    for order in ((own, root), (root, own)):
        signed["certificates"] = cms.CertificateSet.load(_implicit_set(order))
        unsorted = content.dump(force=False)
        got = token.verify(unsorted, DIGEST, "sha256", trust_in(authority))
        assert openssl_accepts(authority, tmp_path, unsorted, got.time)


def _implicit_set(parts: Sequence[bytes]) -> bytes:
    body = b"".join(parts)
    return b"\x31\x82" + len(body).to_bytes(2) + body


def test_a_token_holds_after_its_certificate_has_ended(authority: Authority, tmp_path: Path) -> None:
    """What counts is the time of the stamp; openssl needs `-attime` for that."""
    query = token.request(DIGEST, "sha256", 7)
    answer = asked(authority.tsa("one"), query)
    got = token.answers(answer, query, trust_in(authority))
    later = got.ends + timedelta(days=1)
    assert openssl_accepts(authority, tmp_path, token.token_of(answer), got.time)
    assert not openssl_accepts(authority, tmp_path, token.token_of(answer), later)


def test_revocation_travels_inside_the_token(authority: Authority, tmp_path: Path) -> None:
    """With list or answer inside, the signature holds as before, for openssl too."""
    query = token.request(DIGEST, "sha256", 7)
    bare = token.token_of(asked(authority.tsa("two"), query))
    certificate, given = token.certificates_of(bare)
    path = chain.check(certificate, given, datetime.now(UTC), trust_in(authority))
    kinds = {}
    for place in revocation.places(path):
        data = asked(place.url, place.query) if place.query else (authority.folder / "ca.crl").read_bytes()
        kinds["ocsp" if place.query else "crl"] = data
        assert revocation.read(data, place)
    for crls, ocsps, version in (((kinds["crl"],), (), "v3"), ((), (kinds["ocsp"],), "v5")):
        grown = revocation.embed(bare, crls, ocsps)
        signed, _ = token.open_token(grown)
        assert len(signed["crls"]) == 1 and signed["version"].native == version
        assert token.verify(grown, DIGEST, "sha256", trust_in(authority)).signer == "Test TSA two"
        (tmp_path / "grown").write_bytes(grown)
        command = ["openssl", "cms", "-verify", "-inform", "DER", "-in", "grown", "-purpose", "timestampsign"]
        command += ["-CAfile", str(authority.root), "-out", "info"]
        assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    bad = token.token_of(asked(authority.tsa("revoked"), query))
    assert token.verify(bad, DIGEST, "sha256", trust_in(authority))
    with pytest.raises(TokenRefused):  # what a token carries about itself is believed against it
        token.verify(revocation.embed(bad, (kinds["crl"],), ()), DIGEST, "sha256", trust_in(authority))
    listed = revocation.embed(bare, (kinds["crl"],), ())
    assert openssl_accepts(authority, tmp_path, listed, datetime.now(UTC))
    known = chain.Trust(trust_in(authority).roots, crls=(kinds["crl"],), ocsps=(kinds["ocsp"],))
    assert chain.check(certificate, given, datetime.now(UTC), known, revocation=True)
    with pytest.raises(TokenRefused):
        chain.check(certificate, given, datetime.now(UTC), trust_in(authority), revocation=True)


def test_a_certificate_for_other_uses_does_not_stamp(authority: Authority) -> None:
    """The one that answers for revocation may not stamp times."""
    (der,) = chain.certificates((authority.folder / "ocsp.pem").read_bytes())
    from heller.journal.asn1 import x509

    with pytest.raises(TokenRefused) as refused:
        chain.check(x509.Certificate.load(der), (), datetime.now(UTC), trust_in(authority))
    assert refused.value.code == "use"


def test_the_request_is_what_openssl_writes(tmp_path: Path) -> None:
    """Its fields, read by openssl."""
    (tmp_path / "q").write_bytes(token.request(DIGEST, "sha256", 0x1234567890ABCDEF, "1.2.3.4"))
    said = subprocess.run(
        ["openssl", "ts", "-query", "-in", "q", "-text"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert "Nonce: 0x1234567890ABCDEF" in said and "Policy OID: 1.2.3.4" in said
    assert "Certificate required: yes" in said and "Hash Algorithm: sha256" in said
    assert isinstance(tsp.TimeStampReq.load((tmp_path / "q").read_bytes()), tsp.TimeStampReq)
