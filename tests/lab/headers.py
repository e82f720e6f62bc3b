"""More attacks on the archive: fields of its headers that programs read differently, and names that systems change."""

from __future__ import annotations

import struct
from collections.abc import Callable

from tests.lab.attack import attack
from tests.lab.container import GROUP, at, rebuilt, with_name
from tests.lab.forger import Forger

from heller.journal.archive import END

CLAIM = "data/claim.json"


def _both(f: Forger, offset: int, value: bytes) -> bytes:
    """A field that stands in both headers of the claim: two bytes further in the list at the end."""
    return rebuilt(f, at(offset, value, CLAIM), at(offset + 2, value, CLAIM))


@attack(GROUP, "name said to be in UTF-8")
def utf8_flag(f: Forger) -> bytes:
    """Both headers of a file say that its name is in UTF-8, which changes how some programs read it."""
    return _both(f, 6, b"\0\x08")


@attack(GROUP, "sizes behind the file")
def descriptor_flag(f: Forger) -> bytes:
    """Both headers say that sizes stand behind the file, so that programs search for its end."""
    return _both(f, 6, b"\x08\0")


@attack(GROUP, "method of packing that few know")
def method(f: Forger) -> bytes:
    """Both headers say that a file is packed with another method."""
    return _both(f, 8, struct.pack("<H", 12))


@attack(GROUP, "check sum altered in both headers")
def crc(f: Forger) -> bytes:
    """The CRC of a file is another one in both places."""
    return _both(f, 14, b"\1\2\3\4")


@attack(GROUP, "size altered in front only")
def size_local(f: Forger) -> bytes:
    """The header before a file states one byte less than the list at the end."""
    size = struct.pack("<I", len(f.files[CLAIM]) - 1)
    return rebuilt(f, at(22, size, CLAIM))


@attack(GROUP, "version needed raised")
def version(f: Forger) -> bytes:
    """Both headers say that a later version of ZIP is needed."""
    return _both(f, 4, struct.pack("<H", 45))


@attack(GROUP, "made on another system")
def made_by(f: Forger) -> bytes:
    """The list says that a file was made under DOS, where attributes mean something else."""
    return rebuilt(f, central=at(5, b"\0", CLAIM))


@attack(GROUP, "folder that is a file")
def folder_attribute(f: Forger) -> bytes:
    """The attributes of the claim say that it is a folder."""
    return rebuilt(f, central=at(38, struct.pack("<I", 0o040755 << 16), CLAIM))


@attack(GROUP, "file that may be run")
def executable(f: Forger) -> bytes:
    """The attributes of the script say that it may be run as it is."""
    return rebuilt(f, central=at(38, struct.pack("<I", 0o100755 << 16), "data/verify.py"))


@attack(GROUP, "file said to be text")
def internal(f: Forger) -> bytes:
    """The internal attributes say that a file is text, whose line ends some programs change."""
    return rebuilt(f, central=at(36, b"\1\0", CLAIM))


@attack(GROUP, "comment of one file")
def file_comment(f: Forger) -> bytes:
    """The list carries words beside one file."""

    def said(name: str, head: bytes) -> bytes:
        return head[:32] + struct.pack("<H", 9) + head[34:] + b"genehmigt" if name == CLAIM else head

    return rebuilt(f, central=said)


@attack(GROUP, "name in another field too")
def unicode_path(f: Forger) -> bytes:
    """An extra field gives the file another name for programs that know it (0x7075)."""
    more = struct.pack("<HHBI", 0x7075, 5 + 8, 1, 0) + b"boese.sh"

    def said(name: str, head: bytes) -> bytes:
        return head[:30] + struct.pack("<H", len(more)) + head[32:] + more if name == CLAIM else head

    return rebuilt(f, central=said)


def _ending(f: Forger, offset: int, value: bytes) -> bytes:
    start = f.raw.rindex(END)
    return f.raw[: start + offset] + value + f.raw[start + offset + len(value) :]


@attack(GROUP, "number of files altered")
def count(f: Forger) -> bytes:
    """The end of the archive says that there is one file less."""
    return _ending(f, 8, struct.pack("<2H", len(f.files) - 1, len(f.files) - 1))


@attack(GROUP, "archive of several disks")
def disks(f: Forger) -> bytes:
    """The end of the archive says that it is the second of two disks."""
    return _ending(f, 4, struct.pack("<2H", 1, 0))


@attack(GROUP, "length of a comment without a comment")
def comment_length(f: Forger) -> bytes:
    """The end of the archive says that four bytes of comment follow, and none do."""
    return _ending(f, 20, struct.pack("<H", 4))


@attack(GROUP, "second end of the archive")
def two_ends(f: Forger) -> bytes:
    """The end stands twice; programs that search from the front and from the back see other archives."""
    return f.raw + f.raw[f.raw.rindex(END) :]


def _named(name: str, title: str, sentence: str) -> Callable[[Forger], bytes]:
    def forge(f: Forger) -> bytes:
        return with_name(f, name)

    forge.__doc__ = sentence
    return attack(GROUP, title)(forge)


_named("data/empty/", "folder of its own", "The archive holds a folder that no file needs.")
_named(
    "data/claim.json.", "name with a dot at its end", "Windows writes data/claim.json. over data/claim.json."
)
_named(
    "data/claim.json::$DATA",
    "name of a stream",
    "Windows writes data/claim.json::$DATA into data/claim.json.",
)
_named("data/con", "name of a device", "Windows opens a device for data/con.")
_named("./data/claim.json", "name with a dot before it", "Unpacked, ./data/claim.json is data/claim.json.")
_named("data//claim.json", "name with two slashes", "Unpacked, data//claim.json is data/claim.json.")
_named("data/x\ny.txt", "name with a line end", "A name makes two lines of a list of digests.")
_named("data/" + "x" * 300, "name that is too long", "A name is longer than a file system takes.")
_named(
    "META-INF/signatures.xml", "signature that nobody made", "A file lies where ASiC looks for signatures."
)
_named(
    "META-INF/ASiCManifest002.xml",
    "second manifest",
    "A second manifest lies beside the one that is stamped.",
)
_named(
    "manifest-sha512.txt",
    "list of stronger digests",
    "A manifest of SHA-512 lies there, which nothing covers.",
)
_named("fetch.txt", "files to fetch", "BagIt's list of files to fetch from the network lies in the bundle.")
