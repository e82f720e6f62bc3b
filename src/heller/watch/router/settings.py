"""Which routers a watch asks (`[[router]]` of watch.toml), and the secret that each wants: from a file of this user's
alone that lies outside the case, or from the keyring. It is never kept in the case, printed or logged.
"""

from __future__ import annotations

import stat
from ipaddress import ip_address
from pathlib import Path

from msgspec import Struct

from heller.model.errors import InputRefused
from heller.model.text import Text, text

KINDS = ("fritzbox", "snmp")
EVERY = 300.0  # seconds between two looks
FASTEST = 10.0
KEYRING = "keyring:"


class Router(Struct, frozen=True, forbid_unknown_fields=True):
    """A table `[[router]]`. `secret` is a file (mode 0600; first line the password, the community or the authentication
    key of SNMPv3, second line its privacy key) or `keyring:SERVICE`; `interface` the ifIndex of SNMP. With a `user`
    SNMP is version 3, else 2c."""

    name: str
    kind: str
    address: str
    secret: str
    user: str = ""
    port: int = 0
    every: float = EVERY
    interface: int = 1

    @property
    def host(self) -> str:
        """The address as it stands in a URL."""
        return f"[{self.address}]" if ":" in self.address else self.address


def check(router: Router) -> None:
    """Raises ValueError with what is wrong."""
    if not router.name.replace("-", "").isalnum():
        raise ValueError("the name of a router has letters, digits and '-' only")
    if router.kind not in KINDS:
        raise ValueError(f"a router is asked by {' or '.join(KINDS)}")
    if not (ip_address(router.address).is_private or ip_address(router.address).is_loopback):
        raise ValueError("a router that is asked stands in the own house: its address is a private one")
    if router.every < FASTEST:
        raise ValueError(f"a router is asked every {FASTEST:.0f} seconds at most")
    if not router.secret:
        raise ValueError("a router needs 'secret': a file outside the case, or keyring:SERVICE")


def secret_of(router: Router, case: Path) -> tuple[str, ...]:
    """The lines of the secret; raises InputRefused where it lies in the case or others may read it."""
    if router.secret.startswith(KEYRING):
        return (_from_keyring(router),)
    path = Path(router.secret).expanduser()
    try:
        mode = path.stat().st_mode
        inside = path.resolve().is_relative_to(case.resolve())
        lines = tuple(path.read_text("utf-8").splitlines()[:2])
    except OSError as error:
        raise _refused(router, text("cannot be read ({why})", why=error.strerror or str(error))) from error
    if inside:
        raise _refused(router, text("lies in the case, which is handed on"))
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise _refused(router, text("may be read by others: give it the mode 0600"))
    return lines or ("",)


def _from_keyring(router: Router) -> str:
    try:
        import keyring
    except ImportError as error:
        raise _refused(
            router, text("lies in the keyring, and the Python package keyring is not installed")
        ) from error
    found: str | None = keyring.get_password(router.secret.removeprefix(KEYRING), router.user or router.name)
    if found is None:
        raise _refused(router, text("is not in the keyring"))
    return found


def _refused(router: Router, why: Text) -> InputRefused:
    return InputRefused(
        text("The secret of the router {name} {why}.", name=router.name, why=why),
        text("Without it the router cannot be asked."),
        text("Write it into a file outside the case, mode 0600, and name that file in watch.toml."),
    )
