"""'Only one server was out of reach, not the internet.'"""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.de.rules import norm
from heller.law.objections import Attack
from heller.model.amount import Range
from heller.model.finding import Ground
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.objection import Answered, Objection
from heller.model.text import text


def _objections(attack: Attack) -> Iterator[Objection]:
    """Said of measurements alone: a router's own log speaks of the line, not of a target."""
    case = attack.claim.case
    logs = [log for log in case.records(ProbeLog) if log.target]
    targets = {log.target for log in logs}
    if not targets or not attack.claim.outages or case.samples:
        return
    devices = [log for log in case.records(DeviceLog) if not log.stated]
    answers = [
        Ground(
            text("The router itself logged the line as down: {device}.", device=log.device),
            sources=(log.source,),
        )
        for log in devices
    ]
    if len(targets) > 1:
        said = text("{n} targets were out of reach at once.", n=len(targets))
        answers.append(Ground(said, sources=tuple(log.source for log in logs[:3])))
    yield Objection(
        "one_target",
        text("A target out of reach says nothing of the line; it may have been the target's own fault."),
        norm("ZPO-286"),
        Range(),
        Answered.RECORD if answers else Answered.OPEN,
        tuple(answers),
        attack.claim.assessment.total,
    )


OBJECTION = _objections
