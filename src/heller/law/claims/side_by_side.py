"""Chains that stand side by side as one: steps of one kind added up, what stands beside them one behind the other. It
works out nothing of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from heller.model.amount import Range
from heller.model.claim import Alternative, Deadline, Lift, Outside, Step, Waterfall
from heller.model.finding import Finding
from heller.model.text import Text, text


def side_by_side(named: Sequence[tuple[Text, Waterfall]]) -> Waterfall:
    """Chains that stand side by side as one: steps of one kind added up, lists one behind the other with the name of
    each. One alone stays as it is."""
    if len(named) == 1:
        return named[0][1]
    falls = [fall for _, fall in named]
    first = falls[0]
    return Waterfall(
        as_of=first.as_of,
        law=", ".join(dict.fromkeys(fall.law for fall in falls if fall.law)),
        steps=_steps(falls),
        due=sum((fall.due for fall in falls), Range()),
        interest=sum((fall.interest for fall in falls), Range()),
        jurisdiction=first.jurisdiction,
        alternatives=_weighed(one for fall in falls for one in fall.alternatives),
        lifts=_lifts(one for fall in falls for one in fall.lifts),
        deadlines=_deadlines(named),
        findings=_once(finding for fall in falls for finding in fall.findings),
        outside=_outside(one for fall in falls for one in fall.outside),
        duties=tuple(replace(one, text=_of(name, one.text)) for name, fall in named for one in fall.duties),
        covers=first.covers,
        accounts=tuple(account for fall in falls for account in fall.accounts),
    )


def _of(name: Text, said: Text) -> Text:
    return text("{event}: {what}", event=name, what=said)


def _steps(falls: Sequence[Waterfall]) -> tuple[Step, ...]:
    """The steps by their key, in the order of the longest chain."""
    keys = [step.key for step in max(falls, key=lambda fall: len(fall.steps)).steps]
    keys += [step.key for fall in falls for step in fall.steps if step.key not in keys]
    found = []
    running = [Range()] * len(falls)
    for key in dict.fromkeys(keys):
        mine = [next((s for s in fall.steps if s.key == key), None) for fall in falls]
        running = [s.running if s else before for s, before in zip(mine, running, strict=True)]
        steps = [s for s in mine if s is not None]
        same = all(step.reason == steps[0].reason for step in steps)
        reason = steps[0].reason if same else text("Event by event; what each rests on stands under it.")
        found.append(
            Step(
                key,
                steps[0].label,
                _sum(step.effect for step in steps),
                _sum(running),
                reason,
                steps[0].norm,
                tuple(line for step in steps for line in step.working),
            )
        )
    return tuple(found)


def _sum(ranges: Iterable[Range]) -> Range:
    return sum(ranges, Range())


def _weighed(found: Iterable[Alternative]) -> tuple[Alternative, ...]:
    by_key: dict[str, Alternative] = {}
    for one in found:
        before = by_key.get(one.key)
        by_key[one.key] = replace(before, worth=before.worth + one.worth) if before else one
    return tuple(by_key.values())


def _outside(found: Iterable[Outside]) -> tuple[Outside, ...]:
    by_key: dict[str, Outside] = {}
    for one in found:
        before = by_key.get(one.key)
        by_key[one.key] = replace(before, amount=before.amount + one.amount) if before else one
    return tuple(by_key.values())


def _lifts(found: Iterable[Lift]) -> tuple[Lift, ...]:
    """What lifts the cap of any event; what decides it for one alone leaves it open for all."""
    by_key: dict[str, Lift] = {}
    for one in found:
        before = by_key.get(one.key)
        by_key[one.key] = (
            one
            if before is None
            else replace(
                before,
                worth=before.worth + one.worth,
                met=before.met if before.met == one.met else None,
                sources=(*before.sources, *one.sources),
                speaks_for=(*before.speaks_for, *one.speaks_for),
                speaks_against=(*before.speaks_against, *one.speaks_against),
            )
        )
    return tuple(by_key.values())


def _deadlines(named: Sequence[tuple[Text, Waterfall]]) -> tuple[Deadline, ...]:
    every = (replace(one, what=_of(name, one.what)) for name, fall in named for one in fall.deadlines)
    return tuple(sorted(every, key=lambda one: one.on))


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    kept: list[Finding] = []
    for finding in findings:
        if finding not in kept:
            kept.append(finding)
    return tuple(kept)
