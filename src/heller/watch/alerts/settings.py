"""Who is told what: the tables `[[tell]]`, `[heartbeat]`, `[[watcher]]` and `[mqtt]` of `watch.toml`.

Addresses of services hold passwords: they lie as secrets outside the case (heller.watch.secret).
"""

from __future__ import annotations

from ipaddress import ip_address

from msgspec import Struct

from heller.watch import checks
from heller.watch.alerts.news import Kind

AFTER = 30.0  # seconds of silence from which a line is said to be down, of answers from which it is back
BEAT = 60.0  # seconds between two beats
PATIENCE = 180.0  # seconds without a beat from which another watcher is said to be silent
FASTEST = 5.0


class Tell(Struct, frozen=True, forbid_unknown_fields=True):
    """A table `[[tell]]`: somebody who is told. `secret` holds the address of the service as apprise writes it, `of`
    what is told (all where it is empty), `names` whether the case, the other side and what a day is about may stand
    in it; with `local` the service stands in the own house and is reached without any uplink."""

    name: str
    secret: str
    of: tuple[Kind, ...] = ()
    names: bool = False
    local: bool = False


class Heartbeat(Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[heartbeat]`: the secret is a URL that is asked every so many seconds for as long as the watch
    runs."""

    secret: str
    every: float = BEAT
    local: bool = False


class OtherWatcher(Struct, frozen=True, forbid_unknown_fields=True):
    """A table `[[watcher]]`: another Heller whose heartbeat comes to this one. Its URL is `http://LISTEN/SECRET`."""

    name: str
    secret: str
    listen: str
    patience: float = PATIENCE

    @property
    def place(self) -> tuple[str, int]:
        """Address and port on which is listened."""
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)


class Mqtt(Struct, frozen=True, forbid_unknown_fields=True):
    """The table `[mqtt]`: a broker in the own house that is told the state of each line, as Home Assistant finds it."""

    host: str
    port: int = 0
    user: str = ""
    secret: str = ""
    tls: bool = False
    prefix: str = "homeassistant"


class Alerts(Struct, frozen=True):
    """All of it."""

    tell: tuple[Tell, ...] = ()
    heartbeat: Heartbeat | None = None
    watcher: tuple[OtherWatcher, ...] = ()
    mqtt: Mqtt | None = None
    after: float = AFTER

    @property
    def any(self) -> bool:
        """Whether anybody is told anything."""
        return bool(self.tell or self.heartbeat or self.watcher or self.mqtt)


def check(alerts: Alerts) -> None:
    """Raises ValueError with what is wrong."""
    for names in ([one.name for one in alerts.tell], [one.name for one in alerts.watcher]):
        if "" in names or len(set(names)) < len(names):
            raise ValueError("whoever is told, and each other watcher, needs a name of its own")
    secrets = [one.secret for one in alerts.tell] + [one.secret for one in alerts.watcher]
    if "" in secrets or (alerts.heartbeat and not alerts.heartbeat.secret):
        raise ValueError(
            "tell, heartbeat and watcher need 'secret': a file outside the case, or keyring:SERVICE"
        )
    if alerts.after < FASTEST or (alerts.heartbeat and alerts.heartbeat.every < FASTEST):
        raise ValueError(f"after and every are {FASTEST:.0f} seconds at least")
    for watcher in alerts.watcher:
        host, port = watcher.place
        at = ip_address(host)
        if not (at.is_private or at.is_loopback):
            raise ValueError("another watcher is listened to in the own house: listen is a private address")
        checks.port(port)
        if watcher.patience < FASTEST:
            raise ValueError(f"patience is {FASTEST:.0f} seconds at least")
