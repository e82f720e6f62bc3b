"""The claim for programs: heller-claim/1. Money in integer cents, texts in both languages, no float.

The schema is `heller-claim-1.schema.json` (JSON Schema draft 2020-12) beside this file.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TypeAlias

from heller.dossier import closed_marks
from heller.dossier.wording import LANGUAGES, Words
from heller.model.amount import Range, WorkingLine
from heller.model.claim import Alternative, Claim, Lift, Scenario, Step
from heller.model.damage import Flow, NormRef, Position
from heller.model.facts import FACTS
from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.outage import OpenEnd, OpenStart, Outage
from heller.model.pleaded_fault import PleadedFault
from heller.model.span import Bounds, Span, utc
from heller.model.text import Text

Node: TypeAlias = "dict[str, object]"

VERSION = "heller-claim/1"


def claim_json(claim: Claim) -> Node:
    """The whole claim as JSON values, in an order that depends on the claim only."""
    writer = _Writer(claim)
    assessment, fall = claim.assessment, claim.waterfall
    return {
        "schema": VERSION,
        "case": {"id": claim.case.id, "entries": claim.case.entries, "head": claim.case.head},
        "as_of": fall.as_of.isoformat(),
        "law": fall.law,
        "parties": {"claimant": _party(claim, "firm"), "respondent": _party(claim, "provider")},
        "line": _facts(claim, "line"),
        "outages": [writer.outage(outage) for outage in claim.seen],
        "positions": [writer.position(position) for position in assessment.positions],
        "flows": [writer.flow(flow) for flow in assessment.flows],
        "totals": {
            "damage": amount(assessment.total),
            "by_grade": {grade.value: amount(worth) for grade, worth in assessment.by_grade},
            "due": amount(fall.due),
            "interest": amount(fall.interest),
        },
        "waterfall": [writer.step(step) for step in fall.steps],
        "alternatives": [writer.alternative(other) for other in fall.alternatives],
        "lifts": [writer.lift(lift) for lift in fall.lifts],
        "scenarios": [writer.scenario(one) for one in fall.scenarios],
        **writer.pleaded(fall.pleaded),
        "exhibits": [
            {
                "number": e.number,
                "name": e.name,
                "media": e.media,
                "size": e.size,
                "sha256": e.digest,
                "taken_in": instant(e.taken_in),
            }
            for e in claim.case.exhibits
        ],
        **_closed(claim),
        "rules": {"outage": claim.detection.rule, "seed": assessment.seed},
    }


def _closed(claim: Claim) -> Node:
    """What is closed, by entry and field, and the sums that rest on it; nothing where all is open."""
    closing = claim.case.closing
    if closing is None:
        return {}
    fields = [
        {"entry": g.entry, "exhibit": g.exhibit or None, "kind": g.kind, "field": g.field, "count": g.count}
        for g in closed_marks.groups(claim.case)
    ]
    stated = [
        {"head": s.head, "grade": s.grade.value, "without": amount(s.without), "actual": amount(s.actual)}
        for s in closing.stated
    ]
    return {
        "closed": {
            "kinds": list(closing.kinds),
            "fields": fields,
            "stated": stated,
            "whole": list(closing.whole),
        }
    }


def money(value: Money) -> Node:
    """One figure."""
    return {"cents": value.cents, "currency": value.currency}


def amount(value: Range) -> Node:
    """Low, likely, high."""
    return {"low": money(value.low), "likely": money(value.likely), "high": money(value.high)}


def instant(moment: datetime) -> str:
    """An instant in UTC, 2015-02-04T07:12:33.500000Z without needless zeros."""
    return utc(moment).isoformat().replace("+00:00", "Z")


def seconds(length: timedelta) -> int:
    """Whole seconds, rounded down."""
    return int(length.total_seconds())


def _span(span: Span) -> Node:
    return {"start": instant(span.start), "end": instant(span.end)}


def _edge(edge: Bounds | OpenStart | OpenEnd) -> Node:
    """The two instants between which it lies; null where it lies beyond the first or last proof of death."""
    match edge:
        case OpenStart():
            return {"earliest": None, "latest": instant(edge.latest)}
        case OpenEnd():
            return {"earliest": instant(edge.earliest), "latest": None}
        case Bounds():
            return {"earliest": instant(edge.earliest), "latest": instant(edge.latest)}


def _norm(norm: NormRef) -> Node:
    return {"id": norm.id, "cite": norm.cite, "mark": norm.mark}


def _facts(claim: Claim, prefix: str) -> Node:
    """All stated facts of a group, without the group's name."""
    keys = sorted(key for key in FACTS if key.startswith(f"{prefix}."))
    stated = ((key.partition(".")[2], claim.case.fact(key)) for key in keys)
    return {name: value for name, value in stated if value is not None}


def _party(claim: Claim, prefix: str) -> Node:
    known = _facts(claim, prefix)
    return {"name": known.get("name", ""), "address": known.get("address", "")}


class _Writer:
    """Writes the nouns of one claim; knows its exhibits and both languages."""

    def __init__(self, claim: Claim) -> None:
        self._numbers = {e.digest: e.number for e in claim.case.exhibits}
        self._words = {lang: Words(lang, claim.case.tz, claim.case.trade) for lang in LANGUAGES}

    def text(self, what: Text) -> Node:
        return {lang: self._words[lang](what) for lang in LANGUAGES}

    def places(self, sources: Iterable[Locator]) -> list[Node]:
        """Where something stands, each place once, in order of exhibit and place."""
        found = {(self._numbers.get(s.object, 0), s.object, s.member, s.place) for s in sources}
        places: list[Node] = []
        for number, digest, member, place in sorted(found):
            node: Node = {"exhibit": number or None, "sha256": digest, "place": place}
            places.append({**node, "member": member} if member else node)
        return places

    def outage(self, outage: Outage) -> Node:
        return {
            "start": _edge(outage.start),
            "end": _edge(outage.end),
            "duration": {
                "min_s": seconds(outage.shortest),
                "max_s": None if outage.longest is None else seconds(outage.longest),
            },
            "cause": outage.cause.value,
            "cause_reason": self.text(outage.cause_reason),
            "strength": outage.strength.value,
            "unobserved": [_span(span) for span in outage.unobserved],
            "detours": [_span(detour.longest) for detour in outage.detours],
            "witnesses": [
                {"name": self.text(w.name), "saw": self.text(w.saw), "sources": self.places([w.source])}
                for w in outage.witnesses
            ],
            "ends": [
                {
                    "at": instant(end.at),
                    "said_by": end.said_by,
                    "holds": end.holds,
                    "why": self.text(end.why),
                    "sources": self.places(end.sources),
                }
                for end in outage.ends
            ],
        }

    def working(self, lines: Iterable[WorkingLine]) -> list[Node]:
        return [
            {
                "text": self.text(line.text),
                "amount": None if line.amount is None else amount(line.amount),
                "sources": self.places(line.sources),
            }
            for line in lines
        ]

    def position(self, position: Position) -> Node:
        return {
            "head": position.head,
            "title": self.text(position.title),
            "amount": amount(position.amount),
            "grade": position.grade.value,
            "norm": _norm(position.norm),
            "reason": self.text(position.reason),
            "recoverable": position.recoverable,
            "apart": position.apart,
            "working": self.working(position.working),
            "sources": self.places(position.sources),
        }

    def flow(self, flow: Flow) -> Node:
        return {
            "id": flow.id,
            "head": flow.head,
            "label": self.text(flow.label),
            "without": amount(flow.without),
            "actual": amount(flow.actual),
            "grade": flow.grade.value,
            "tokens": [f"{token.kind}:{token.id}" for token in sorted(flow.tokens)],
            "sources": self.places(flow.sources),
        }

    def step(self, step: Step) -> Node:
        return {
            "key": step.key,
            "label": self.text(step.label),
            "effect": amount(step.effect),
            "running": amount(step.running),
            "reason": self.text(step.reason),
            "norm": None if step.norm is None else _norm(step.norm),
            "working": self.working(step.working),
        }

    def alternative(self, other: Alternative) -> Node:
        return {
            "key": other.key,
            "text": self.text(other.text),
            "worth": amount(other.worth),
            "norm": _norm(other.norm),
        }

    def scenario(self, one: Scenario) -> Node:
        return {
            "key": one.key,
            "label": self.text(one.label),
            "reason": self.text(one.reason),
            "norm": _norm(one.norm),
            "cap": None if one.cap is None else money(one.cap),
            "running": [amount(stands) for stands in one.running],
            "due": amount(one.due),
        }

    def pleaded(self, found: PleadedFault | None) -> Node:
        """The degree of fault that is pleaded; nothing where nobody decided on one."""
        if found is None:
            return {}
        grounds = [
            {"text": self.text(one.text), "sources": self.places(one.sources)} for one in found.grounds
        ]
        other = found.auxiliary
        return {
            "pleaded": {
                "degree": found.degree.value,
                "norm": _norm(found.norm),
                "grounds": grounds,
                "in_the_alternative": None if other is None else amount(other.due),
            }
        }

    def lift(self, lift: Lift) -> Node:
        return {
            "key": lift.key,
            "text": self.text(lift.text),
            "worth": amount(lift.worth),
            "norm": _norm(lift.norm),
            "met": lift.met,
            "sources": self.places(lift.sources),
        }
