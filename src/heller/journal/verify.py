"""Verifies a bundle from its bytes: container, manifests, chain, commitments, originals, tree heads."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from hashlib import sha256

from msgspec import Struct

from heller.journal.anchor import anchor
from heller.journal.bundle import manifest, zip_bytes
from heller.journal.check import Breach, Checked, check
from heller.model.text import Text, text

TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
LIMIT = 4 << 30  # bytes that a bundle may unpack to


class Verified(Struct, frozen=True):
    """What was checked and what does not hold; `files` are the bundle's contents by name."""

    files: dict[str, bytes]
    journal: Checked | None
    checks: tuple[Text, ...]
    breaches: tuple[Breach, ...]


def unpack(data: bytes) -> tuple[dict[str, bytes], tuple[Breach, ...]]:
    """The files of a ZIP in memory: nothing is written, odd names and twins are breaches."""
    files: dict[str, bytes] = {}
    breaches: list[Breach] = []
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > LIMIT:
                return {}, (Breach("bundle", text("The bundle unpacks to more than 4 GiB.")),)
            for entry in archive.infolist():
                name = entry.filename
                if name in files or name.startswith("/") or ".." in name.split("/") or "\\" in name:
                    breaches.append(
                        Breach(name, text("The bundle holds a name twice or a name that leaves it."))
                    )
                    continue
                try:
                    files[name] = archive.read(entry)
                except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError):
                    breaches.append(
                        Breach(name, text("This file cannot be unpacked: its bytes were changed."))
                    )
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError, OSError, UnicodeError):
        return {}, (Breach("bundle", text("The file is no readable ZIP archive.")),)
    return files, tuple(breaches)


def verify(data: bytes) -> Verified:
    """Check a bundle's bytes. Every flipped bit shows: contents by digest, the rest because the
    archive is made again from its contents and compared byte by byte."""
    files, found = unpack(data)
    breaches = list(found)
    if not files:
        return Verified({}, None, (), tuple(breaches))
    breaches += _manifests(files)
    if not breaches and zip_bytes(files) != data:
        breaches.append(Breach("bundle", text("The archive itself was changed around its files.")))
    journal = check(files.get("data/journal.jsonl", b""), files.get("data/bodies.jsonl", b""))
    breaches += journal.breaches
    if not journal.entries:
        breaches.append(Breach("data/journal.jsonl", text("The journal is missing or empty.")))
    breaches += _objects(files, journal)
    heads = sorted(name for name in files if name.startswith("data/anchors/"))
    breaches += _anchors(files, journal, heads)
    checks = (
        text("{n} files against their digests", n=len(files)),
        text("{n} journal entries: numbers, chain and commitments", n=len(journal.entries)),
        text("{n} originals against the journal", n=len(_named(journal))),
        text("{n} tree heads", n=len(heads)),
    )
    return Verified(files, journal, checks, tuple(breaches))


def _manifests(files: Mapping[str, bytes]) -> list[Breach]:
    """Each file against the manifest that names it; missing and extra files are breaches too."""
    breaches = []
    payload = {name: data for name, data in files.items() if name.startswith("data/")}
    tags = {name: files[name] for name in TAGS if name in files}
    others = set(files) - set(payload) - set(tags) - {"tagmanifest-sha256.txt"}
    breaches += [Breach(name, text("This file does not belong to the bundle.")) for name in sorted(others)]
    for name, group in (("manifest-sha256.txt", payload), ("tagmanifest-sha256.txt", tags)):
        listed, actual = _lines(files.get(name, b"")), _lines(manifest(group))
        for path in sorted(listed.keys() | actual.keys()):
            if listed.get(path) == actual.get(path):
                continue
            if path not in actual:
                what = text("This file is listed but missing.")
            elif path not in listed:
                what = text("This file is there but not listed.")
            else:
                what = text("The bytes of this file were changed.")
            breaches.append(Breach(path, what))
        if not breaches and files.get(name) != manifest(group):
            breaches.append(Breach(name, text("The bytes of this file were changed.")))
    return breaches


def _lines(data: bytes) -> dict[str, str]:
    rows = (line.split("  ", 1) for line in data.decode("utf-8", "replace").splitlines())
    return {row[1]: row[0] for row in rows if len(row) == 2}


def _named(journal: Checked) -> dict[str, int]:
    """Digests of originals that the journal names, with the entry that names them."""
    named = {}
    for entry in journal.entries:
        if entry.kind == "exhibit" and entry.body is not None and isinstance(entry.body.get("digest"), str):
            named[entry.body["digest"]] = entry.seq
    return named


def _objects(files: Mapping[str, bytes], journal: Checked) -> list[Breach]:
    breaches = []
    named = _named(journal)
    for digest, seq in named.items():
        path = f"data/objects/{digest[:2]}/{digest}"
        if path not in files:
            breaches.append(Breach(path, text("The original of entry {seq} is missing.", seq=seq)))
        elif sha256(files[path]).hexdigest() != digest:
            breaches.append(Breach(path, text("The original of entry {seq} was changed.", seq=seq)))
    for path in files:
        if path.startswith("data/objects/") and path.rsplit("/", 1)[1] not in named:
            breaches.append(Breach(path, text("No entry names this original.")))
    return breaches


def _anchors(files: Mapping[str, bytes], journal: Checked, heads: list[str]) -> list[Breach]:
    """Each tree head against the lines that it covers: a cut or changed journal does not fit."""
    breaches = []
    for name in heads:
        words = dict(
            line.split(" ", 1) for line in files[name].decode("utf-8", "replace").splitlines() if " " in line
        )
        size = words.get("size", "")
        covered = journal.lines[: int(size)] if size.isdecimal() else ()
        if (
            not covered
            or len(covered) != int(size)
            or anchor(words.get("origin", ""), covered) != files[name]
        ):
            breaches.append(
                Breach(name, text("The journal does not fit this tree head: lines were dropped or changed."))
            )
    if not heads:
        breaches.append(Breach("data/anchors", text("The bundle holds no tree head.")))
    return breaches
