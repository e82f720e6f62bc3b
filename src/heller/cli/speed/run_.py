"""heller speed run: one measurement, kept whether it went well or not."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.accept.options import MEASURED, WAY, Measured, Way, rate
from heller.cli.options import AsJson
from heller.cli.screen import tr
from heller.model.errors import InputRefused
from heller.model.kinds.speed_test import SpeedTest, mbit
from heller.model.text import Text, text

PLACE = 10
VERB = text("Measure once, both ways, against iperf3 or a web server.")

if TYPE_CHECKING:
    from heller.watch.throughput import Server

FAILED, SLOW = 11, 12
ENOUGH_PERCENT = 90
YES = ("y", "yes", "j", "ja")


def run(
    case: Annotated[
        Path | None, Parameter(help=tr("The case folder in which it is written down; none is needed."))
    ] = None,
    measured: Measured = MEASURED,
    way: Way = WAY,
    *,
    down: Annotated[str | None, Parameter(help=tr("Promised download in Mbit/s."))] = None,
    up: Annotated[str | None, Parameter(help=tr("Promised upload in Mbit/s."))] = None,
    metered: Annotated[
        bool, Parameter(help=tr("This line has a data allowance: ask before measuring."))
    ] = False,
    yes_metered: Annotated[bool, Parameter(help=tr("Measure over such a line without asking."))] = False,
    json: AsJson = False,
) -> int:
    """Measure once, both ways."""
    from heller import casefile
    from heller.watch import throughput

    line = way.of(case).line()
    server = measured.server(line.source)
    if server is None:
        raise InputRefused(
            what=text("No server is named to measure against."),
            why=text("Throughput is measured towards a server that you name; Heller brings none."),
            do=text("Name one with --iperf3 HOST or --url ADDRESS."),
        )
    promised = (rate(down), rate(up))
    if case is not None:
        casefile.entries(case)
    if (metered or line.metered) and not yes_metered and not _agreed(server, promised, asking=not json):
        test = throughput.skip(server, "metered line, not agreed")
    else:
        with screen.progress(tr("Throughput"), len(server.ways)) as done:
            test = throughput.measure(server, done)
    entry = casefile.test(case, test) if case is not None else None
    if json:
        screen.as_json({"test": test, "enough": enough(test, promised)})
    else:
        show(test, promised, entry)
    return FAILED if test.failed else 0 if enough(test, promised) is not False else SLOW


def _agreed(server: Server, promised: tuple[int | None, int | None], *, asking: bool) -> bool:
    """Ask whether the allowance may be used, with the megabytes that it will cost; no terminal, no measurement."""
    from heller.watch.throughput import cost_mb

    cost = cost_mb(promised[: len(server.ways)], server.seconds)
    said = (
        text("How many megabytes it takes depends on the speed: 12.5 MB per 10 s for each 10 Mbit/s.")
        if cost is None
        else text("At the promised speed it takes about {mb:0} MB.", mb=Decimal(round(cost)))
    )
    screen.err().print(screen.words()(said))
    if not asking or not sys.stdin.isatty():
        screen.err().print(
            tr("The line is metered and nobody agreed: not measured. Agree with --yes-metered.")
        )
        return False
    return input(tr("Measure over the metered line? [y/N] ")).strip().casefold() in YES


def enough(test: SpeedTest, promised: tuple[int | None, int | None]) -> bool | None:
    """Whether both ways reach 90 % of what was promised; None where nothing was promised or measured."""
    told = [
        found * 100 >= wanted * ENOUGH_PERCENT
        for found, wanted in zip((test.down, test.up), promised, strict=True)
        if found is not None and wanted is not None
    ]
    return all(told) if told else None


def show(test: SpeedTest, promised: tuple[int | None, int | None], entry: int | None) -> None:
    """What was measured beside what was promised."""
    say = screen.words()
    rows = [(tr("Measured at"), say.moment(test.at, seconds=True)), (tr("Against"), test.server)]
    for name, found, wanted in zip(
        (tr("Download speed"), tr("Upload speed")), (test.down, test.up), promised, strict=True
    ):
        if found is not None:
            rows.append((name, say(_beside(found, wanted))))
    if test.failed:
        rows.append((tr("Failed"), test.failed))
    screen.labels(rows)
    screen.out().print()
    screen.point(
        tr(
            "One measurement is one piece of evidence: measure by cable and on several days. A consumer who wants to "
            "reduce the fee needs thirty with the authority's own program (heller speed plan)."
        ),
        style="dim",
    )
    if entry is not None:
        screen.point(say(text("Written as entry {n}.", n=entry)), style="dim")


def _beside(found: int, wanted: int | None) -> Text:
    if wanted is None:
        return text("{n:2} Mbit/s", n=mbit(found))
    return text(
        "{n:2} Mbit/s, {share:percent} of the promised {wanted:2} Mbit/s",
        n=mbit(found),
        share=round(Decimal(found) / wanted, 2),
        wanted=mbit(wanted),
    )
