"""Which authorities stamp a case: the file `stamping.json` beside the journal.

It is a plain file and no entry: an address may hold a password, which must not travel in a bundle; and
changing it is no event of the case. Which authority stamped what stands in the entry of each stamp.
The roots that are trusted lie as PEM under `anchors/trust/` and do travel.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

import msgspec
from msgspec import Struct

from heller.casefile.stamping.shelf import keep
from heller.journal.asn1 import pem
from heller.journal.places import ANCHORS
from heller.journal.stamps import chain
from heller.model.errors import InputRefused
from heller.model.text import text

FILE = "stamping.json"
TRUST = "trust"


class Authority(Struct, frozen=True):
    """One time stamping authority. `name` stands in file names. `qualified`: the user says that it is on
    a trusted list under Regulation (EU) No 910/2014; Heller does not look that up."""

    name: str
    url: str
    qualified: bool = False
    policy: str = ""


class Settings(Struct, frozen=True):
    """Authorities, and addresses of this machine whose lines may be tried beside the usual one."""

    authorities: tuple[Authority, ...] = ()
    sources: tuple[str, ...] = ()


def load(folder: Path) -> Settings:
    """The settings of a case; none where there is no file. Raises InputRefused where it is spoilt."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputRefused(
            what=text("{name} cannot be read: {reason}.", name=FILE, reason=str(error)),
            why=text("It says which authorities stamp this case."),
            do=text("Delete it and name the authorities again with: heller stamp CASE --tsa URL"),
        ) from error


def add(
    folder: Path,
    urls: Sequence[str] = (),
    roots: Sequence[Path] = (),
    *,
    qualified: bool = False,
    sources: Sequence[str] = (),
) -> Settings:
    """Add authorities, roots and lines to the settings; what is there already is not doubled."""
    old = load(folder)
    lines = [_line(said) for said in sources]
    pems = [(path, _certificates(path)) for path in roots]
    known = {authority.url: authority for authority in old.authorities}
    for url in urls:
        taken = {a.name for a in known.values() if a.url != url}
        known[url] = Authority(_name(url, taken), url, qualified)
    for _, found in pems:
        for der in found:
            keep(trust_path(folder, der), pem.armor("CERTIFICATE", der))
    new = Settings(tuple(known.values()), tuple(dict.fromkeys((*old.sources, *lines))))
    if new != old:
        keep(folder / FILE, msgspec.json.format(msgspec.json.encode(new)) + b"\n")
    return new


def trust_of(folder: Path) -> chain.Trust:
    """The certificates under `anchors/trust/`: self-issued ones are roots, the others lead to them."""
    roots: list[bytes] = []
    others: list[bytes] = []
    for path in sorted((folder / ANCHORS / TRUST).glob("*.pem")):
        for der in _certificates(path):
            (roots if chain.self_issued(der) else others).append(der)
    return chain.Trust(tuple(roots), tuple(others))


def trust_path(folder: Path, der: bytes) -> Path:
    """Where a certificate lies: under its own digest."""
    return folder / ANCHORS / TRUST / f"{sha256(der).hexdigest()[:16]}.pem"


def _certificates(path: Path) -> tuple[bytes, ...]:
    try:
        return chain.certificates(path.read_bytes())
    except (OSError, ValueError, TypeError) as error:
        raise InputRefused(
            what=text("{name} holds no certificate.", name=str(path)),
            why=text("A stamp is worth as much as the root that its certificate leads to."),
            do=text("Name the root certificate that the authority publishes, as PEM or DER."),
        ) from error


def _line(said: str) -> str:
    """An own address, in its usual form."""
    try:
        return str(ip_address(said.strip()))
    except ValueError as error:
        raise InputRefused(
            what=text("{said} is no IP address.", said=said),
            why=text("Another line is chosen by the address that this machine has on it."),
            do=text("See the addresses of this machine with: ip address"),
        ) from error


def _name(url: str, taken: set[str]) -> str:
    """A short name for files: host and path of the address."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputRefused(
            what=text("{url} is no address of an authority.", url=url),
            why=text("Stamps are asked for over http or https (RFC 3161, section 3.4)."),
            do=text("Write it as https://tsa.example.org/tsr"),
        )
    plain = re.sub(r"[^a-z0-9]+", "-", f"{parts.hostname}{parts.path}".lower()).strip("-")[:40]
    return next(n for n in (plain, *(f"{plain}-{i}" for i in range(2, 99))) if n not in taken)
