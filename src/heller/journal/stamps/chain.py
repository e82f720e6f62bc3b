"""The chain from an authority's certificate to a root that the case trusts, at the time of the stamp.

Path building and revocation are pyhanko-certvalidator's. A certificate that has ended since is no fault:
what counts is that it held at the time of the stamp (`openssl ts -verify -attime`).
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from heller.journal.asn1 import crl, ocsp, pem, x509
from heller.journal.stamps.refusal import TokenRefused
from heller.model.text import text

USES = {"digital_signature", "non_repudiation"}


class Trust(Struct, frozen=True):
    """What is trusted and known: roots and other certificates, lists and answers of revocation, DER."""

    roots: tuple[bytes, ...]
    others: tuple[bytes, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()

    def with_revocation(self, signed: Any) -> Trust:
        """The same, and the lists and answers that a token carries (RFC 5652, 10.2.1)."""
        carried = list(signed["crls"] or ())
        crls = tuple(one.chosen.dump() for one in carried if one.name == "crl")
        ocsps = tuple(one.chosen["other_rev_info"].dump() for one in carried if one.name == "other")
        return Trust(self.roots, self.others, self.crls + crls, self.ocsps + ocsps)


def certificates(data: bytes) -> tuple[bytes, ...]:
    """The certificates in a PEM file, or the one in a DER file, as DER; raises ValueError for anything else."""
    if pem.detect(data):
        found = [der for kind, _, der in pem.unarmor(data, multiple=True) if kind == "CERTIFICATE"]
    else:
        found = [data]
    for der in found:
        x509.Certificate.load(der, strict=True).subject  # noqa: B018
    if not found:
        raise ValueError("no certificate")
    return tuple(found)


def check(
    certificate: x509.Certificate,
    given: Sequence[Any],
    at: datetime,
    trust: Trust,
    *,
    revocation: bool = False,
) -> list[Any]:
    """The chain of a stamp's certificate, the certificate first and the root last.

    Raises TokenRefused where it may not stamp times, no root is reached, it did not hold at that time, or
    it was revoked. `revocation`: lists or answers must be there and say that nothing is revoked.
    """
    _may_stamp(certificate)
    return _path(certificate, given, at, trust, revocation)


def leads(certificate: x509.Certificate, given: Sequence[Any], at: datetime, trust: Trust) -> bool:
    """Whether any certificate leads to a trusted root at some time, whatever it is used for."""
    from pyhanko_certvalidator import errors

    try:
        _validated(certificate, given, at, trust, revocation=False, uses=set())
    except (errors.ValidationError, errors.PathError):
        return False
    return True


def _may_stamp(certificate: x509.Certificate) -> None:
    """Time stamping is the one extended use, marked critical (RFC 3161, 2.3)."""
    use = certificate.extended_key_usage_value
    critical = "extended_key_usage" in certificate.critical_extensions
    if use is None or use.native != ["time_stamping"] or not critical:
        raise TokenRefused("use", text("The certificate is not one for time stamps alone."))
    plain = certificate.key_usage_value
    if plain is not None and not plain.native & USES:
        raise TokenRefused("use", text("The certificate is not one for time stamps alone."))


def _path(
    certificate: x509.Certificate, given: Sequence[Any], at: datetime, trust: Trust, revocation: bool
) -> list[Any]:
    from pyhanko_certvalidator import errors

    try:
        return _validated(certificate, given, at, trust, revocation=revocation, uses={"time_stamping"})
    except errors.RevokedError as error:
        raise TokenRefused("revoked", text("The certificate was revoked.")) from error
    except errors.ExpiredError as error:
        raise TokenRefused("expired", text("The certificate had ended when it stamped.")) from error
    except errors.NotYetValidError as error:
        raise TokenRefused("expired", text("The certificate was not yet valid when it stamped.")) from error
    except errors.InsufficientRevinfoError as error:
        raise TokenRefused("revocation", text("Nothing says whether the certificate was revoked.")) from error
    except errors.PathBuildingError as error:
        raise TokenRefused(
            "root", text("The certificate does not lead to a root that this case trusts.")
        ) from error
    except (errors.ValidationError, errors.PathError) as error:
        raise TokenRefused(
            "chain", text("The certificate's chain does not hold: {said}", said=str(error))
        ) from error


def _validated(
    certificate: x509.Certificate,
    given: Sequence[Any],
    at: datetime,
    trust: Trust,
    *,
    revocation: bool,
    uses: set[str],
) -> list[Any]:
    """The chain, the certificate first; raises what pyhanko-certvalidator raises."""
    from pyhanko_certvalidator import CertificateValidator, ValidationContext

    context = ValidationContext(
        trust_roots=[x509.Certificate.load(der) for der in trust.roots],
        other_certs=[*given, *(x509.Certificate.load(der) for der in trust.others)],
        moment=at,
        crls=[crl.CertificateList.load(der) for der in trust.crls],
        ocsps=[ocsp.OCSPResponse.load(der) for der in trust.ocsps],
        revocation_mode="require" if revocation else "soft-fail",
        retroactive_revinfo=True,  # a list is made after the stamp that it tells of
        weak_hash_algos={"md2", "md5", "sha1"},
    )
    validator: Any = CertificateValidator(certificate, validation_context=context)
    found = asyncio.run(validator.async_validate_usage(set(), uses))
    return list(reversed(list(found.iter_certs(include_root=True))))


def self_issued(der: bytes) -> bool:
    """Whether a certificate is its own issuer, as a root is."""
    certificate = x509.Certificate.load(der)
    return bool(certificate.issuer == certificate.subject)
