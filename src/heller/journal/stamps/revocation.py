"""Where to ask whether a certificate was revoked, and how the answer travels inside a token.

The lists and answers of the day are kept while the authority is alive: years later nobody gives them out.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha1
from itertools import pairwise
from typing import Any

from msgspec import Struct

from heller.journal.asn1 import cms, crl, ocsp, x509
from heller.journal.stamps.chain import Trust


class RevocationSource(Struct, frozen=True):
    """One address that knows whether a certificate was revoked. `query` is what to send, empty for a list."""

    url: str
    query: bytes
    depth: int  # 0 for the stamp's certificate, 1 for the one that issued it ...


def places(chain: Sequence[Any]) -> tuple[RevocationSource, ...]:
    """The addresses that the certificates of a chain name, the root's own left out."""
    found = []
    for depth, (certificate, issuer) in enumerate(pairwise(chain)):
        found += [
            RevocationSource(url, _question(certificate, issuer), depth)
            for url in certificate.ocsp_urls
            if url
        ]
        for point in certificate.crl_distribution_points:
            if point.url:
                found.append(RevocationSource(point.url, b"", depth))
    return tuple(found)


def _question(certificate: x509.Certificate, issuer: x509.Certificate) -> bytes:
    """A question for one certificate (RFC 6960, 4.1); SHA-1 only names the issuer, as RFC 5019 asks."""
    one = {
        "hash_algorithm": {"algorithm": "sha1"},
        "issuer_name_hash": sha1(certificate.issuer.dump()).digest(),
        "issuer_key_hash": sha1(bytes(issuer.public_key["public_key"])).digest(),
        "serial_number": certificate.serial_number,
    }
    asked = ocsp.OCSPRequest({"tbs_request": {"request_list": [{"req_cert": one}]}})
    return bytes(asked.dump())


def read(data: bytes, place: RevocationSource) -> Trust:
    """An answer as something to judge by, unverified; raises ValueError where it is neither list nor answer."""
    if place.query:
        answer = ocsp.OCSPResponse.load(data, strict=True)
        if answer["response_status"].native != "successful":
            raise ValueError("no answer")
        return Trust((), ocsps=(data,))
    crl.CertificateList.load(data, strict=True)["tbs_cert_list"]["revoked_certificates"]
    return Trust((), crls=(data,))


def embed(token: bytes, crls: Sequence[bytes], ocsps: Sequence[bytes]) -> bytes:
    """A token that carries what tells of its certificates (RFC 5652, 5.1). Its signature stays as it is.

    Lists are put in where there are any: then the structure stays version 3 and `openssl ts` reads it. Else
    the answers are, which make it version 5: that `openssl cms` reads, and `openssl ts` does not.
    """
    content = cms.ContentInfo.load(token, strict=True)
    signed = content["content"]
    if crls:
        signed["crls"] = [
            cms.RevocationInfoChoice({"crl": crl.CertificateList.load(der)}) for der in dict.fromkeys(crls)
        ]
    elif ocsps:
        signed["version"] = "v5"
        signed["crls"] = [
            cms.RevocationInfoChoice(
                {
                    "other": cms.OtherRevocationInfoFormat(
                        {
                            "other_rev_info_format": "ocsp_response",
                            "other_rev_info": ocsp.OCSPResponse.load(der),
                        }
                    )
                }
            )
            for der in dict.fromkeys(ocsps)
        ]
    return bytes(content.dump())
