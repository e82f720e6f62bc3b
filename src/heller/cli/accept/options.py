"""What may be told to an acceptance test: who said what, what was agreed, over which line it is asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter
from msgspec.structs import replace

from heller.cli.screen import tr
from heller.dossier.wording import BERLIN
from heller.model.errors import InputRefused
from heller.model.kinds.acceptance import Announcement
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.text import Text, text

if TYPE_CHECKING:
    from heller.model.case import Case
    from heller.outage.acceptance.points import Agreed
    from heller.watch.plan import Plan, Uplink
    from heller.watch.throughput import Server


@Parameter(name="*", show_default=False)
@dataclass(frozen=True, kw_only=True)
class AnnouncementOptions:
    """Who said what."""

    said: Annotated[
        str, Parameter(name="--said", help=tr("What was said, e.g. 'You can go online now'."))
    ] = ""
    by: Annotated[str, Parameter(help=tr("Who said it."))] = ""
    at: Annotated[
        str | None, Parameter(help=tr("When it was said, e.g. '04.02.2015 08:35'; now if left out."))
    ] = None
    channel: Annotated[str, Parameter(help=tr("Phone, e-mail, letter, on site ..."))] = ""

    def noun(self, case: Case | None) -> Announcement | None:
        """What was said, None where nothing was; raises InputRefused for a time that cannot be read."""
        from heller.intake.written import numbers

        zone = case.tz if case else BERLIN
        at = datetime.now(UTC) if self.at is None else numbers.moment(self.at, "", zone)
        if at is None:
            raise _refused(text("{raw} cannot be read.", raw=self.at or "''"))
        return (
            Announcement(self.said.strip(), self.by.strip(), at, self.channel.strip())
            if self.said.strip()
            else None
        )


def contact(said: Announcement) -> Contact:
    """The claim that the line works, as a contact of the case."""
    return Contact(said.at, ContactKind.ONLINE_CLAIM, said.channel, said.who, said.what)


@Parameter(name="*", show_default=False)
@dataclass(frozen=True, kw_only=True)
class Contract:
    """What was agreed."""

    down: Annotated[str | None, Parameter(help=tr("Promised download in Mbit/s."))] = None
    up: Annotated[str | None, Parameter(help=tr("Promised upload in Mbit/s."))] = None
    ipv6: Annotated[bool, Parameter(help=tr("IPv6 was promised too."))] = False
    address: Annotated[str, Parameter(help=tr("Fixed public address that was agreed."))] = ""
    address_url: Annotated[
        str, Parameter(help=tr("Page that answers with the address from which it was asked."))
    ] = ""

    def agreed(self) -> Agreed:
        """The promise without what is measured of it; raises InputRefused for what cannot be read."""
        from heller.outage.acceptance.points import Agreed

        return Agreed(ipv6=self.ipv6, address=address(self.address), down=rate(self.down), up=rate(self.up))


@Parameter(name="*", show_default=False)
@dataclass(frozen=True, kw_only=True)
class Measured:
    """Against whom throughput is measured."""

    iperf3: Annotated[str, Parameter(help=tr("Server with iperf3, HOST or HOST:PORT."))] = ""
    url: Annotated[str, Parameter(help=tr("Large file on a web server that is fetched."))] = ""
    upload_url: Annotated[str, Parameter(help=tr("Address on a web server that takes a POST."))] = ""
    streams: Annotated[int, Parameter(help=tr("Connections at the same time."))] = 4
    seconds: Annotated[int, Parameter(help=tr("Length of a measurement of each way."))] = 10

    def server(self, source: str = "") -> Server | None:
        """The server, None where none is named; raises InputRefused for more than one and strange numbers."""
        from heller.watch.throughput import Server

        if self.iperf3 and (self.url or self.upload_url):
            raise _refused(text("Name either an iperf3 server or a web server."))
        if not (1 <= self.streams <= 32 and 2 <= self.seconds <= 60):
            raise _refused(text("It takes 1 to 32 streams and 2 to 60 seconds."))
        if not (self.iperf3 or self.url):
            return None
        return Server(self.iperf3, self.url, self.upload_url, source, self.streams, self.seconds)


@Parameter(name="*", show_default=False)
@dataclass(frozen=True, kw_only=True)
class Way:
    """Over which line it is asked, and whom."""

    config: Annotated[
        Path | None, Parameter(help=tr("Uplinks and targets: another file than the watch.toml of the case."))
    ] = None
    uplink: Annotated[str, Parameter(help=tr("Name of the uplink in that file; the first if left out."))] = ""
    source: Annotated[str, Parameter(help=tr("Own address from which it is asked: chooses the line."))] = ""

    def of(self, case: Path | None) -> Way:
        """The same, by the file of a case where no other is named."""
        from heller.watch.config import config_of

        return Way(config=config_of(case, self.config), uplink=self.uplink, source=self.source)

    def line(self) -> Uplink:
        """The uplink; raises InputRefused where the file names none like it."""
        from heller.watch.config import load

        found = [one for one in load(self.config).uplinks if self.uplink in ("", one.name)]
        if not found:
            raise _refused(text("There is no uplink called {name}.", name=self.uplink))
        return replace(found[0], source=address(self.source)) if self.source else found[0]

    def plan(self, *, ipv6: bool = False) -> Plan:
        """The targets of that uplink, in the rhythm of the test; `ipv6` adds those over IPv6."""
        from heller.watch.config import load
        from heller.watch.default_plan import full, of_families
        from heller.watch.probe_types import probe_types

        line = replace(self.line(), budget_mb=None)  # who accepts a line looks at it closely
        whole = load(self.config)
        listed = [probe for probe in whole.probes if probe.target.uplink == line.name]
        if ipv6 and not any(":" in probe.target.address for probe in listed):
            listed += [probe for probe in full(line, 1) if ":" in probe.target.address]
        listed = of_families(listed, _families(line) | ({6} if ipv6 else set()))
        types = probe_types()
        probes = (
            replace(probe, target=replace(probe.target, number=n), every=types[probe.target.protocol].trial)
            for n, probe in enumerate(listed, 1)
        )
        return replace(whole, uplinks=(line,), probes=tuple(probes))


def _families(line: Uplink) -> frozenset[int]:
    """The families of which the host has a way out over this line."""
    from heller.watch.around import families, look
    from heller.watch.clocks import begin

    return families(line, look(begin()))


def rate(raw: str | None) -> int | None:
    """Mbit/s as typed, in bit/s."""
    from heller.intake.written import numbers

    if raw is None:
        return None
    found = numbers.decimal(raw)
    if found is None or not Decimal(0) < found < 1_000_000:
        raise _refused(text("{raw} is no speed in Mbit/s.", raw=raw or "''"))
    return int(found * 1_000_000)


def address(raw: str) -> str:
    """An address as typed, in its usual form; raises InputRefused where it is none."""
    from ipaddress import ip_address

    try:
        return str(ip_address(raw)) if raw else ""
    except ValueError:
        raise _refused(text("{raw} is no IP address.", raw=raw)) from None


def _refused(what: Text) -> InputRefused:
    return InputRefused(
        what, text("Nothing was measured and nothing was written."), text("See: heller accept --help")
    )


TOLD, CONTRACT, MEASURED, WAY = AnnouncementOptions(), Contract(), Measured(), Way()
