"""The wall around asn1crypto: its types come in here, and some of them are put right.

asn1crypto 1.5 leaves the level of the chain out of an archive time stamp sequence, so it cannot read a
real evidence record; and it demands a token in an answer that refuses one. The classes below have the
shape of the standards.
"""

from __future__ import annotations

from asn1crypto import (  # type: ignore[import-untyped]
    algos,
    cms,
    core,
    crl,
    ocsp,
    pem,
    tsp,
    x509,
)

__all__ = ["EvidenceRecord", "TimeStampResp", "algos", "cms", "core", "crl", "ocsp", "pem", "tsp", "x509"]


class TimeStampResp(core.Sequence):  # type: ignore[misc]
    """RFC 3161, section 2.4.2: without a token where the authority refuses."""

    _fields = [("status", tsp.PKIStatusInfo), ("time_stamp_token", cms.ContentInfo, {"optional": True})]


class ArchiveTimeStampChain(core.SequenceOf):  # type: ignore[misc]
    """Archive time stamps over one digest algorithm, in order of time."""

    _child_spec = tsp.ArchiveTimeStamp


class ArchiveTimeStampSequence(core.SequenceOf):  # type: ignore[misc]
    """Chains in order of time; each begins where a digest algorithm was replaced."""

    _child_spec = ArchiveTimeStampChain


class EvidenceRecord(core.Sequence):  # type: ignore[misc]
    """RFC 4998, section 3.1."""

    _fields = [
        ("version", tsp.Version),
        ("digest_algorithms", tsp.DigestAlgorithms),
        ("crypto_infos", tsp.Attributes, {"implicit": 0, "optional": True}),
        ("encryption_info", tsp.EncryptionInfo, {"implicit": 1, "optional": True}),
        ("archive_time_stamp_sequence", ArchiveTimeStampSequence),
    ]
