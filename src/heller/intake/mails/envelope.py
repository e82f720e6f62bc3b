"""Envelopes of CMS (RFC 5652) as mails and signed files use them: what lies in a signed one."""

from __future__ import annotations

import base64
import re

from heller.model.errors import InputRefused
from heller.model.text import text

_KINDS = {
    b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02": "signed",
    b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03": "enveloped",
    b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17": "enveloped",  # authEnvelopedData
}
_DATA = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01"  # id-data: a file, and no time stamp
BEGIN = 24  # bytes in which the identifier of the kind stands


def kind(data: bytes) -> str:
    """'signed' or 'enveloped' by the identifier at the beginning, '' for anything else."""
    der = _der(data[:4096])
    if der[:1] != b"\x30":
        return ""
    found = next((name for oid, name in _KINDS.items() if oid in der[: BEGIN + len(oid)]), "")
    return "" if found == "signed" and _DATA not in der[:256] else found


def opened(data: bytes) -> bytes | None:
    """The file in a signed envelope; None where there is none, or it is encrypted or broken."""
    from asn1crypto import cms  # type: ignore[import-untyped]  # loaded for an envelope only: every start asks every reader

    try:
        info = cms.ContentInfo.load(_der(data))
        if info["content_type"].native != "signed_data":
            return None
        content = info["content"]["encap_content_info"]["content"].native
    except Exception:  # the library answers broken structures with many kinds of errors
        return None
    return content if isinstance(content, bytes) and content else None


def _der(data: bytes) -> bytes:
    """The bytes of an envelope that may be written as Base64, with the lines of PEM or without."""
    if data[:1] == b"\x30":
        return data
    bare = re.sub(rb"-----[A-Z0-9 ]+-----", b"", data.strip())
    if not re.fullmatch(rb"[A-Za-z0-9+/=\s]+", bare[:4096]) or not bare.lstrip().startswith(b"MI"):
        return b""
    try:
        packed = b"".join(bare.split())
        return base64.b64decode(packed[: len(packed) // 4 * 4])
    except ValueError:
        return b""


def refused() -> InputRefused:
    """That an envelope is encrypted."""
    return InputRefused(
        text("The envelope is encrypted, or broken."),
        text("Nothing can be read from it without the key of its recipient."),
        text("Open it in the mail program, save what is inside, and add that as well."),
    )
