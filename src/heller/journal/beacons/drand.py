"""A round of the public randomness beacon drand: nobody knew its value before its time.

A journal that holds a round was not written before it. The networks are those of the League of Entropy;
their parameters are published at https://api.drand.sh/{chain hash}/info and stand below.

A round is proven by its BLS signature. That takes the package `drand-verify`; without it Heller checks that
the value belongs to the signature and says that the signature itself was not checked.
"""

from __future__ import annotations

import importlib
import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from msgspec import Struct


class Network(Struct, frozen=True):
    """One drand network: its hash, its first round, seconds from round to round, its public key in hex."""

    name: str
    chain: str
    genesis: int
    period: int
    key: str
    signature: int  # bytes


NETWORKS = (
    Network(
        "default",
        "8990e7a9aaed2ffed73dbd7092123d6f289930540d7651336225dc172e51b2ce",
        1595431050,
        30,
        "868f005eb8e6e4ca0a47c8a77ceaa5309a47978a7c71bc5cce96366b5d7a569937c529eeda66c7293784a9402801af31",
        96,
    ),
    Network(
        "quicknet",
        "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971",
        1692803367,
        3,
        "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fe"
        "c758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a",
        48,
    ),
)


class Round(Struct, frozen=True):
    """A round that fits together. `proven`: its signature was checked against the network's key."""

    network: str
    number: int
    at: datetime
    randomness: str
    signature: str
    proven: bool


def read(data: bytes) -> Round:
    """A round as drand's servers give it out (JSON); raises ValueError where it does not fit together."""
    said = _object(data)
    number, signature = said.get("round"), str(said.get("signature", ""))
    network = _network(said, signature)
    if type(number) is not int or not 0 < number < 2**48:
        raise ValueError("no number of a round")
    if sha256(bytes.fromhex(signature)).hexdigest() != said.get("randomness"):
        raise ValueError("the value is not the digest of the signature")
    at = datetime.fromtimestamp(network.genesis, UTC) + timedelta(seconds=network.period) * (number - 1)
    proven = _signed(network, number, signature, str(said.get("previous_signature", "")))
    return Round(network.name, number, at, str(said["randomness"]), signature, proven)


def _object(data: bytes) -> dict[str, Any]:
    try:
        said = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ValueError("not a round of drand") from error
    if not isinstance(said, dict):
        raise ValueError("not a round of drand")
    return said


def _network(said: dict[str, Any], signature: str) -> Network:
    """The network that a round names, or whose signatures are as long as this one."""
    named = said.get("chain_hash") or said.get("chain")
    for network in NETWORKS:
        if named in (None, network.chain) and len(signature) == 2 * network.signature:
            return network
    raise ValueError("a network that is not known")


def _signed(network: Network, number: int, signature: str, previous: str) -> bool:
    """Whether the signature was checked; raises ValueError where it is wrong."""
    try:
        checker = importlib.import_module("drand_verify")
    except ImportError:
        return False
    if network.name == "quicknet":
        checker.verify_quicknet(number, signature, network.key)
    else:
        checker.verify_mainnet(number, previous, signature, network.key)
    return True
