"""The signature of a time stamp token (RFC 5652, 5.4 and 5.6), with `cryptography` alone."""

from __future__ import annotations

import hashlib
from typing import Any

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa

from heller.journal.asn1 import x509
from heller.journal.stamps.refusal import TokenRefused
from heller.model.text import text

HASHES: dict[str, hashes.HashAlgorithm] = {
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
SET_OF = b"\x31"  # what signed attributes are hashed as, instead of their tag in the structure


def digest_of(algorithm: str, data: bytes) -> bytes:
    """A digest by the name that ASN.1 gives its algorithm."""
    return hashlib.new(algorithm, data).digest()


def check_signature(signer: Any, content: bytes, certificate: x509.Certificate) -> None:
    """Raise TokenRefused where content, signed attributes and signature do not belong together.

    The signed attributes are hashed in the order received, as openssl does.
    """
    algorithm = signer["digest_algorithm"]["algorithm"].native
    if algorithm not in HASHES:
        raise TokenRefused("weak", text("The signature rests on {name}, which is too weak.", name=algorithm))
    said = {a["type"].native: a["values"] for a in signer["signed_attrs"]}
    if said["content_type"][0].native != "tst_info":
        raise ValueError("signed as something else")
    if said["message_digest"][0].native != digest_of(algorithm, content):
        raise TokenRefused("content", text("What the token says was changed after it was signed."))
    attributes = SET_OF + bytes(signer["signed_attrs"].dump())[1:]
    try:
        _verify(signer, attributes, certificate, algorithm)
    except (InvalidSignature, UnsupportedAlgorithm) as error:
        raise TokenRefused("signature", text("The signature does not hold.")) from error


def _verify(signer: Any, signed: bytes, certificate: x509.Certificate, algorithm: str) -> None:
    key = serialization.load_der_public_key(certificate.public_key.dump())
    method, signature = signer["signature_algorithm"], signer["signature"].native
    digest = HASHES.get(_digest(method, algorithm), hashes.SHA1())
    if isinstance(digest, hashes.SHA1):
        raise UnsupportedAlgorithm("too weak or unknown")
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, signed, _padding(method), digest)
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, signed, ec.ECDSA(digest))
    elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
        key.verify(signature, signed)
    else:
        raise UnsupportedAlgorithm("no signature key")


def _digest(method: Any, of_signer: str) -> str:
    """What the signature's own algorithm names; plain RSA names none, so the signer's counts."""
    return of_signer if method["algorithm"].native == "rsassa_pkcs1v15" else str(method.hash_algo)


def _padding(method: Any) -> padding.PSS | padding.PKCS1v15:
    if method.signature_algo != "rsassa_pss":
        return padding.PKCS1v15()
    parameters = method["parameters"]
    mask = parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native
    return padding.PSS(padding.MGF1(HASHES[mask]), parameters["salt_length"].native)
