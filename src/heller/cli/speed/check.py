"""heller speed check: measurements in files or in a case, and for a consumer whether they are a campaign."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from cyclopts import Parameter

from heller.cli import screen, typed_words
from heller.cli.accept.options import rate
from heller.cli.options import AsJson
from heller.cli.screen import tr
from heller.dossier.speed_campaign import FOR_FIRMS
from heller.dossier.wording import BERLIN, Words
from heller.model.errors import InputRefused
from heller.model.facts import firm
from heller.model.kinds.speed_test import Promised, SpeedTest, mbit
from heller.model.text import text

PLACE = 30
VERB = text("Measurements in files or a case against what was promised; a consumer's campaign judged.")


def run(
    paths: Annotated[list[Path], Parameter(help=tr("A case folder, or files with measurements."))],
    *,
    down: Annotated[str | None, Parameter(help=tr("Promised download in Mbit/s."))] = None,
    up: Annotated[str | None, Parameter(help=tr("Promised upload in Mbit/s."))] = None,
    tz: Annotated[
        str | None, Parameter(help=tr("Time zone of logs without an offset: Europe/Berlin."))
    ] = None,
    consumer: Annotated[
        bool, Parameter(negative="", help=tr("The line is a consumer's: judge the authority's campaign too."))
    ] = False,
    json: AsJson = False,
) -> int:
    """Every measurement, against what was promised; for a consumer also what the authority's criteria say."""
    zone = BERLIN if tz is None else typed_words.zone(tz)
    tests, zone, of_consumer = _tests(paths, zone)
    consumer = consumer or of_consumer
    if not tests:
        raise InputRefused(
            what=text("There is no measurement of throughput."),
            why=text("Only what was measured can be held against what was promised."),
            do=text("Measure with heller speed run, or add the file of the program that measured."),
        )
    most = (rate(down), rate(up))
    promised = Promised(down_max=most[0], up_max=most[1]) if any(most) else None
    from heller.outage.speed import campaign, promise

    findings = tuple(promise.findings(tests, zone, promised, consumer=consumer))
    say = screen.words(zone)
    if json:
        agreed = promised or next((test.promised for test in tests if test.promised), None)
        checked = campaign.check(tests, agreed, zone)
        judged = {"complete": checked.complete, "deviates": checked.deviates} if consumer else {}
        screen.as_json({"tests": tests, **judged})
    else:
        _show(tests, say)
        for finding in findings:
            screen.point(say(finding.text))
        if not consumer:
            screen.point(say(FOR_FIRMS), style="dim")
    return 0


def _tests(paths: Sequence[Path], zone: ZoneInfo) -> tuple[list[SpeedTest], ZoneInfo, bool]:
    """All measurements in order of time, the zone whose days count, and whether the case is one of a consumer."""
    from heller import casefile
    from heller.casefile.derived.reading_anew import anew

    if len(paths) == 1 and paths[0].is_dir():
        folded = casefile.load(paths[0])
        ordered = sorted(folded.records(SpeedTest), key=lambda test: test.at)
        return ordered, folded.tz, folded.facts[firm.CONSUMER] is True
    read = (anew(typed_words.blob(path), zone) for path in paths)
    found = [r for reading in read for r in reading.records if isinstance(r, SpeedTest)]
    return sorted(found, key=lambda test: test.at), zone, False


def _show(tests: Sequence[SpeedTest], say: Words) -> None:
    table = screen.table(
        tr("Measured at"), tr("Download speed"), tr("Upload speed"), tr("Against"), right=(1, 2)
    )
    for test in tests:
        rates = (say(text("{n:2} Mbit/s", n=mbit(r))) if r is not None else "–" for r in (test.down, test.up))
        table.add_row(say.moment(test.at), *rates, test.failed or test.server or test.tool)
    screen.out().print(table)
    screen.out().print()
