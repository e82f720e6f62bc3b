"""An emulated network for tests: a client, its router, its provider, a mobile line and an internet.

Nothing leaves the machine. A test asks for the fixture `network` (one per worker, set up once in about a second):

    def test_something(network):
        watch = network.client.start(sys.executable, "-m", "heller", "watch", ..., stdout=PIPE)
        with network.fault("silent") as cut:            # one of FAULTS, for as long as the block lasts
            time.sleep(8)
        assert cut.on[0] <= outage_start <= cut.on[1]   # the truth, microseconds since 1970
        power_cut(watch)                                # SIGKILL
        with network.client.entered():                  # or in this very process: sockets are made in there
            asyncio.run(...)

```
client --- switch --- router ---------- provider --- internet
 .20 (.21)            .1   100.64.0.2/.1        198.51.100.2/.1
                        \\--- mobile ------------------/
                        100.96.0.2/.1    198.51.100.6/.5
```

| place | link | addresses |
| --- | --- | --- |
| client | eth0 | 192.168.178.20 (main line), .21 (goes out over the mobile line), 2001:db8:178::20 |
| router | lan, wan, lte | 192.168.178.1, 100.64.0.2, 100.96.0.2; masquerades IPv4 |
| provider | line, core | 100.64.0.1 (first hop), 198.51.100.2 |
| mobile | radio, core | 100.96.0.1 (first hop), 198.51.100.6 |
| internet | provider, mobile, lo | TARGETS, DNS servers, a web server on every address (ports 80 and 443) |

The line carries 34 Mbit/s (`tc tbf`) where the kernel has it. `ping_group_range` is open in the client, so ICMP
works there without privileges. In the client /etc/resolv.conf names DNS[0]. `network.ca` is the file of the
authority that signed the web server's certificate (www.test, *.heller.test and all addresses).

DNS: every name has A 203.0.113.10 and AAAA 2001:db8:113::10, except nx.* (NXDOMAIN) and broken.* (SERVFAIL).
Web: /ip says from where one came, /bytes/N sends N bytes, POST anywhere takes what comes, /status/N answers N,
all else is a short page.

More than the eight faults: `fault("cable")` (the client's own plug is pulled), `delay(ms)` (each way, by a TUN
program in the provider), `iperf3()`; and what befalls the watcher itself stands in tests/net/watcher.py:
`suspended(process)`, `power_cut(process)`, `Clock` (its wall clock set while it runs); and
`place.start(..., boottime=1000)` is another boot clock, as after a restart of the machine.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.net import certificate, faults
from tests.net.faults import FAULTS, Cut, timed
from tests.net.place import Place

from heller.watch.probe_types import probe_types

TARGETS = ("203.0.113.10", "192.0.2.10", "203.0.113.20", "192.0.2.20", "203.0.113.30", "192.0.2.30")
TARGETS6 = ("2001:db8:113::10", "2001:db8:113::20")
DNS = ("203.0.113.53", "192.0.2.53")
DNS6 = ("2001:db8:113::53",)
# Who is asked where nobody is named, so that the list that comes with Heller can be watched in here.
KNOWN = tuple(
    address
    for kind in probe_types().values()
    for known in kind.targets
    for address in (known.address, known.six)
)
KNOWN = tuple(dict.fromkeys(KNOWN))
CLIENT, CLIENT_MOBILE, CLIENT6 = "192.168.178.20", "192.168.178.21", "2001:db8:178::20"
GATEWAY, HOP, MOBILE_HOP = "192.168.178.1", "100.64.0.1", "100.96.0.1"
PUBLIC, PUBLIC_MOBILE = "100.64.0.2", "100.96.0.2"  # what the internet sees
MBIT = 34
# A line of PPP asks for no neighbour and holds no packet back until one answers; so the ends know each other.
WAN_MAC, LINE_MAC = "02:00:00:00:00:02", "02:00:00:00:00:01"

__all__ = ["FAULTS", "Cut", "Network"]
PLACES = ("client", "switch", "router", "provider", "mobile", "internet")
HERE = Path(__file__).parent

FILTER = """
table inet flt {
  chain cfwd { type filter hook forward priority 0; }
  chain cinp { type filter hook input priority 0; }
}
"""
MASQUERADE = """
table ip nat {
  chain post { type nat hook postrouting priority 100; oifname { "wan", "lte" } masquerade; }
}
"""


class Network:
    """The places, and what can go wrong between them."""

    client: Place
    switch: Place
    router: Place
    provider: Place
    mobile: Place
    internet: Place

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ca = folder / "ca.pem"
        self.shaped = False
        with ExitStack() as undo:
            for name in PLACES:
                place = Place(name)
                undo.callback(place.close)
                setattr(self, name, place)
            self._cables()
            self._kernel()
            self._addresses()
            self._filters()
            self._servers()
            self._close = undo.pop_all()

    def close(self) -> None:
        """Take everything down."""
        self._close.close()

    # How it is built

    def _cables(self) -> None:
        for here, link, there, peer in (
            (self.client, "eth0", self.switch, "client"),
            (self.router, "lan", self.switch, "router"),
            (self.router, "wan", self.provider, "line"),
            (self.router, "lte", self.mobile, "radio"),
            (self.provider, "core", self.internet, "provider"),
            (self.mobile, "core", self.internet, "mobile"),
        ):
            here.ip(f"link add {link} type veth peer name {peer} netns {there.pid}")

    def _kernel(self) -> None:
        for place in (self.router, self.provider, self.mobile, self.internet):
            place.sysctl(
                {
                    "net.ipv4.ip_forward": "1",
                    "net.ipv6.conf.all.forwarding": "1",
                    "net.ipv4.icmp_ratelimit": "0",
                    "net.ipv6.icmp.ratelimit": "0",
                    "net.ipv4.conf.all.rp_filter": "0",
                    "net.ipv4.conf.default.rp_filter": "0",
                    "net.ipv6.conf.all.keep_addr_on_down": "1",
                }
            )
        self.client.sysctl(
            {"net.ipv4.ping_group_range": "0 2147483647", "net.ipv6.conf.all.keep_addr_on_down": "1"}
        )

    def _addresses(self) -> None:
        self.switch.ip(
            "link add bridge type bridge",
            *(f"link set {port} master bridge up" for port in ("client", "router")),
            "link set bridge up",
        )
        self.client.ip(
            *_up(("eth0", CLIENT + "/24"), ("eth0", CLIENT_MOBILE + "/24"), ("eth0", CLIENT6 + "/64")),
            f"route add default via {GATEWAY} src {CLIENT}",
            "route add ::/0 via 2001:db8:178::1",
        )
        self.router.ip(
            *_up(
                ("lan", GATEWAY + "/24"),
                ("lan", "2001:db8:178::1/64"),
                ("wan", PUBLIC + "/30"),
                ("wan", "2001:db8:64::2/64"),
                ("lte", PUBLIC_MOBILE + "/30"),
            ),
            *(
                f"route add default via {MOBILE_HOP} table 102",
                "route add 192.168.178.0/24 dev lan table 102",
            ),
            f"rule add from {CLIENT_MOBILE} lookup 102",
        )
        self.provider.ip(
            *_up(
                ("line", HOP + "/30"),
                ("line", "2001:db8:64::1/64"),
                ("core", "198.51.100.2/30"),
                ("core", "2001:db8:51::2/64"),
            ),
            "route add default via 198.51.100.1",
            "route add ::/0 via 2001:db8:51::1",
        )
        self.mobile.ip(
            *_up(("radio", MOBILE_HOP + "/30"), ("core", "198.51.100.6/30")),
            "route add default via 198.51.100.5",
        )
        self.internet.ip(
            *_up(
                ("provider", "198.51.100.1/30"),
                ("provider", "2001:db8:51::1/64"),
                ("mobile", "198.51.100.5/30"),
                *(("lo", f"{address}/32") for address in (*TARGETS, *DNS)),
                *(("lo", f"{address}/128") for address in (*TARGETS6, *DNS6)),
                *(("lo", f"{a}/{128 if ':' in a else 32}") for a in KNOWN),
            ),
            "route add 100.64.0.0/30 via 198.51.100.2",
            "route add 100.96.0.0/30 via 198.51.100.6",
            "route add 2001:db8:178::/64 via 2001:db8:51::2",
        )
        self.line_up()

    def go_over(self) -> None:
        """The router goes over to the mobile line, as one that was told to."""
        self.router.ip(f"route replace default via {MOBILE_HOP}")

    @contextmanager
    def garden(self, what: str) -> Iterator[None]:
        """A page for those who are not released yet stands in the provider: `walled` answers names, pages and echoes
        in place of everybody and drops the rest, `names` answers names only."""
        here = "198.51.100.2"
        serving = self.provider.start(
            sys.executable, HERE / "serving.py", self.folder / "garden", here, "garden"
        )
        _wait_for(serving, "serving")
        led = "udp dport 53" if what == "names" else "meta l4proto { tcp, udp, icmp }"
        self.provider.nft(
            "table ip garden {\n chain pre {\n type nat hook prerouting priority -100;\n"
            f"  iifname line ip saddr 100.64.0.2 {led} dnat to {here};\n }}\n}}"
        )
        try:
            yield
        finally:
            self.provider.run("nft", "delete", "table", "ip", "garden")
            serving.kill()
            serving.wait()

    @contextmanager
    def without_ipv4(self) -> Iterator[None]:
        """The host has no IPv4 address; afterwards it has both of its own again, for the line and the mobile one."""
        self.client.run("ip", "-4", "addr", "flush", "dev", "eth0")
        try:
            yield
        finally:
            own = (f"addr add {address}/24 dev eth0" for address in (CLIENT, CLIENT_MOBILE))
            self.client.ip(*own, f"route replace default via {GATEWAY} src {CLIENT}")

    @contextmanager
    def narrow(self, rate: str) -> Iterator[None]:
        """The line carries less, and holds what waits for up to a second."""
        for place, link in ((self.router, "wan"), (self.provider, "line")):
            place.run("tc", "qdisc", "replace", "dev", link, "root", "tbf", "rate", rate, "burst", "4k",
                      "latency", "900ms")  # fmt: skip
        try:
            yield
        finally:
            self.line_up()

    def line_up(self) -> None:
        """What is gone after the line was down: the routes over it, the neighbour, its rate."""
        self.router.ip(
            f"link set wan address {WAN_MAC}",
            f"route replace default via {HOP}",
            "route replace ::/0 via 2001:db8:64::1",
            *(f"neigh replace {a} lladdr {LINE_MAC} dev wan nud permanent" for a in (HOP, "2001:db8:64::1")),
        )
        self.provider.ip(
            f"link set line address {LINE_MAC}",
            *(
                f"neigh replace {a} lladdr {WAN_MAC} dev line nud permanent"
                for a in (PUBLIC, "2001:db8:64::2")
            ),
            "route replace 2001:db8:178::/64 via 2001:db8:64::2",
        )
        shape = ("tc", "qdisc", "replace", "dev")
        rate = ("root", "tbf", "rate", f"{MBIT}mbit", "burst", "64k", "latency", "50ms")
        shaped = [
            place.run(*shape, link, *rate, check=False).returncode
            for place, link in ((self.router, "wan"), (self.provider, "line"))
        ]
        self.shaped = not any(shaped)

    def _filters(self) -> None:
        for place in (self.router, self.provider, self.internet):
            place.nft(FILTER)
        self.router.nft(MASQUERADE)

    def _servers(self) -> None:
        certificate.write(self.folder, (*TARGETS, *TARGETS6, *DNS))
        (self.folder / "garden").mkdir()
        certificate.write(self.folder / "garden", (), ("login.provider.test",))
        addresses = ",".join((*DNS, *DNS6, *(a for a in KNOWN if a not in ("8.8.8.8",))))
        serving = self.internet.start(sys.executable, HERE / "serving.py", self.folder, addresses)
        _wait_for(serving, "serving")
        resolv = self.folder / "resolv.conf"
        resolv.write_text(f"nameserver {DNS[0]}\noptions timeout:1 attempts:1\n")
        self.client.run("mount", "--bind", resolv, "/etc/resolv.conf")

    # What can go wrong

    @contextmanager
    def fault(self, name: str) -> Iterator[Cut]:
        """One of FAULTS or `cable` for as long as the block lasts; the truth stands in what it yields."""
        begin, end = faults.SWITCHES[name]
        cut = Cut(name, timed(begin, self))
        try:
            yield cut
        finally:
            cut.off = timed(end, self)

    @contextmanager
    def delay(self, ms: float) -> Iterator[None]:
        """Packets through the provider take `ms` longer each way."""
        holding = self.provider.start(sys.executable, HERE / "delay.py", str(ms))
        _wait_for(holding, "delaying")
        self._lead_aside("add")
        try:
            yield
        finally:
            self._lead_aside("del")
            holding.kill()
            holding.wait()

    def _lead_aside(self, verb: str) -> None:
        """What comes in at either side of the provider goes by the program that holds it."""
        rules = (f"rule {verb} iif line lookup 100", f"rule {verb} iif core lookup 101")
        for family in ("-4", "-6"):
            self.provider.ip(*rules, family=family)

    @contextmanager
    def iperf3(self, port: int = 5201) -> Iterator[str]:
        """An iperf3 server in the internet; yields its address."""
        serving = self.internet.start("iperf3", "--server", "--port", str(port), "--forceflush")
        _wait_for(serving, "Server listening")
        try:
            yield TARGETS[0]
        finally:
            serving.kill()
            serving.wait()


def _up(*addresses: tuple[str, str]) -> list[str]:
    """Lines for `ip` that bring links up and give them addresses."""
    links = dict.fromkeys(link for link, _ in (("lo", ""), *addresses))
    return [
        *(f"link set {link} up" for link in links),
        *(
            f"addr add {address} dev {link}{' nodad' if ':' in address else ''}"
            for link, address in addresses
        ),
    ]


def _wait_for(process: subprocess.Popen[str], word: str) -> None:
    """Read what a server prints until it says that it is ready."""
    assert process.stdout is not None
    for line in process.stdout:
        if word in line:
            return
    raise OSError(f"no {word}: ended with {process.wait()}")
