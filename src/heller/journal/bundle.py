"""The bundle: one ZIP that anybody can check with sha256sum, and that is the same bytes when made twice.

Its layout is a BagIt bag (RFC 8493): payload under `data/`, SHA-256 manifests beside it.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from hashlib import sha256

EPOCH = (1980, 1, 1, 0, 0, 0)
BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Lines as sha256sum writes and checks them, sorted by name."""
    return "".join(f"{sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()


def bag(payload: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """All files of the bag by name; `payload` names are below `data/`."""
    files = {f"data/{name}": data for name, data in payload.items()}
    size = sum(len(data) for data in files.values())
    described = {**info, "Payload-Oxum": f"{size}.{len(files)}"}
    tags = {
        "bagit.txt": BAGIT,
        "bag-info.txt": "".join(f"{key}: {value}\n" for key, value in described.items()).encode(),
        "manifest-sha256.txt": manifest(files),
    }
    return {**tags, "tagmanifest-sha256.txt": manifest(tags), **files}


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """A ZIP whose bytes depend on names and contents only, in the order given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()
