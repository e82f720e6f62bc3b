"""Evidence records (RFC 4998): a time stamp that is carried on when certificates end and digests grow weak.

The record of one object without a tree is the profile Basis-ERS of BSI TR-ESOR: version 1, no attributes, no
encryption. When many records are renewed at once, one stamp covers them and each gets its own path through
a hash tree. The list of a tree's leaves never has a single element: readers disagree on how to hash that.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from heller.journal.asn1 import EvidenceRecord, algos, cms, tsp
from heller.journal.ers.tree import Path, above, climb, join
from heller.journal.stamps import token
from heller.journal.stamps.chain import Trust
from heller.journal.stamps.refusal import TokenRefused
from heller.model.text import text


class Held(Struct, frozen=True):
    """A record that holds: the time and algorithm of every stamp, and when the last certificate ends."""

    times: tuple[datetime, ...]
    algorithms: tuple[str, ...]
    chains: int
    ends: datetime

    @property
    def algorithm(self) -> str:
        """The digest that it rests on now."""
        return self.algorithms[-1]


def begin(bare: bytes, algorithm: str, path: Path = ()) -> bytes:
    """The record of one object from a token over its digest, or over what `path` leads to from there
    (RFC 4998, 4.2), DER."""
    return _record([[_stamp(bare, algorithm, path)]])


def renewal_leaf(record: bytes) -> tuple[bytes, str]:
    """What a time stamp renewal stamps: the digest of the last token (RFC 4998, 5.2), joined with those of
    all tokens before it in its chain. And the algorithm.

    The RFC asks for the last alone and allows more; BouncyCastle's validation asks for all of them.
    """
    tokens, algorithm = _tokens(record)
    return tokens[0] if len(tokens) == 1 else join(tokens, algorithm), algorithm


def renew(record: bytes, bare: bytes, path: Path = ()) -> bytes:
    """The record with one more stamp in its last chain; `path` leads from `renewal_leaf` to what is stamped."""
    tokens, algorithm = _tokens(record)
    chains = _chains(record)
    if len(tokens) > 1:
        path = (tuple(sorted(tokens)), *above(join(tokens, algorithm), path))
    chains[-1].append(_stamp(bare, algorithm, path))
    return _record(chains)


def _tokens(record: bytes) -> tuple[list[bytes], str]:
    """The digests of the tokens in the last chain, and their algorithm."""
    chain = _chains(record)[-1]
    algorithm = _algorithm(chain[-1])
    return [_digest(algorithm, stamp["time_stamp"].dump()) for stamp in chain], algorithm


def rehash_leaf(record: bytes, data: bytes, algorithm: str) -> bytes:
    """What a hash renewal stamps: object and record under a stronger digest (RFC 4998, 5.3)."""
    return _leaf_over(_chains(record), data, algorithm)


def rehash(record: bytes, bare: bytes, algorithm: str, path: Path = ()) -> bytes:
    """The record with a new chain under another digest."""
    return _record([*_chains(record), [_stamp(bare, algorithm, path)]])


def verify(record: bytes, data: bytes, trust: Trust) -> Held:
    """Check every stamp of a record over its object; raises TokenRefused with the reason.

    Each stamp must hold at its own time, and be followed by the next before its certificate ended.
    """
    try:
        return _verify(_chains(record), data, trust)
    except token.SENSELESS as error:
        raise TokenRefused("garbage", text("This is no evidence record.")) from error


def _verify(chains: list[list[Any]], data: bytes, trust: Trust) -> Held:
    found: list[token.StampToken] = []
    for number, chain in enumerate(chains):
        algorithm = _algorithm(chain[0])
        leaf = _leaf_over(chains[:number], data, algorithm) if number else _digest(algorithm, data)
        for stamp in chain:
            if _algorithm(stamp) != algorithm:
                raise TokenRefused("chain", text("A chain of the evidence record mixes digests."))
            root = climb(leaf, _path(stamp), algorithm)
            got = token.verify(stamp["time_stamp"].dump(), root, algorithm, trust)
            if found and not found[-1].time <= got.time < found[-1].ends:
                raise TokenRefused("late", text("A stamp was renewed only after its certificate had ended."))
            found.append(got)
            leaf = _digest(algorithm, stamp["time_stamp"].dump())
    if not found:
        raise ValueError("no stamp")
    return Held(
        tuple(got.time for got in found), tuple(got.algorithm for got in found), len(chains), found[-1].ends
    )


def _chains(record: bytes) -> list[list[Any]]:
    """The archive time stamps, chain by chain; raises ValueError where the bytes are no Basis-ERS record."""
    read = EvidenceRecord.load(record, strict=True)
    if read["version"].native != "v1" or read["crypto_infos"].native or read["encryption_info"].native:
        raise ValueError("not version 1, or with more than Basis-ERS has")
    return [list(chain) for chain in read["archive_time_stamp_sequence"]]


def _record(chains: Sequence[Sequence[Any]]) -> bytes:
    used = dict.fromkeys(_algorithm(stamp) for chain in chains for stamp in chain)
    made = EvidenceRecord(
        {
            "version": "v1",
            "digest_algorithms": [_identifier(name) for name in used],
            "archive_time_stamp_sequence": [list(chain) for chain in chains],
        }
    )
    return bytes(made.dump())


def _sequence(chains: Sequence[Sequence[Any]]) -> bytes:
    made = EvidenceRecord({"archive_time_stamp_sequence": [list(chain) for chain in chains]})
    return bytes(made["archive_time_stamp_sequence"].dump())


def _leaf_over(before: Sequence[Sequence[Any]], data: bytes, algorithm: str) -> bytes:
    over = _digest(algorithm, data) + _digest(algorithm, _sequence(before))
    return _digest(algorithm, over)


def _stamp(bare: bytes, algorithm: str, path: Path) -> Any:
    made: dict[str, Any] = {
        "digest_algorithm": _identifier(algorithm),
        "time_stamp": cms.ContentInfo.load(bare, strict=True),
    }
    if path:
        made["reduced_hashtree"] = [list(group) for group in path]
    return tsp.ArchiveTimeStamp(made)


def _path(stamp: Any) -> Path:
    return tuple(tuple(node.native for node in group) for group in stamp["reduced_hashtree"] or ())


def _algorithm(stamp: Any) -> str:
    """The digest of a stamp; the token's own where none is named (RFC 4998, 4.1)."""
    named = stamp["digest_algorithm"]
    if named.native:
        return str(named["algorithm"].native)
    _, info = token.open_token(stamp["time_stamp"].dump())
    return str(info["message_imprint"]["hash_algorithm"]["algorithm"].native)


def _identifier(name: str) -> Any:
    return algos.DigestAlgorithm({"algorithm": name})


def _digest(algorithm: str, data: bytes) -> bytes:
    if algorithm not in token.DIGESTS:
        raise TokenRefused("weak", text("The record rests on {name}, which is too weak.", name=algorithm))
    return hashlib.new(algorithm, data).digest()
