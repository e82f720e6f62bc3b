"""Which routers a watch asks (`[[router]]` of watch.toml), and the secret that each wants."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path

from msgspec import Struct

from heller.model.text import text
from heller.watch import secret

KINDS = ("fritzbox", "snmp")
EVERY = 300.0  # seconds between two looks
FASTEST = 10.0


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
    whose = text("the router {name}", name=router.name)
    return secret.lines_of(router.secret, router.user or router.name, whose, case)
