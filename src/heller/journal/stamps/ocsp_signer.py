"""Whether an answer on revocation (OCSP, RFC 6960) is signed by who may sign it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, ed448, ed25519, padding, rsa
from cryptography.x509 import ocsp


def genuine(data: bytes, path: Sequence[Any]) -> bool:
    """Whether an answer is about a certificate of a chain, and signed by one of its issuers or by somebody whom one of
    them certified."""
    try:
        answer = ocsp.load_der_ocsp_response(data)
        if not {one.serial_number for one in path} & {one.serial_number for one in answer.responses}:
            return False
        issuers = [x509.load_der_x509_certificate(one.dump()) for one in path[1:]]
        issued = [one for one in answer.certificates if any(_issued(one, issuer) for issuer in issuers)]
        return any(_signed(answer, one.public_key()) for one in (*issuers, *issued))
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False


def _issued(one: x509.Certificate, issuer: x509.Certificate) -> bool:
    try:
        one.verify_directly_issued_by(issuer)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _signed(answer: ocsp.OCSPResponse, key: object) -> bool:
    signature, said, kind = answer.signature, answer.tbs_response_bytes, answer.signature_hash_algorithm
    try:
        if isinstance(key, rsa.RSAPublicKey) and kind is not None:
            pss = answer.signature_algorithm_oid == x509.SignatureAlgorithmOID.RSASSA_PSS
            filled = padding.PSS(padding.MGF1(kind), padding.PSS.AUTO) if pss else padding.PKCS1v15()
            key.verify(signature, said, filled, kind)
        elif isinstance(key, ec.EllipticCurvePublicKey) and kind is not None:
            key.verify(signature, said, ec.ECDSA(kind))
        elif isinstance(key, ed25519.Ed25519PublicKey | ed448.Ed448PublicKey):
            key.verify(signature, said)
        else:
            return False
    except InvalidSignature:
        return False
    return True
