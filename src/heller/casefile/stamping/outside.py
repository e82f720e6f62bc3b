"""What bounds the time of a case without an authority: people who were told, rounds of a beacon, tills.

| entry | what it bounds | how well |
| --- | --- | --- |
| `witness` | the anchor existed when somebody received it | shown, not proven: as good as who says so |
| `beacon` of drand | what follows was not written before the round | proven where the signature was checked |
| `beacon` of a TSE | what follows is younger than the receipt; an anchor in it is older | the clock is the till's |
"""

from __future__ import annotations

import io
from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from msgspec import Struct

from heller.casefile.stamping import shelf
from heller.casefile.stamping.settings import trust_of
from heller.casefile.stamping.work import rfc3339
from heller.journal import store
from heller.journal.asn1 import x509
from heller.journal.beacons import drand, tse
from heller.journal.clock import read_clock
from heller.journal.short_anchor import digest_of, line_of
from heller.journal.stamps import chain
from heller.model.errors import InputRefused
from heller.model.text import Text, text

LIMIT = 64 << 10  # bytes of a round or of a receipt's text


class AnchorForPeople(Struct, frozen=True):
    """The newest anchor for people: its line of text, and where its QR code lies."""

    anchor: shelf.Anchor
    line: str
    message: str
    png: Path
    svg: Path
    terminal: str


def show(folder: Path) -> AnchorForPeople:
    """The newest anchor as a line of text and as a QR code, in `derived/`. Makes one where it is needed."""
    import segno

    anchor = shelf.newest_anchor(folder)
    line = line_of(anchor.digest)
    message = f"HELLER {anchor.number} {line}"
    code = segno.make(message, error="m", micro=False)
    png, svg, screen = io.BytesIO(), io.BytesIO(), io.StringIO()
    code.save(png, kind="png", scale=8, border=4)
    code.save(svg, kind="svg", scale=8, border=4)
    code.terminal(screen, compact=True, border=2)
    paths = [folder / "derived" / f"anchor-{anchor.number:06}.{kind}" for kind in ("png", "svg")]
    for path, data in zip(paths, (png, svg), strict=True):
        shelf.keep(path, data.getvalue())
    return AnchorForPeople(anchor, line, message, paths[0], paths[1], screen.getvalue())


def witness(
    folder: Path, who: str, at: datetime, channel: str, read_back: str = "", now: datetime | None = None
) -> int:
    """Write down who received an anchor when; returns the number of the entry.

    `read_back` is the line as the witness repeated it: it says which anchor was meant, and that it arrived
    whole. Without it the newest one is meant. Raises InputRefused where no anchor fits.
    """
    anchor = _meant(folder, read_back)
    if not who.strip():
        raise _refused(text("Say who received the anchor."))
    body = {
        "anchor": anchor.digest,
        "channel": channel,
        "grade": "stated",
        "number": anchor.number,
        "read_back": bool(read_back),
        "size": anchor.size,
        "time": rfc3339(at),
        "who": who.strip(),
    }
    return store.append(folder, [("witness", body)], read_clock(now))


def _meant(folder: Path, read_back: str) -> shelf.Anchor:
    known = shelf.anchors(folder)
    if not known:
        raise _refused(text("There is no anchor yet; print one with: heller stamp CASE --offline"))
    if not read_back:
        return known[-1]
    try:
        digest = digest_of(read_back)
    except ValueError:
        raise _refused(text("The line was not read back rightly: its check does not hold.")) from None
    for anchor in known:
        if anchor.digest == digest:
            return anchor
    raise _refused(text("The line is that of no anchor of this case."))


def beacon(folder: Path, path: Path, now: datetime | None = None) -> drand.Round:
    """Write a round of drand into the journal: nothing after it was written before it."""
    try:
        got = drand.read(_bytes(path))
    except ValueError as error:
        raise _refused(
            text("{name} is no round of drand: {reason}.", name=path.name, reason=str(error))
        ) from error
    body: dict[str, Any] = {
        "digest": got.randomness,
        "ref": f"{got.network} {got.number}",
        "round": _bytes(path).decode("utf-8", "replace"),
        "signature": got.signature,
        "source": "drand",
        "time": rfc3339(got.at),
    }
    store.append(folder, [("beacon", body)], read_clock(now))
    return got


class Till(Struct, frozen=True):
    """A receipt that holds. `anchor` is the one that its data name, where they do. `proven`: its key is that
    of a certificate that leads to a trusted root; without that anybody could have made the key."""

    receipt: tse.Receipt
    anchor: shelf.Anchor | None
    proven: bool


def till(folder: Path, given: str, certificate: Path | None = None, now: datetime | None = None) -> Till:
    """Check a till receipt's QR code and write it into the journal. Raises InputRefused where it does not hold.

    `given` is the text of the code, or the name of a text file that holds it; `certificate` that of the TSE,
    with those that lead from it to a root, as the till's export holds them.
    """
    code = given if given.startswith("V0;") else _bytes(Path(given)).decode("utf-8", "replace")
    code = "".join(code.splitlines()).strip()
    try:
        receipt = tse.read(code)
        holds = tse.holds(receipt)
    except ValueError as error:
        raise _refused(text("The receipt cannot be read: {reason}.", reason=str(error))) from error
    if not holds:
        raise _refused(text("The receipt's signature does not hold: something in it was changed."))
    along = _certificates(certificate)
    anchor, proven = _anchor_in(folder, receipt.data), _proven(folder, receipt, along)
    body: dict[str, Any] = {
        "certificates": [b64encode(der).decode() for der in along],
        "code": code,
        "counter": receipt.counter,
        "digest": sha256(code.encode()).hexdigest(),
        "key": receipt.key.hex(),
        "ref": f"{receipt.serial} {receipt.counter}",
        "signature": receipt.signature.hex(),
        "source": "tse",
        "time": rfc3339(receipt.ended),
        "transaction": receipt.transaction,
    }
    if anchor is not None:
        body |= {"anchor": anchor.digest, "number": anchor.number, "size": anchor.size}
    store.append(folder, [("beacon", body)], read_clock(now))
    return Till(receipt, anchor, proven)


def _certificates(path: Path | None) -> tuple[bytes, ...]:
    """The certificates of a file, DER; they go into the journal, so that anybody can check the receipt again."""
    if path is None:
        return ()
    try:
        return chain.certificates(_bytes(path))
    except (ValueError, TypeError) as error:
        raise _refused(text("{name} holds no certificate.", name=path.name)) from error


def _proven(folder: Path, receipt: tse.Receipt, given: Sequence[bytes]) -> bool:
    """Whether the receipt's key is that of a module whose certificate leads to a trusted root."""
    if not given:
        return False
    found = [x509.Certificate.load(der) for der in given]
    for one in found:
        if bytes(one.public_key["public_key"]) == receipt.key:
            return chain.leads(one, found, receipt.ended, trust_of(folder))
    raise _refused(text("The certificate is not that of the module which signed the receipt."))


def _anchor_in(folder: Path, data: str) -> shelf.Anchor | None:
    """The anchor whose digest or spoken line the till signed, as a 'SonstigerVorgang' allows."""
    plain = data.upper().replace(" ", "")
    for anchor in shelf.anchors(folder):
        line = line_of(anchor.digest).replace(" ", "")
        if anchor.digest.upper() in plain or line in plain:
            return anchor
    return None


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise _refused(text("{name} cannot be read: {reason}.", name=str(path), reason=reason)) from error
    if len(data) > LIMIT or b"\0" in data:
        raise _refused(
            text("{name} is no text; scan the code with a telephone and add what it says.", name=path.name)
        )
    return data


def _refused(what: Text) -> InputRefused:
    return InputRefused(
        what, text("Nothing was written; the case is as it was."), text("See: heller stamp --help")
    )
