"""The line: each outage with its proof, what was promised and kept, what the contract says of availability."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe
from msgspec import Struct

from heller import pipeline
from heller.dossier import event_table
from heller.dossier.names import CAUSES, STRENGTHS
from heller.dossier.service_words import of_availability, of_credit, of_missed, of_repair, of_terms
from heller.dossier.writer import Pen
from heller.model.finding import Locator
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.outage import OpenEnd, Outage
from heller.model.text import Text, text
from heller.web.desk import Desk, show
from heller.web.picture import line_values_picture, outage_picture
from heller.web.records import places

PLACE, NAME = 150, text("Line and outage")
PROMISES = (ContactKind.PROMISE, ContactKind.ONLINE_CLAIM)
KEPT, BROKEN, OPEN = ("for", text("kept")), ("against", text("broken")), ("", text("open"))
IN_WRITING = text("In writing: it proves itself.")
CONFIRMED = text("By word of mouth, and confirmed in writing.")
HEARD = text("By word of mouth; {who} heard it.")
SPOKEN = text("By word of mouth, without a witness: confirm it in writing.")


class PromiseRow(Struct, frozen=True):
    """A promise: who, when, what, whether it was kept, how it is proven, the address of the letter that confirms it."""

    at: datetime
    who: str
    said: str
    tone: str
    state: Text
    proof: Text
    confirm: str
    sources: tuple[Locator, ...]


class ServiceRow(Struct, frozen=True):
    """Terms of service and what came of them; `rows` say whether it held."""

    terms: Text
    rows: list[tuple[bool, Text]]


def promises(desk: Desk) -> list[PromiseRow]:
    """What the other side promised, in order of time."""
    contacts = desk.case.records(Contact)
    found = [one for one in contacts if one.incoming and one.kind in PROMISES]
    return [_promise(one, contacts, desk) for one in sorted(found, key=lambda one: one.at)]


def _promise(one: Contact, contacts: tuple[Contact, ...], desk: Desk) -> PromiseRow:
    confirmed = any(not other.incoming and other.about == one.at for other in contacts)
    tone, state = _kept(one, desk)
    if one.written:
        proof = IN_WRITING
    elif confirmed:
        proof = CONFIRMED
    else:
        proof = Text(HEARD.id, {"who": one.by}) if one.by else SPOKEN
    confirm = "" if one.written or confirmed else "/letters/promise_confirmation/?"
    about = urlencode({"about": one.at.isoformat()}) if confirm else ""
    return PromiseRow(one.at, one.who, one.said, tone, state, proof, confirm + about, places(one))


def _kept(one: Contact, desk: Desk) -> tuple[str, Text]:
    """Whether the line worked as it was said: at once for 'you can go online now', else by the end of the day named."""
    dead = [
        seen for seen in desk.claim.seen if seen.start.latest <= one.at or one.kind is ContactKind.PROMISE
    ]
    if one.kind is ContactKind.ONLINE_CLAIM:
        still = any(seen.end.earliest > one.at for seen in dead if seen.start.latest <= one.at)
        return BROKEN if still else KEPT if desk.claim.seen else OPEN
    if one.until is None:
        return OPEN
    for seen in dead:
        if seen.start.latest.astimezone(desk.case.tz).date() > one.until:
            continue
        if seen.end.earliest.astimezone(desk.case.tz).date() > one.until:
            return BROKEN
        if not isinstance(seen.end, OpenEnd) and seen.end.latest.astimezone(desk.case.tz).date() <= one.until:
            return KEPT
    return OPEN


def service(desk: Desk) -> list[ServiceRow]:
    """What the contract promises of the line against the outages."""
    found = []
    for one in pipeline.service(desk.claim):
        rows = [(not year.broken, of_availability(year, one.terms)) for year in one.availability]
        rows += [(not repair.over, of_repair(repair)) for repair in one.repairs]
        rows += [(True, of_credit(on, credit)) for on, credit in one.credits]
        rows += [(False, of_missed(missed)) for missed in one.missed]
        found.append(ServiceRow(of_terms(one.terms), rows))
    return found


def outages(desk: Desk) -> list[tuple[Outage, Text, Text, str, str]]:
    """Each outage with its cause, its proof, and the bounds of its two ends in words."""
    edge = Pen(desk.claim, desk.lang).edge
    return [
        (outage, CAUSES[outage.cause], STRENGTHS[outage.strength], edge(outage.start), edge(outage.end))
        for outage in desk.claim.seen
    ]


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The page."""
    desk = Desk(request)
    claim = desk.claim
    values = {
        "outages": outages(desk),
        "longest": max(claim.outages, key=lambda o: o.shortest, default=None),
        "events": event_table.rows(claim) if event_table.several(claim) else (),
        "choices": [one for one in claim.choices if not one.decided],
        "band": outage_picture(desk),
        "values": line_values_picture(desk),
        "promises": promises(desk),
        "service": service(desk),
        "recording": claim.waterfall.jurisdiction.code == "DE",
    }
    return show(request, "line.html", values, desk=desk, nav="line")


URLS = [path("line/", view)]
