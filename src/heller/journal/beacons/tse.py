"""A German till's receipt as a witness of time: its QR code, checked without a line.

The QR code (DSFinV-K, annex I) holds all that the security module of the till (TSE) signed when the
transaction ended: the log message of BSI TR-03151, its fields one behind the other as DER. So the signature
is checked with nothing but the receipt.

What it shows: a certified module signed these data, and its counter stood where it says. What it does not
show: the start of the transaction lies under another signature; the module's clock is set by the till; the
key in the code must be matched with the certificate of the TSE, which the till's owner exports.
"""

from __future__ import annotations

import re
from base64 import b64decode
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from msgspec import Struct

from heller.journal.asn1 import core

TRANSACTION = "0.4.0.127.0.7.3.7.1.1"  # id-SE-API-transaction-log (BSI TR-03151)
ALGORITHMS: dict[str, tuple[str, hashes.HashAlgorithm]] = {  # ecdsa-plain (BSI TR-03111, 5.2.1.1)
    "ecdsa-plain-SHA256": ("0.4.0.127.0.7.1.1.4.1.3", hashes.SHA256()),
    "ecdsa-plain-SHA384": ("0.4.0.127.0.7.1.1.4.1.4", hashes.SHA384()),
    "ecdsa-plain-SHA512": ("0.4.0.127.0.7.1.1.4.1.5", hashes.SHA512()),
}
CURVES: dict[int, tuple[ec.EllipticCurve, ...]] = {  # by the bytes of an uncompressed point
    65: (ec.BrainpoolP256R1(), ec.SECP256R1()),
    97: (ec.BrainpoolP384R1(), ec.SECP384R1()),
    129: (ec.BrainpoolP512R1(),),
    133: (ec.SECP521R1(),),
}
FIELDS = 12


class Receipt(Struct, frozen=True):
    """What a receipt's QR code says. `serial` is the TSE's serial number: the SHA-256 of its key, in hex."""

    client: str
    process: str
    data: str
    transaction: int
    counter: int
    started: str
    ended: datetime
    algorithm: str
    time_format: str
    signature: bytes
    key: bytes

    @property
    def serial(self) -> str:
        """The serial number that the till's certificate carries."""
        return sha256(self.key).hexdigest()


def read(code: str) -> Receipt:
    """The fields of a QR code; raises ValueError with what is wrong with it."""
    fields = code.strip().split(";")
    if len(fields) != FIELDS or fields[0] != "V0":
        raise ValueError("not the QR code of a till (V0 and eleven fields)")
    _, client, process, data, transaction, counter, started, ended, algorithm, form, signature, key = fields
    return Receipt(
        client=client,
        process=process,
        data=data,
        transaction=_number(transaction),
        counter=_number(counter),
        started=started,
        ended=_moment(ended),
        algorithm=algorithm,
        time_format=form,
        signature=b64decode(signature, validate=True),
        key=b64decode(key, validate=True),
    )


def holds(receipt: Receipt) -> bool:
    """Whether the signature over the end of the transaction is that of the key in the code."""
    if receipt.algorithm not in ALGORITHMS:
        return False
    message, half = log_message(receipt), len(receipt.signature) // 2
    r, s = (int.from_bytes(part) for part in (receipt.signature[:half], receipt.signature[half:]))
    for curve in CURVES.get(len(receipt.key), ()):
        try:
            key = ec.EllipticCurvePublicKey.from_encoded_point(curve, receipt.key)
            key.verify(encode_dss_signature(r, s), message, ec.ECDSA(ALGORITHMS[receipt.algorithm][1]))
        except (ValueError, InvalidSignature, UnsupportedAlgorithm):
            continue
        return True
    return False


def log_message(receipt: Receipt) -> bytes:
    """What the module signed at the end of a transaction (BSI TR-03151, log message of a transaction)."""
    algorithm = core.Sequence()
    algorithm.contents = core.ObjectIdentifier(ALGORITHMS[receipt.algorithm][0]).dump()
    parts = (
        core.Integer(2),
        core.ObjectIdentifier(TRANSACTION),
        core.PrintableString("FinishTransaction", implicit=0),
        core.PrintableString(receipt.client, implicit=1),
        core.OctetString(receipt.data.encode(), implicit=2),
        core.PrintableString(receipt.process, implicit=3),
        core.Integer(receipt.transaction, implicit=5),
        core.OctetString(sha256(receipt.key).digest()),
        algorithm,
        core.Integer(receipt.counter),
        _time(receipt),
    )
    return b"".join(part.dump() for part in parts)


def _time(receipt: Receipt) -> core.Asn1Value:
    """The log time as the module writes it: as a number, or as one of the two times of ASN.1."""
    if receipt.time_format.lower().startswith("utctime"):
        return core.UTCTime(receipt.ended)
    if receipt.time_format.lower().startswith("generalizedtime"):
        return core.GeneralizedTime(receipt.ended)
    return core.Integer(int(receipt.ended.timestamp()))


def _number(raw: str) -> int:
    if not re.fullmatch(r"\d{1,18}", raw):
        raise ValueError(f"{raw} is no number")
    return int(raw)


def _moment(raw: str) -> datetime:
    moment = datetime.fromisoformat(raw)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
