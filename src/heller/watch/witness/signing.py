"""The key of a witness, kept in a file of its user's own, and the signature under what it saw."""

from __future__ import annotations

import base64
import os
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from heller.machine.files import open_handle
from heller.model.witness_file import FORM, NAME, Observed, WitnessFile


def key_of(place: Path) -> Ed25519PrivateKey:
    """The key in this file, made where there is none. Raises OSError, ValueError where it is no such key."""
    try:
        found = serialization.load_pem_private_key(place.read_bytes(), None)
    except FileNotFoundError:
        return _made(place)
    if not isinstance(found, Ed25519PrivateKey):
        raise ValueError("no Ed25519 key")
    return found


def _made(place: Path) -> Ed25519PrivateKey:
    made = Ed25519PrivateKey.generate()
    place.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(open_handle(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        pem, plain = serialization.Encoding.PEM, serialization.NoEncryption()
        file.write(made.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))
    return made


def signed(observed: Observed, key: Ed25519PrivateKey) -> bytes:
    """The file of what was seen."""
    body = msgspec.json.encode(observed)
    der = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    said = WitnessFile(NAME, FORM, _base64(der), _base64(key.sign(body)), body.decode())
    return msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n"


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
