"""What is said of a database of Uptime Kuma: what of a monitor's checks is uncertain, and why one holds nothing."""

from __future__ import annotations

from collections.abc import Iterator

from heller.intake.monitors.kuma_beats import (
    Beats,
)
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.observation import Failure
from heller.model.record import Blob
from heller.model.text import text


def states_only(log: DeviceLog) -> Finding:
    """Only changes of state were kept of a monitor."""
    said = text(
        "{target}: only changes of state were kept; whether it was watched between them is not known.",
        target=log.device,
    )
    do = text("Copy the database every day: after 24 hours the single checks are deleted.")
    return Finding("kuma.states_only", said, do, source=log.source)


def of_log(log: ProbeLog, told: Beats, gone: Beats, names: int) -> Iterator[Finding]:
    """What is uncertain about one monitor, said with its target."""
    target, at = log.target, log.source
    if told.undecided:
        said = text(
            "{target}: {n} pending checks did not become down; they count as neither.",
            target=target,
            n=told.undecided,
        )
        yield Finding("kuma.pending", said, None, Weight.NOTE, at)
    if told.answered:
        said = text(
            "{target}: {n} beats are down though the host answered with an error; the line let them through.",
            target=target,
            n=told.answered,
        )
        yield Finding("kuma.answered", said, None, Weight.NOTE, at)
    if told.maintenance + gone.maintenance:
        said = text(
            "{target}: {n} checks fell into maintenance; that time counts as not watched.",
            target=target,
            n=told.maintenance + gone.maintenance,
        )
        yield Finding("kuma.maintenance", said, None, Weight.NOTE, at)
    if names:
        said = text(
            "{target}: {n} checks failed because the name was not resolved; that may be the name server alone.",
            target=target,
            n=names,
        )
        yield Finding("kuma.names", said, None, Weight.NOTE, at)
    if gone.probes:
        said = text(
            "{target}: of older days Uptime Kuma kept counts by minute, hour or day only; bounds there are that "
            "wide.",
            target=target,
        )
        do = text("Copy the database every day: after 24 hours the single checks are deleted.")
        yield Finding("kuma.buckets", said, do, Weight.NOTE, at)
    if gone.thin:
        said = text(
            "{target}: in {n} buckets too few checks were counted; that time counts as not watched.",
            target=target,
            n=gone.thin,
        )
        yield Finding("kuma.thin_buckets", said, None, Weight.NOTE, at)
    if any(probe.failure is Failure.LOCAL for probe in log.observations):
        said = text(
            "{target}: some checks could not leave the watching computer; they say nothing about the line.",
            target=target,
        )
        yield Finding("kuma.local", said, None, Weight.NOTE, at)


def no_probe(blob: Blob, target: str, kind: str) -> Finding:
    """A monitor that asks no host, by its kind in Kuma's words."""
    said = text(
        "{target} is a monitor that asks no host ({kind}); it says nothing about the line.",
        target=target,
        kind=kind,
    )
    return Finding("kuma.no_probe", said, None, Weight.NOTE, Locator(blob.digest))


def empty(blob: Blob) -> Finding:
    """Nothing in the database is a check of a host."""
    said = text("The database of Uptime Kuma holds no checks of a host.")
    do = text("Take the file data/kuma.db of the running program, with the -wal file beside it.")
    return Finding("kuma.empty", said, do, Weight.REFUSED, Locator(blob.digest))


def foreign(blob: Blob) -> Finding:
    """The file is no database at all."""
    said = text("{name} is no SQLite database.", name=blob.name)
    return Finding("kuma.foreign", said, None, Weight.REFUSED, Locator(blob.digest))
