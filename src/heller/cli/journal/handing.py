"""Text that is handed to others: on the screen or into a file, signed where somebody has a key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.screen import tr
from heller.cli.written_file import writing
from heller.journal import checkpoint
from heller.journal.anchor import Anchor
from heller.model.errors import InputRefused
from heller.model.text import Text, text

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

Key: TypeAlias = Annotated[
    Path | None, Parameter(help=tr("Ed25519 key (PEM) that signs the head; without it it is not signed."))
]
Out: TypeAlias = Annotated[Path | None, Parameter(help=tr("Write it to this file instead of the screen."))]
LARGEST = 4 << 20  # bytes of a proof or of an anchor


def checkpoint_of(head: Anchor, key: Path | None) -> checkpoint.Checkpoint:
    """The head of an anchor, signed where there is a key."""
    made = checkpoint.checkpoint(head)
    return made if key is None else checkpoint.sign(made, private(key))


def private(path: Path) -> Ed25519PrivateKey:
    """The key in a PEM file; raises InputRefused."""
    from cryptography.hazmat.primitives.asymmetric import ed25519
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(read(path), None)
    except (ValueError, TypeError) as error:
        raise _no_key(path) from error
    if not isinstance(key, ed25519.Ed25519PrivateKey):
        raise _no_key(path)
    return key


def public(path: Path) -> Ed25519PublicKey:
    """The public key in a PEM file; raises InputRefused."""
    from cryptography.hazmat.primitives.asymmetric import ed25519
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        key = load_pem_public_key(read(path))
    except (ValueError, TypeError) as error:
        raise _no_key(path) from error
    if not isinstance(key, ed25519.Ed25519PublicKey):
        raise _no_key(path)
    return key


def _no_key(path: Path) -> InputRefused:
    return InputRefused(
        text("{name} is no Ed25519 key in PEM without a password.", name=path.name),
        text("Heller signs with Ed25519."),
        text("Make one with: openssl genpkey -algorithm ed25519 -out key.pem"),
    )


def read(path: Path) -> bytes:
    """A small file; raises InputRefused."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refusal(text("{name} cannot be read: {reason}.", name=str(path), reason=reason)) from error
    if len(data) > LARGEST:
        raise refusal(text("{name} is too large for a proof or an anchor.", name=path.name))
    return data


def refusal(what: Text) -> InputRefused:
    """A file or number that cannot be used."""
    return InputRefused(
        what, text("Nothing was written; the case is as it was."), text("See: heller journal --help")
    )


def give(said: str, out: Path | None, sign: bool) -> None:
    """The text as it is, byte for byte; beside it, on standard error, what it lacks."""
    if out is None:
        screen.out().file.write(said)
    else:
        why = text("Nothing was written; the case is as it was.")
        with writing(out, why, text("Name another file, in a folder that may be written to.")):
            out.write_bytes(said.encode())
        screen.out().print(screen.words()(text("Written to {name}.", name=str(out))))
    if not sign:
        screen.err().print(
            tr(
                "The head is not signed: it proves what it says only together with an anchor"
                " that somebody else holds or that was stamped."
            ),
            style="dim",
        )
