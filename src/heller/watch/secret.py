"""Secrets that `watch.toml` names: in a file of this user's alone that lies outside the case, or in the keyring.
They are never kept in the case, printed or logged."""

from __future__ import annotations

from pathlib import Path

from heller.machine.files import others_may_look
from heller.model.errors import InputRefused
from heller.model.text import Text, text

KEYRING = "keyring:"
LINES = 2  # of a file that are read


def lines_of(place: str, account: str, whose: Text, case: Path) -> tuple[str, ...]:
    """The lines of the secret, at least one; `place` is a file or `keyring:SERVICE`, `account` the name in it, `whose`
    says in a message what it is for. Raises InputRefused where it lies in the case or others may read it."""
    if place.startswith(KEYRING):
        return (_from_keyring(place.removeprefix(KEYRING), account, whose),)
    path = Path(place).expanduser()
    try:
        open_to_others = others_may_look(path)
        inside = path.resolve().is_relative_to(case.resolve())
        lines = tuple(path.read_text("utf-8").splitlines()[:LINES])
    except OSError as error:
        raise _refused(whose, text("cannot be read ({why})", why=error.strerror or str(error))) from error
    if inside:
        raise _refused(whose, text("lies in the case, which is handed on"))
    if open_to_others:
        raise _refused(whose, text("may be read by others: give it the mode 0600"))
    return lines or ("",)


def _from_keyring(service: str, account: str, whose: Text) -> str:
    try:
        import keyring
    except ImportError as error:
        raise _refused(
            whose, text("lies in the keyring, and the Python package keyring is not installed")
        ) from error
    found: str | None = keyring.get_password(service, account)
    if found is None:
        raise _refused(whose, text("is not in the keyring"))
    return found


def _refused(whose: Text, why: Text) -> InputRefused:
    return InputRefused(
        text("The secret of {whose} {why}.", whose=whose, why=why),
        text("Without it nobody can be asked or told."),
        text("Write it into a file outside the case, mode 0600, and name that file in watch.toml."),
    )
