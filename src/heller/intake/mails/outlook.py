"""What an Outlook file (.msg) holds: MS-OXMSG, the properties by MS-OXPROPS. Knows nothing of records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, formataddr
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from heller.intake.reading import DEPTH

if TYPE_CHECKING:
    from olefile import OleFileIO

MOST = 2048  # attachments and recipients of one mail (MS-OXMSG 2.2.1, 2.2.2)
EPOCH = datetime(1601, 1, 1, tzinfo=UTC)  # MS-OXCDATA 2.11.1, PtypTime: steps of 100 ns since then
HEADER = {"message": 32, "embedded": 24, "part": 8}  # bytes before the fixed properties (MS-OXMSG 2.4.1)

# MS-OXPROPS, by the last part of their names.
SUBJECT, BODY, HTML, RICH = 0x0037, 0x1000, 0x1013, 0x1009
SUBMITTED, DELIVERED = 0x0039, 0x0E06
SENT_BY, SENT_BY_ADDRESS, SENT_BY_SMTP = 0x0042, 0x0065, 0x5D02
SENDER, SENDER_ADDRESS, SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
TO, CC, MESSAGE_ID, TRANSPORT = 0x0E04, 0x0E03, 0x1035, 0x007D
CODEPAGE, INTERNET_CODEPAGE = 0x3FFD, 0x3FDE
NAME, ADDRESS, SMTP, ROLE = 0x3001, 0x3003, 0x39FE, 0x0C15
LONG_NAME, SHORT_NAME, DATA, CONTENT_ID, KIND = 0x3707, 0x3704, 0x3701, 0x3712, 0x370E
ROLES = {1: "To", 2: "Cc"}  # of a recipient; 3 is a blind copy


class File(Struct, frozen=True):
    """An attachment: its bytes, or the mail that it is."""

    name: str
    data: bytes = b""
    inner: Message | None = None


class Message(Struct, frozen=True):
    """A mail: headers in order, its text (`html` or plain), and whether it is there as RTF only."""

    headers: tuple[tuple[str, str], ...]
    body: str = ""
    html: bool = False
    only_rich: bool = False
    files: tuple[File, ...] = ()


def message(data: bytes) -> Message | None:
    """The mail in a compound file; None where the file is broken or holds none."""
    import olefile

    try:
        with olefile.OleFileIO(BytesIO(data)) as ole:
            whole = _Storage(_Tree(ole), (), HEADER["message"])
            return _message(whole, DEPTH) if whole.fixed or whole.streams else None
    except (
        OSError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        OverflowError,
        RecursionError,
        AttributeError,
    ):
        return None  # broken files are answered with many kinds of errors


class _Tree:
    """The names of a compound file by the storage in which they stand, listed once."""

    def __init__(self, ole: OleFileIO) -> None:
        self.ole = ole
        self.storages, self.streams = (
            _under(ole.listdir(streams=streams, storages=not streams)) for streams in (False, True)
        )


def _under(paths: list[list[str]]) -> dict[tuple[str, ...], list[str]]:
    found: dict[tuple[str, ...], list[str]] = {}
    for *folder, name in paths:
        found.setdefault(tuple(folder), []).append(name)
    return found


class _Storage:
    """The properties of one object: those of a fixed length by their number, the others as streams."""

    def __init__(self, tree: _Tree, path: tuple[str, ...], header: int) -> None:
        self.tree, self.path = tree, path
        self.storages = sorted(tree.storages.get(path, ()))
        self.streams = {name.upper(): name for name in tree.streams.get(path, ())}
        self.fixed = dict(_fixed(self._bytes("__properties_version1.0")[header:]))

    def _bytes(self, name: str) -> bytes:
        found = self.streams.get(name.upper())
        return bytes(self.tree.ole.openstream([*self.path, found]).read()) if found else b""

    def number(self, tag: int) -> int:
        """A number, a flag or an instant as it is kept; 0 where there is none."""
        return int.from_bytes(self.fixed.get(tag, b""), "little")

    def binary(self, tag: int) -> bytes:
        """The bytes of a property."""
        return self._bytes(f"__substg1.0_{tag:04X}0102")

    def said(self, *tags: int) -> str:
        """The first of some properties that says something."""
        return next(filter(None, map(self._text, tags)), "")

    def _text(self, tag: int) -> str:
        wide = self._bytes(f"__substg1.0_{tag:04X}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        return _decoded(self._bytes(f"__substg1.0_{tag:04X}001E"), self.number(CODEPAGE)).rstrip("\0")

    def is_part_of_text(self) -> bool:
        """Whether an attachment is a picture that the text shows, such as a logo."""
        return self.said(KIND).startswith("image/") and bool(self.said(CONTENT_ID))

    def parts(self, kind: str) -> Iterator[_Storage]:
        """The storages of recipients ('recip') or attachments ('attach')."""
        names = [name for name in self.storages if name.lower().startswith(f"__{kind}_version1.0_#")]
        for name in names[:MOST]:
            yield _Storage(self.tree, (*self.path, name), HEADER["part"])

    def embedded(self) -> _Storage | None:
        """The mail that an attachment is (MS-OXMSG 2.2.2.1)."""
        name = next((n for n in self.storages if n.upper() == f"__SUBSTG1.0_{DATA:04X}000D"), None)
        return _Storage(self.tree, (*self.path, name), HEADER["embedded"]) if name else None


def _fixed(entries: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and eight bytes of each property of a fixed length (MS-OXMSG 2.4.2)."""
    for at in range(0, len(entries) - 15, 16):
        yield int.from_bytes(entries[at + 2 : at + 4], "little"), entries[at + 8 : at + 16]


def _decoded(data: bytes, codepage: int) -> str:
    names = {0: "cp1252", 65001: "utf-8", 20127: "ascii", 28591: "latin-1"}
    try:
        return data.decode(names.get(codepage, f"cp{codepage}"), "replace")
    except LookupError:
        return data.decode("cp1252", "replace")


def _message(found: _Storage, depth: int) -> Message:
    body, html = found.said(BODY), False
    if not body.strip():
        page = found.said(HTML) or _decoded(found.binary(HTML), found.number(INTERNET_CODEPAGE))
        body, html = page, bool(page)
    return Message(
        headers=tuple((name, " ".join(said.split())) for name, said in _headers(found) if said.strip()),
        body=body.replace("\0", ""),
        html=html,
        only_rich=not body.strip() and bool(found.binary(RICH)),
        files=tuple(_files(found, depth)),
    )


def _headers(found: _Storage) -> Iterator[tuple[str, str]]:
    sender = _address(found.said(SENT_BY), found.said(SENT_BY_SMTP, SENT_BY_ADDRESS))
    sender = sender or _address(found.said(SENDER), found.said(SENDER_SMTP, SENDER_ADDRESS))
    came = dict(_received(found.said(TRANSPORT)))
    sent = found.number(SUBMITTED) or found.number(DELIVERED)
    yield "From", sender or came.get("from", "")
    yield (
        "Date",
        format_datetime(EPOCH + timedelta(microseconds=sent // 10)) if sent else came.get("date", ""),
    )
    yield "Subject", found.said(SUBJECT) or came.get("subject", "")
    people = [
        (ROLES.get(one.number(ROLE), ""), _address(one.said(NAME), one.said(SMTP, ADDRESS)))
        for one in found.parts("recip")
    ]
    for role, tag in (("To", TO), ("Cc", CC)):
        named = ", ".join(address for own, address in people if own == role and address)
        yield role, named or came.get(role.lower(), "") or found.said(tag)
    yield "Message-ID", found.said(MESSAGE_ID) or came.get("message-id", "")


def _received(headers: str) -> Iterator[tuple[str, str]]:
    """The headers as they came with the mail, where Outlook has kept them."""
    if headers:
        from email.parser import HeaderParser

        for name, said in HeaderParser().parsestr(headers).items():
            yield name.lower(), str(said)


def _address(name: str, address: str) -> str:
    """'Name <address>' as a header writes it, without an address of Exchange's own directory ('/o=...')."""
    plain = " ".join(name.replace('"', "").replace("\0", "").split())
    mailbox = "".join(c for c in address if c.isascii() and c.isprintable() and c not in "<> ")
    if "@" not in mailbox:
        return f'"{plain}"' if plain and "@" not in plain else plain
    return formataddr((plain if plain != mailbox else "", mailbox))


def _files(found: _Storage, depth: int) -> Iterator[File]:
    for n, one in enumerate(found.parts("attach"), 1):
        inner = one.embedded()
        name = " ".join(one.said(LONG_NAME, SHORT_NAME, NAME).split())
        if inner is not None and depth:
            mail = _message(inner, depth - 1)
            title = name or dict(mail.headers).get("Subject", "") or f"part-{n}"
            yield File(title if title.lower().endswith(".eml") else f"{title}.eml", inner=mail)
        elif (data := one.binary(DATA)) and not one.is_part_of_text():
            yield File(name or f"part-{n}", data)
