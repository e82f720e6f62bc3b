"""Attacks on the archive itself."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

from tests.lab.attack import attack
from tests.lab.forger import Forger

from heller.journal.archive import CENTRAL, END, central_header, facts, in_order, local_header, pack
from heller.journal.archive import end as ending

GROUP = "archive"


def rebuilt(
    f: Forger,
    local: Callable[[str, bytes], bytes] = lambda name, head: head,
    central: Callable[[str, bytes], bytes] = lambda name, head: head,
    between: bytes = b"",
) -> bytes:
    """The archive packed anew, with headers as the forger likes them; offsets are right."""
    out, listed = b"", b""
    for name in in_order(f.files):
        data = f.files[name]
        about = facts(data)
        listed += central(name, central_header(name, about.crc, about.size, len(out)))
        out += local(name, local_header(name, about.crc, about.size)) + data + between
    return out + listed + ending(len(f.files), len(listed), len(out))


def at(offset: int, value: bytes, only: str = "") -> Callable[[str, bytes], bytes]:
    """Overwrite a place of a header, of one file or of all."""
    return lambda name, head: (
        head if only and only != name else head[:offset] + value + head[offset + len(value) :]
    )


@attack(GROUP, "something behind the end")
def behind(f: Forger) -> bytes:
    """A second archive hangs behind the bundle."""
    return f.raw + f.raw


@attack(GROUP, "something before the beginning")
def before(f: Forger) -> bytes:
    """A program stands before the archive, which unzip steps over."""
    return b"#!/bin/sh\nexit 0\n" + f.raw


@attack(GROUP, "comment")
def comment(f: Forger) -> bytes:
    """The archive carries a comment."""
    return f.raw[:-2] + struct.pack("<H", 5) + b"hallo"


@attack(GROUP, "data between files")
def between(f: Forger) -> bytes:
    """Bytes that belong to no file lie between the files."""
    return rebuilt(f, between=b"hidden")


@attack(GROUP, "extra field")
def extra(f: Forger) -> bytes:
    """A header carries an extra field."""
    return rebuilt(f, lambda name, head: head[:28] + struct.pack("<H", 8) + head[30:] + b"\xfe\xca\4\0abcd")


@attack(GROUP, "date altered")
def date(f: Forger) -> bytes:
    """Both headers of a file state another date."""
    return rebuilt(f, at(12, b"\x55\x55", "data/claim.json"), at(14, b"\x55\x55", "data/claim.json"))


@attack(GROUP, "date altered in front only")
def date_local(f: Forger) -> bytes:
    """The header before a file states another date than the list at the end."""
    return rebuilt(f, at(12, b"\x55\x55", "data/claim.json"))


@attack(GROUP, "two names for one file")
def two_names(f: Forger) -> bytes:
    """The header before a file and the list at the end name it differently."""
    return rebuilt(f, at(30, b"data/clair.json", "data/claim.json"))


@attack(GROUP, "name stands twice")
def twice(f: Forger) -> bytes:
    """The archive holds two claims of one name; programs differ in which they take."""
    out = io.BytesIO(f.raw)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("data/claim.json", b"{}")
    return out.getvalue()


@attack(GROUP, "names that differ in capitals")
def capitals(f: Forger) -> bytes:
    """A second claim.json with capitals, which Windows and macOS write over the first."""
    f.files["data/Claim.json"] = b"{}"
    return f.seal("keep")


def with_name(f: Forger, name: str) -> bytes:
    """A file of a name that the strict writer would refuse."""
    out = io.BytesIO(f.raw)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, b"x")
    return out.getvalue()


@attack(GROUP, "name that leaves the folder")
def slip(f: Forger) -> bytes:
    """A file is called ../../boese.txt."""
    return with_name(f, "../../boese.txt")


@attack(GROUP, "name from the root")
def absolute(f: Forger) -> bytes:
    """A file is called /tmp/boese.txt."""
    return with_name(f, "/tmp/heller-lab-boese.txt")


@attack(GROUP, "name with a backslash")
def backslash(f: Forger) -> bytes:
    """A file is called ..\\boese.txt, which leaves the folder on Windows."""
    return with_name(f, "..\\boese.txt")


@attack(GROUP, "name with letters that look alike")
def unicode_name(f: Forger) -> bytes:
    """A file is called data/сlaim.json with a Cyrillic letter."""
    return with_name(f, "data/\u0441laim.json")


@attack(GROUP, "symbolic link")
def link(f: Forger) -> bytes:
    """The claim is a link to a file of the reader's machine."""
    f.files["data/claim.json"] = b"/etc/passwd"
    mode = struct.pack("<I", 0o120777 << 16)
    return rebuilt(f, central=at(38, mode, "data/claim.json"))


@attack(GROUP, "packed")
def packed(f: Forger) -> bytes:
    """The files are packed; they unpack to the same."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in in_order(f.files):
            archive.writestr(name, f.files[name])
    return out.getvalue()


@attack(GROUP, "bomb")
def bomb(f: Forger) -> bytes:
    """One packed file would unpack to two hundred million bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in in_order(f.files):
            archive.writestr(name, f.files[name], zipfile.ZIP_STORED)
        archive.writestr("data/zeros", bytes(200_000_000))
    return out.getvalue()


@attack(GROUP, "files over each other")
def overlapping(f: Forger) -> bytes:
    """Two names share the bytes of one file, as bombs do that pass a look at the packing."""
    name = "data/claim.json"
    about = facts(f.files[name])
    start = f.raw.rindex(END)
    size, offset = struct.unpack_from("<2I", f.raw, start + 12)
    more = central_header("data/clone.json", about.crc, about.size, f.raw.index(name.encode()) - 30)
    tail = ending(len(f.files) + 1, size + len(more), offset)
    return f.raw[:start] + more + tail


@attack(GROUP, "encrypted flag")
def encrypted(f: Forger) -> bytes:
    """Both headers of a file say that it is encrypted."""
    return rebuilt(f, at(6, b"\1\0", "data/claim.json"), at(8, b"\1\0", "data/claim.json"))


@attack(GROUP, "sizes in ZIP64")
def zip64(f: Forger) -> bytes:
    """The list states sizes of ZIP64, which programs read differently."""
    return rebuilt(f, central=at(24, b"\xff\xff\xff\xff", "data/claim.json"))


@attack(GROUP, "file missing from the list")
def unlisted(f: Forger) -> bytes:
    """A file lies in the archive and not in the list at the end."""
    start = f.raw.index(CENTRAL)
    about = facts(b"hidden")
    hidden = local_header("data/hidden", about.crc, about.size) + b"hidden"
    count = len(f.files)
    size = f.raw.rindex(END) - start
    return f.raw[:start] + hidden + f.raw[start : start + size] + ending(count, size, start + len(hidden))


@attack(GROUP, "archive cut in the middle")
def cut(f: Forger) -> bytes:
    """The second half of the archive is missing."""
    return f.raw[: len(f.raw) // 2]


@attack(GROUP, "order of files")
def order(f: Forger) -> bytes:
    """The files lie in another order."""
    files = dict(reversed(list(f.files.items())))
    out, listed = b"", b""
    for name, data in files.items():
        about = facts(data)
        listed += central_header(name, about.crc, about.size, len(out))
        out += local_header(name, about.crc, about.size) + data
    return out + listed + ending(len(files), len(listed), len(out))


@attack(GROUP, "mimetype altered")
def mimetype(f: Forger) -> bytes:
    """The archive says that it is something else; its own lists are adjusted."""
    files = dict(f.files)
    files["mimetype"] = b"application/epub+zip"
    return _packed(files)


@attack(GROUP, "list of digests of a weaker kind added")
def weaker(f: Forger) -> bytes:
    """A manifest of MD5 sums lies beside the others."""
    return _packed({**f.files, "manifest-md5.txt": b"d41d8cd98f00b204e9800998ecf8427e  data/claim.json\n"})


def _packed(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    pack(files, {n: facts(d) for n, d in files.items()}, out)
    return out.getvalue()
