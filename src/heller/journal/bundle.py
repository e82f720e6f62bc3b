"""The bundle: one ZIP that three families of tools understand, the same bytes when made twice.

It is a BagIt bag (RFC 8493: payload under `data/`, SHA-256 manifests beside it), it has the layout of an
ASiC-E container with a time assertion (ETSI EN 319 162-1, 4.4: `mimetype` first, `META-INF` with the
digests of every file and a token over them), and sha256sum with openssl checks all of it.

Each file is covered by one list that sha256sum reads: the payload by the manifest, `bagit.txt` and its
like by the tag manifest, and what the stamp covers last by the seal.
"""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import BinaryIO

from msgspec import Struct

from heller.journal.archive import Content, ContentDigest, facts, in_order, pack

MIMETYPE = b"application/vnd.etsi.asic-e+zip"
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
TAGS = ("bag-info.txt", "bagit.txt", MANIFEST, "mimetype")
ASIC, TOKEN, SEAL = "META-INF/ASiCManifest001.xml", "META-INF/timestamp001.tst", "META-INF/seal-sha256.txt"
REVOKED = "META-INF/timestamp001.crl"
SEALED = (ASIC, TOKEN, REVOKED, TAG_MANIFEST)
PLACES = frozenset((*TAGS, *SEALED, SEAL))  # all that a bundle holds beside its payload


class Stamped(Struct, frozen=True):
    """A token over the manifest and the list that says that nothing was revoked; empty where there is none."""

    token: bytes = b""
    crl: bytes = b""


Stamp = Callable[[bytes], Stamped]  # asks for a token over these bytes


def manifest(known: Mapping[str, ContentDigest]) -> bytes:
    """Lines as sha256sum writes and checks them, sorted by name."""
    return "".join(f"{known[name].sha}  {name}\n" for name in sorted(known)).encode()


def asic_manifest(known: Mapping[str, ContentDigest]) -> bytes:
    """What the token stamps: the digest of every file (ETSI EN 319 162-1, A.4), one to a line."""
    lines = [
        f'<asic:DataObjectReference URI="{name}"><ds:DigestMethod '
        'Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
        f"<ds:DigestValue>{b64encode(bytes.fromhex(known[name].sha)).decode()}</ds:DigestValue>"
        "</asic:DataObjectReference>\n"
        for name in sorted(known)
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" '
        'xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
        f'<asic:SigReference URI="{TOKEN}" MimeType="application/vnd.etsi.timestamp-token"/>\n'
        f"{''.join(lines)}</asic:ASiCManifest>\n"
    ).encode()


def no_stamp(data: bytes) -> Stamped:
    """Where the case has no authority to ask."""
    return Stamped()


def bag(
    payload: Mapping[str, Content], info: Mapping[str, str], stamp: Stamp = no_stamp
) -> tuple[dict[str, Content], dict[str, ContentDigest]]:
    """All files of the bundle and what is known of them; `payload` names are below `data/`.

    Large contents are given as paths and read a piece at a time.
    """
    files: dict[str, Content] = {f"data/{name}": content for name, content in payload.items()}
    known = {name: facts(content) for name, content in files.items()}

    def add(name: str, data: bytes) -> None:
        files[name], known[name] = data, facts(data)

    total = sum(about.size for about in known.values())
    described = {**info, "Payload-Oxum": f"{total}.{len(files)}"}
    sums = manifest(known)
    add("mimetype", MIMETYPE)
    add("bagit.txt", BAGIT)
    add("bag-info.txt", "".join(f"{key}: {value}\n" for key, value in described.items()).encode())
    add(MANIFEST, sums)
    add(TAG_MANIFEST, manifest({name: known[name] for name in TAGS}))
    last = asic_manifest(known)
    add(ASIC, last)
    stamped = stamp(last)
    for name, data in ((TOKEN, stamped.token), (REVOKED, stamped.crl)):
        if data:
            add(name, data)
    add(SEAL, manifest({name: known[name] for name in SEALED if name in known}))
    return {name: files[name] for name in in_order(files)}, known


def write(
    payload: Mapping[str, Content], info: Mapping[str, str], out: BinaryIO, stamp: Stamp = no_stamp
) -> str:
    """Write the bundle; returns its SHA-256. Raises TooLarge."""
    files, known = bag(payload, info, stamp)
    return pack(files, known, out)


def make(payload: Mapping[str, Content], info: Mapping[str, str], stamp: Stamp = no_stamp) -> bytes:
    """The bundle's bytes, for a bundle that fits into memory."""
    out = io.BytesIO()
    write(payload, info, out, stamp)
    return out.getvalue()
