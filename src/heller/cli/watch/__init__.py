"""heller watch: watch a line, look at a watch that runs, seal it, hand it over, have it run as a service."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller.cli.options import AsJson
from heller.cli.screen import tr
from heller.model.errors import InputRefused
from heller.model.text import text

PLACE = 100
VERB = text("Watch a line: probes every second over every uplink, kept and sealed in the case.")


def run(
    case: Annotated[Path, Parameter(help=tr("The case folder; it is made where there is none."))],
    *,
    config: Annotated[
        Path | None, Parameter(help=tr("Uplinks and targets: another file than the watch.toml of the case."))
    ] = None,
    seconds: Annotated[float | None, Parameter(help=tr("End by itself after so many seconds."))] = None,
    look: Annotated[bool, Parameter(help=tr("Show a watch that runs already."))] = False,
    seal: Annotated[bool, Parameter(help=tr("Seal what was measured until now."))] = False,
    export: Annotated[
        Path | None,
        Parameter(help=tr("Write raw pings for the provider into this folder, a file per target.")),
    ] = None,
    from_: Annotated[
        datetime | None, Parameter(name="--from", help=tr("Of the export: not before this time."))
    ] = None,
    to: Annotated[datetime | None, Parameter(help=tr("Of the export: before this time."))] = None,
    install: Annotated[
        bool, Parameter(help=tr("Have the system itself start the watch, also after a restart."))
    ] = False,
    uninstall: Annotated[bool, Parameter(help=tr("Stop that and remove it."))] = False,
    alive: Annotated[
        bool,
        Parameter(help=tr("Say by the exit code alone whether a watch runs: 0 or 1, for health checks.")),
    ] = False,
    try_alerts: Annotated[
        bool, Parameter(help=tr("Send a test to everybody whom watch.toml has told, over each uplink."))
    ] = False,
    hours: Annotated[bool, Parameter(show=False)] = False,
    routers: Annotated[bool, Parameter(show=False)] = False,
    alerts: Annotated[bool, Parameter(show=False)] = False,
    send: Annotated[bool, Parameter(show=False)] = False,
    json: AsJson = False,
) -> int:
    """Watch a line: probes every second, kept and sealed in the case."""
    from heller.watch.config import config_of

    config = config_of(case, config)
    asked = [look, seal, export is not None, install, uninstall]
    if sum(asked) > 1:
        raise InputRefused(
            what=text(
                "Only one of --look, --seal, --export, --install and --uninstall can be done at a time."
            ),
            why=text("Each of them is a job of its own."),
            do=text("Call heller watch once for each."),
        )
    if alive:
        from heller.cli.watch import alive as health

        return health.health(case)
    if look:
        from heller.cli.watch import view

        view.show(case, as_json=json)
        return 0
    if seal or export is not None:
        from heller.cli.watch import segments

        return (
            segments.hand_over(case, export, from_, to)
            if export
            else segments.seal(case, hours=hours, as_json=json)
        )
    if routers:
        from heller.cli.watch import routers as asking

        return asking.ask(case, config)
    if alerts or send or try_alerts:
        from heller.cli.watch import alerts as telling

        if send:
            return telling.send()
        return telling.try_all(case, config) if try_alerts else telling.tell(case, config)
    if install or uninstall:
        from heller.cli.watch import service

        return service.install(case, config) if install else service.uninstall(case)
    from heller.cli.watch import running

    return running.watch(case, config, seconds, as_json=json)
