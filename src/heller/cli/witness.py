"""heller witness: watch the office's address from another line, and sign what was seen."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.screen import tr
from heller.cli.written_file import writing
from heller.model.errors import InputRefused
from heller.model.text import text

if TYPE_CHECKING:
    from heller.watch.plan import Plan
    from heller.watch.witness.looking import KeptOutcomes

PLACE = 105
VERB = text("Watch the office's address from another line; its file is a second witness.")
SAVE = 300.0  # seconds between two times that the file is written


def run(
    address: Annotated[str, Parameter(help=tr("The public address of the office."))],
    *,
    out: Annotated[Path, Parameter(help=tr("The file that is written, for heller add."))] = Path(
        "witness.json"
    ),
    who: Annotated[str, Parameter(help=tr("What the witness is called in it."))] = "",
    port: Annotated[int, Parameter(help=tr("Connect to this port by TCP, where it answers no echo."))] = 0,
    every: Annotated[float, Parameter(help=tr("Seconds between two looks."))] = 10.0,
    seconds: Annotated[float | None, Parameter(help=tr("End by itself after so many seconds."))] = None,
    beside: Annotated[
        list[str] | None, Parameter(help=tr("Others that are asked too, so that the own down line is known."))
    ] = None,
    key: Annotated[Path, Parameter(help=tr("The key that signs; made where there is none."))] = Path(
        "~/.config/heller/witness.key"
    ),
    page: Annotated[
        Path | None, Parameter(help=tr("Write a page for a colleague's browser instead."))
    ] = None,
    atlas: Annotated[bool, Parameter(help=tr("Print what to ask of RIPE Atlas instead."))] = False,
    country: Annotated[str, Parameter(help=tr("Of RIPE Atlas: where its probes stand."))] = "DE",
    probes: Annotated[int, Parameter(help=tr("Of RIPE Atlas: how many."))] = 5,
) -> int:
    """Watch the office's address from another line, and sign what was seen."""
    if page is not None:
        return _page(address, page, every)
    _refuse_bad(address, every)
    if atlas:
        return _atlas(address, country, probes)
    from heller.watch.witness.looking import plan

    name, signer = who or socket.gethostname(), key.expanduser()
    return _watch(out, name, signer, plan(address, port, every, beside or []), every, seconds)


def _refuse_bad(address: str, every: float) -> None:
    try:
        ip_address(address)
        wrong = every < 1
    except ValueError:
        wrong = True
    if wrong:
        raise InputRefused(
            text("{address} cannot be watched.", address=address),
            text("A witness asks one address, once a second at most; it asks no name server."),
            text("Name the public address of the office, such as 203.0.113.7."),
        )


def _watch(out: Path, who: str, key: Path, plan: Plan, every: float, seconds: float | None) -> int:
    from heller.machine import loops
    from heller.model.witness_file import Observed
    from heller.watch.witness import looking, signing

    seen, own, office = looking.KeptOutcomes(), signing.key_of(key), plan.probes[0]
    way = f"TCP {office.port}" if office.port else "ICMP"

    def save() -> int:
        found = looking.observations(seen.taken(), every)
        said = signing.signed(Observed(who, office.target.address, way, every, seen.clock, found), own)
        with writing(out, text("What was seen is not kept."), text("Name another file with --out.")):
            part = out.with_name(out.name + ".part")
            part.write_bytes(said)
            part.replace(out)
        return len(found)

    say = screen.words()
    begun = text("{address} is being watched. It ends with Ctrl-C or SIGTERM.", address=office.target.address)
    screen.err().print(say(begun))
    loops.run(_look(seen, plan, seconds, save))
    written = text(
        "{n} looks are written and signed: {path}",
        "One look is written and signed: {path}",
        n=save(),
        path=str(out),
    )
    screen.out().print(say(written), soft_wrap=True)
    return 0


async def _look(seen: KeptOutcomes, plan: Plan, seconds: float | None, save: Callable[[], object]) -> None:
    """Watch until told to end, and write the file from time to time: a machine may lose its power."""
    from heller.machine import loops
    from heller.watch import loop

    stop, running = asyncio.Event(), asyncio.get_running_loop()
    loops.on_signals((signal.SIGINT, signal.SIGTERM), stop.set)
    if seconds is not None:
        running.call_later(seconds, stop.set)
    watched = asyncio.create_task(loop.run(plan, seen, stop))
    while not watched.done():
        await asyncio.wait((watched,), timeout=SAVE)
        await asyncio.to_thread(save)
    await watched


def _page(address: str, place: Path, every: float) -> int:
    from heller.watch.witness.page import page

    url = address if "://" in address else f"http://[{address}]/" if ":" in address else f"http://{address}/"
    made = page(url, max(every, 10.0), screen.language(), screen.words())
    with writing(place, text("Without it a colleague has no page."), text("Name another file.")):
        place.write_text(made, encoding="utf-8")
    screen.out().print(screen.words()(text("Written: {path}", path=str(place))), soft_wrap=True)
    return 0


def _atlas(address: str, country: str, probes: int) -> int:
    from heller.watch.witness.atlas import PLACE as URL
    from heller.watch.witness.atlas import order

    made, say = order(address, country.upper(), probes), screen.words()
    cost = text(
        "Nothing is sent from here. It costs {credits} credits a day (3 for each result of three packets) until you"
        " stop it; a RIPE Atlas account and an API key are needed.",
        credits=made.credits,
    )
    after = text("Its results, as JSON, go into the case by heller add; each probe is a witness of its own.")
    screen.err().print(say(cost))
    command = f"curl --header 'Authorization: Key YOUR-KEY' --json @- {URL} <<'ORDER'"
    screen.out().print(f"{command}\n{made.body}\nORDER", markup=False, highlight=False, soft_wrap=True)
    screen.err().print(say(after))
    return 0
