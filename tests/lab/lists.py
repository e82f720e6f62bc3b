"""Attacks on the lists and words of the bag, and on the list of the archive: written as other programs write them.

Every list over what was changed is made to fit it.
"""

from __future__ import annotations

import base64
import re
import struct
from collections.abc import Callable
from hashlib import sha256

from tests.lab.attack import MISSED, attack
from tests.lab.container import GROUP, rebuilt
from tests.lab.forger import Forger, opened
from tests.lab.open_questions import SAID

ASIC, TAG = "META-INF/ASiCManifest001.xml", "tagmanifest-sha256.txt"


@attack(GROUP, "list with carriage returns")
def list_ends(f: Forger) -> bytes:
    """The manifest ends its lines as Windows does, the list over it is adjusted."""
    return _listed(f, lambda data: data.replace(b"\n", b"\r\n"))


@attack(GROUP, "list with a star")
def list_star(f: Forger) -> bytes:
    """The manifest marks its files as binary, as sha256sum -b does."""
    return _listed(f, lambda data: data.replace(b"  ", b" *"))


@attack(GROUP, "list with a dot before names")
def list_dots(f: Forger) -> bytes:
    """The manifest names ./data/ in the place of data/."""
    return _listed(f, lambda data: data.replace(b"  data/", b"  ./data/"))


@attack(GROUP, "line of a list doubled")
def list_doubled(f: Forger) -> bytes:
    """The manifest names a file twice."""
    return _listed(f, lambda data: data + data.splitlines(keepends=True)[-1])


def _listed(f: Forger, edit: Callable[[bytes], bytes]) -> bytes:
    """Write the manifest differently and adjust what lists it."""
    f.files = opened(f.seal())
    before = f.files["manifest-sha256.txt"]
    f.files["manifest-sha256.txt"] = edit(before)
    _relist(f, "manifest-sha256.txt", before, TAG)
    return rebuilt(f)


def _relist(f: Forger, name: str, old: bytes, *lists: str) -> None:
    was, now = sha256(old).hexdigest(), sha256(f.files[name]).hexdigest()
    for one in lists:
        f.files[one] = f.files[one].replace(was.encode(), now.encode())
    f.files[ASIC] = f.files[ASIC].replace(_b64(was), _b64(now))
    f.files["META-INF/seal-sha256.txt"] = "".join(
        f"{sha256(f.files[n]).hexdigest()}  {n}\n" for n in sorted(f.files) if n in (ASIC, TAG)
    ).encode()


@attack(GROUP, "bag that names two cases")
def two_cases(f: Forger) -> bytes:
    """bag-info.txt has two lines for the number of the case; programs take the first or the last."""
    return _informed(f, lambda data: data + b"External-Identifier: " + b"ab" * 16 + b"\n")


@attack(
    GROUP, "line of the bag goes on", heller=MISSED, script=MISSED, shell=MISSED, why=SAID, unchecked="free words",
    says="says what nobody checks", plain=True,
)  # fmt: skip
def folded(f: Forger) -> bytes:
    """The number of the case goes on in the next line, behind a blank, as BagIt allows."""
    return _informed(
        f, lambda data: re.sub(rb"(External-Identifier: \w+\n)", rb"\1  und Landgericht\n", data)
    )


@attack(
    GROUP, "byte order mark before the bag's words", heller=MISSED, script=MISSED, shell=MISSED, why=SAID,
    unchecked="free words", says="says what nobody checks",
)  # fmt: skip
def marked_info(f: Forger) -> bytes:
    """bag-info.txt begins with a byte order mark."""
    return _informed(f, lambda data: b"\xef\xbb\xbf" + data)


@attack(GROUP, "bag of an older kind")
def older_bag(f: Forger) -> bytes:
    """bagit.txt names another version and another encoding."""
    f.files = opened(f.seal())
    before = f.files["bagit.txt"]
    f.files["bagit.txt"] = before.replace(b"1.0", b"0.97").replace(b"UTF-8", b"UTF-16")
    assert f.files["bagit.txt"] != before
    return _retagged(f, "bagit.txt", before)


def _b64(digest: str) -> bytes:
    return base64.b64encode(bytes.fromhex(digest))


def _informed(f: Forger, edit: Callable[[bytes], bytes]) -> bytes:
    f.files = opened(f.seal())
    before = f.files["bag-info.txt"]
    f.files["bag-info.txt"] = edit(before)
    assert f.files["bag-info.txt"] != before
    return _retagged(f, "bag-info.txt", before)


def _retagged(f: Forger, name: str, before: bytes) -> bytes:
    tag = f.files[TAG]
    _relist(f, name, before, TAG)
    was, now = (base64.b64encode(sha256(d).digest()) for d in (tag, f.files[TAG]))
    f.files[ASIC] = f.files[ASIC].replace(was, now)
    f.files["META-INF/seal-sha256.txt"] = "".join(
        f"{sha256(f.files[n]).hexdigest()}  {n}\n" for n in (ASIC, TAG)
    ).encode()
    return rebuilt(f)


@attack(GROUP, "extra field in the list alone")
def extra_central(f: Forger) -> bytes:
    """The list at the end carries an extra field; the header before the file does not."""
    only = "data/claim.json"

    def more(name: str, head: bytes) -> bytes:
        return head[:30] + struct.pack("<H", 8) + head[32:] + b"\xfe\xca\4\0abcd" if name == only else head

    return rebuilt(f, central=more)


@attack(GROUP, "size of the list altered")
def list_size(f: Forger) -> bytes:
    """The end of the archive says that the list is a byte shorter."""
    at = f.raw.rindex(b"PK\5\6")
    size = struct.unpack("<I", f.raw[at + 12 : at + 16])[0]
    return f.raw[: at + 12] + struct.pack("<I", size - 1) + f.raw[at + 16 :]


@attack(GROUP, "gap before the list")
def gap(f: Forger) -> bytes:
    """Bytes lie between the last file and the list, which offsets step over."""
    at = f.raw.rindex(b"PK\5\6")
    start = struct.unpack("<I", f.raw[at + 16 : at + 20])[0]
    end = f.raw[at : at + 16] + struct.pack("<I", start + 6) + f.raw[at + 20 :]
    return f.raw[:start] + b"hidden" + f.raw[start:at] + end


@attack(GROUP, "files counted in two ways")
def two_counts(f: Forger) -> bytes:
    """The end counts a file fewer on this disk than in all."""
    at = f.raw.rindex(b"PK\5\6")
    count = struct.unpack("<H", f.raw[at + 8 : at + 10])[0]
    return f.raw[: at + 8] + struct.pack("<H", count - 1) + f.raw[at + 10 :]


@attack(GROUP, "folder among the files")
def folder(f: Forger) -> bytes:
    """The archive lists data/ itself."""
    f.files = opened(f.raw)
    f.files["data/"] = b""
    return rebuilt(f)


@attack(GROUP, "NUL in a name")
def nul_name(f: Forger) -> bytes:
    """A file is called claim.json, NUL and more: some programs stop there."""
    f.files = opened(f.raw)
    f.files["data/claim.json\0.txt"] = b"{}"
    return rebuilt(f)
