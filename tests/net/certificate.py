"""The certificate of the emulated web server, and the authority that signed it; both live for a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

NAMES = (
    "www.test",
    "speed.test",
    "*.heller.test",
    "one.one.one.one",
)  # no wildcard right below the top is accepted


def write(folder: Path, addresses: Sequence[str], names: Sequence[str] = NAMES) -> None:
    """Write `ca.pem`, and `server.pem` (key and certificate) for these names and addresses."""
    authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    known = [
        *map(x509.DNSName, names),
        *(x509.IPAddress(ip_address(a)) for a in addresses),
    ]
    root = (
        _begun(
            "Authority of the emulated network", "Authority of the emulated network", authority.public_key()
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(authority, hashes.SHA256())
    )
    leaf = (
        _begun("Authority of the emulated network", "www.test", key.public_key())
        .add_extension(x509.SubjectAlternativeName(known), critical=False)
        .sign(authority, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "ca.pem").write_bytes(root.public_bytes(serialization.Encoding.PEM))
    (folder / "server.pem").write_bytes(secret + leaf.public_bytes(serialization.Encoding.PEM))


def _begun(issuer: str, subject: str, key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
    )
