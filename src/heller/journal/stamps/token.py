"""Time stamp tokens: what is asked, what was answered, and whether it holds (RFC 3161, RFC 5816).

An answer counts only after everything about it was checked: what it stamps, the nonce, the policy, the
signer's certificate as the signature names it, the signature, the certificate's chain at the time of the
stamp. Nothing here reads a clock or a file.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from msgspec import Struct

from heller.journal.asn1 import TimeStampResp, algos, cms, core, tsp, x509
from heller.journal.stamps import chain
from heller.journal.stamps.refusal import TokenRefused
from heller.journal.stamps.signature import check_signature, digest_of
from heller.model.text import text

DIGESTS = ("sha256", "sha384", "sha512")
NO_PARAMETERS = (b"", b"\x05\x00")  # absent, or NULL
# What bytes raise that are no token, or not whole: an absent field has no attributes, a key is not of the kind that
# a signature names (which the library asserts).
SENSELESS = (
    ValueError, TypeError, KeyError, IndexError, OverflowError, AttributeError, AssertionError
)  # fmt: skip


class StampToken(Struct, frozen=True):
    """A token that holds. `accuracy` is None where the authority does not state one; `certificate` is
    the SHA-256 of the signer's certificate, `digest` that of the token, both in hex."""

    time: datetime
    accuracy: timedelta | None
    policy: str
    signer: str
    certificate: str
    digest: str
    algorithm: str
    ends: datetime  # of the signer's certificate


def request(digest: bytes, algorithm: str, nonce: int, policy: str = "") -> bytes:
    """A request for a stamp over a digest, DER (RFC 3161, 2.4.1). The certificates are asked for."""
    asked: dict[str, Any] = {
        "version": "v1",
        "message_imprint": {"hash_algorithm": {"algorithm": algorithm}, "hashed_message": digest},
        "nonce": nonce,
        "cert_req": True,
    }
    if policy:
        asked["req_policy"] = policy
    return bytes(tsp.TimeStampReq(asked).dump())


def token_of(response: bytes) -> bytes:
    """The bare token in an answer, DER; raises TokenRefused where the authority gave none."""
    try:
        answer = TimeStampResp.load(response, strict=True)
        status = answer["status"]["status"].native
        if status in ("granted", "granted_with_mods") and not isinstance(
            answer["time_stamp_token"], core.Void
        ):
            return bytes(answer["time_stamp_token"].dump())
        said = " ".join(answer["status"]["status_string"].native or ()) or str(status)
    except SENSELESS as error:
        raise TokenRefused("garbage", text("The answer is no time stamp.")) from error
    raise TokenRefused("rejected", text("The authority refused: {said}", said=said))


def unsigned_words(response: bytes) -> str:
    """What an answer says around its token, and what a token carries beside its signature: words and attributes that
    nobody signed. Empty where there are none."""
    try:
        said = list(TimeStampResp.load(response)["status"]["status_string"].native or ())
        signed, _ = open_token(token_of(response))
        for signer in signed["signer_infos"]:
            more = signer["unsigned_attrs"]
            said += [str(one["type"].native) for one in more] if not isinstance(more, core.Void) else []
    except (*SENSELESS, TokenRefused):
        return ""
    return " ".join(said)


def answers(response: bytes, asked: bytes, trust: chain.Trust) -> StampToken:
    """The token in an answer, checked against the request it answers."""
    query = tsp.TimeStampReq.load(asked)
    imprint = query["message_imprint"]
    return verify(
        token_of(response),
        imprint["hashed_message"].native,
        imprint["hash_algorithm"]["algorithm"].native,
        trust,
        nonce=query["nonce"].native,
        policy=query["req_policy"].native or "",
    )


def verify(
    token: bytes,
    digest: bytes,
    algorithm: str,
    trust: chain.Trust,
    nonce: int | None = None,
    policy: str = "",
) -> StampToken:
    """Check a bare token over a digest; raises TokenRefused with the reason."""
    try:
        return _verify(token, digest, algorithm, trust, nonce, policy)
    except SENSELESS as error:
        raise TokenRefused("garbage", text("The answer is no time stamp.")) from error


def _verify(
    token: bytes, digest: bytes, algorithm: str, trust: chain.Trust, nonce: int | None, policy: str
) -> StampToken:
    signed, info = open_token(token)
    _what_was_asked(info, digest, algorithm, nonce, policy)
    if len(signed["signer_infos"]) != 1:
        raise TokenRefused(
            "signers", text("The token does not have exactly one signature (RFC 3161, 2.4.2).")
        )
    signer = signed["signer_infos"][0]
    _whole(signed, signer)
    certificates = [c.chosen for c in signed["certificates"] or () if c.name == "certificate"]
    certificate = _signer(signer, certificates)
    check_signature(signer, bytes(signed["encap_content_info"]["content"]), certificate)
    time = info["gen_time"].native
    chain.check(certificate, certificates, time, trust.with_revocation(signed))
    return _stated(token, info, certificate)


def stated(token: bytes) -> tuple[StampToken, bytes]:
    """What a bare token says and the digest that it stamps, nothing of it checked; raises TokenRefused."""
    try:
        certificate, _ = certificates_of(token)
        _, info = open_token(token)
        return _stated(token, info, certificate), bytes(info["message_imprint"]["hashed_message"].native)
    except SENSELESS as error:
        raise TokenRefused("garbage", text("The answer is no time stamp.")) from error


def _stated(token: bytes, info: Any, certificate: Any) -> StampToken:
    accuracy = info["accuracy"].native
    return StampToken(
        time=info["gen_time"].native,
        accuracy=_span(accuracy) if accuracy else None,
        policy=info["policy"].native,
        signer=str(certificate.subject.native.get("common_name", certificate.subject.human_friendly)),
        certificate=sha256(certificate.dump()).hexdigest(),
        digest=sha256(token).hexdigest(),
        algorithm=info["message_imprint"]["hash_algorithm"]["algorithm"].native,
        ends=certificate.not_valid_after,
    )


def open_token(token: bytes) -> tuple[Any, Any]:
    """The signed data and what it says (TSTInfo), unchecked; raises ValueError where it is no token."""
    content = cms.ContentInfo.load(token, strict=True)
    if content["content_type"].native != "signed_data":
        raise ValueError("no signed data")
    signed = content["content"]
    if signed["encap_content_info"]["content_type"].native != "tst_info":
        raise ValueError("no time stamp")
    info = signed["encap_content_info"]["content"].parsed
    if not isinstance(info, tsp.TSTInfo) or info["version"].native != "v1":
        raise ValueError("no time stamp of version 1")
    return signed, info


def _whole(signed: Any, signer: Any) -> None:
    """What no signature covers and no check below reads must still be what it should (RFC 5652, 5.1, 5.3)."""
    named = [one["algorithm"].native for one in signed["digest_algorithms"]]
    version = "v1" if signer["sid"].name == "issuer_and_serial_number" else "v3"
    if signer["digest_algorithm"]["algorithm"].native not in named or signer["version"].native != version:
        raise ValueError("the signature is not described rightly")
    described = [*signed["digest_algorithms"], signer["digest_algorithm"]]
    if signer["signature_algorithm"].signature_algo != "rsassa_pss":  # the one that has parameters
        described.append(signer["signature_algorithm"])
    if any(bytes(one["parameters"].dump()) not in NO_PARAMETERS for one in described):
        raise ValueError("an algorithm has parameters that it does not have")


def certificates_of(token: bytes) -> tuple[Any, list[Any]]:
    """The signer's certificate and all that the token carries."""
    signed, _ = open_token(token)
    found = [c.chosen for c in signed["certificates"] or () if c.name == "certificate"]
    return _signer(signed["signer_infos"][0], found), found


def _what_was_asked(info: Any, digest: bytes, algorithm: str, nonce: int | None, policy: str) -> None:
    imprint = info["message_imprint"]
    if imprint["hash_algorithm"]["algorithm"].native != algorithm or algorithm not in DIGESTS:
        raise TokenRefused("imprint", text("The token stamps another kind of digest than was asked for."))
    if imprint["hashed_message"].native != digest:
        raise TokenRefused("imprint", text("The token stamps something else."))
    if nonce is not None and info["nonce"].native != nonce:
        raise TokenRefused("nonce", text("The answer belongs to another request."))
    if policy and info["policy"].native != policy:
        raise TokenRefused("policy", text("The token follows another policy than was asked for."))


def _signer(signer: Any, certificates: Sequence[Any]) -> Any:
    """The certificate that the signature itself names by its digest (RFC 5035, RFC 5816)."""
    named = _certificate_digest(signer)
    for certificate in certificates:
        algorithm, digest = named
        if digest_of(algorithm, certificate.dump()) == digest:
            if _is_of(signer["sid"], certificate):
                return certificate
            break
    raise TokenRefused("signer", text("The token does not hold the certificate that its signature names."))


def _certificate_digest(signer: Any) -> tuple[str, bytes]:
    for attribute in signer["signed_attrs"]:
        kind = attribute["type"].native
        if kind == "signing_certificate_v2":
            first = attribute["values"][0]["certs"][0]
            return first["hash_algorithm"]["algorithm"].native, first["cert_hash"].native
        if kind == "signing_certificate":
            return "sha1", attribute["values"][0]["certs"][0]["cert_hash"].native
    raise TokenRefused("signer", text("The signature does not name its certificate (RFC 3161, 2.4.2)."))


def _is_of(sid: Any, certificate: x509.Certificate) -> bool:
    if sid.name == "issuer_and_serial_number":
        return bool(
            sid.chosen["issuer"] == certificate.issuer
            and sid.chosen["serial_number"].native == certificate.serial_number
        )
    return bool(sid.chosen.native == certificate.key_identifier)


def _span(accuracy: Any) -> timedelta:
    return timedelta(
        seconds=accuracy["seconds"] or 0,
        milliseconds=accuracy["millis"] or 0,
        microseconds=accuracy["micros"] or 0,
    )


def digest_algorithm(name: str) -> Any:
    """The identifier of a digest algorithm, as records and tokens carry it."""
    return algos.DigestAlgorithm({"algorithm": name})
