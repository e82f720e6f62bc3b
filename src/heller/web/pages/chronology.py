"""All that happened, in order: contacts, outages, receipts, mails, each with its exhibit."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe
from msgspec import Struct

from heller.dossier.names import CONTACTS
from heller.dossier.writer import Pen
from heller.model.case import Case
from heller.model.document_class import NAMES
from heller.model.finding import Locator
from heller.model.money import Money
from heller.model.outage import OpenEnd, OpenStart, Outage
from heller.model.record import Contact, Invoice, Mail
from heller.model.span import Bounds
from heller.model.text import Text, text
from heller.web.desk import Desk, show
from heller.web.paging import page_of

PLACE, NAME = 2, text("Chronology")
MAIL_SHOWN = 4000  # characters of a mail
PAGE = 40  # events on a page: a mail is shown with its words


class Event(Struct, frozen=True):
    """One line of the chronology. `at` is None for what has a day only; `tone` is its colour."""

    day: date
    at: datetime | None
    tone: str
    title: Text
    who: str = ""
    said: str = ""
    note: Text | str | None = None
    amount: Money | Text | None = None
    sources: tuple[Locator | None, ...] = ()


def events(desk: Desk) -> list[Event]:
    """Everything in order of time; what has a day only stands before what has an hour."""
    case, found = desk.claim.case, []
    found += [_contact(c, case) for c in case.records(Contact)]
    found += [_invoice(i) for i in case.records(Invoice)]
    found += [_mail(m, case) for m in case.records(Mail)]
    for outage in desk.claim.detection.outages:
        found += _outage(outage, Pen(desk.claim, desk.lang))
    return sorted(found, key=lambda e: (e.day, e.at or datetime.min.replace(tzinfo=UTC)))


def _contact(contact: Contact, case: Case) -> Event:
    parties = [f"{contact.who} →" if contact.incoming else f"→ {contact.who}" if contact.who else ""]
    parties += [contact.by, contact.channel]
    return Event(
        day=contact.at.astimezone(case.tz).date(),
        at=contact.at,
        tone="theirs" if contact.incoming else "ours",
        title=CONTACTS[contact.kind],
        who=" · ".join(part for part in parties if part.strip(" →")),
        said=contact.said,
        note=text("Until {day}", day=contact.until) if contact.until else None,
        amount=contact.amount,
        sources=(contact.source,),
    )


def _invoice(invoice: Invoice) -> Event:
    return Event(
        day=invoice.issued,
        at=None,
        tone="receipt",
        title=text("{kind} {number}", kind=NAMES[invoice.kind.of], number=invoice.number),
        who=invoice.seller,
        said="; ".join(line.text for line in invoice.lines[:4]),
        amount=text("{amount} net", amount=invoice.net),
        sources=(invoice.source,),
    )


def _mail(mail: Mail, case: Case) -> Event:
    return Event(
        day=mail.at.astimezone(case.tz).date(),
        at=mail.at,
        tone="mail",
        title=text("E-mail: {subject}", subject=mail.subject),
        who=f"{mail.sender} → {mail.to}",
        said=mail.body[:MAIL_SHOWN] + ("…" if len(mail.body) > MAIL_SHOWN else ""),
        sources=(mail.source,),
    )


def _outage(outage: Outage, pen: Pen) -> list[Event]:
    seen = tuple(witness.source for witness in outage.witnesses)
    found = [
        _bound(outage.start, outage.start.latest, "down", text("The line is dead"), seen, pen),
        _bound(outage.end, outage.end.earliest, *_state(outage.end), seen, pen),
    ]
    for end in outage.ends:
        if abs(end.at - outage.widest.end) < timedelta(minutes=1) and end.holds:
            continue
        title = (
            text("End of the outage, borne out by the measurements")
            if end.holds
            else text("Claimed end, not borne out by the measurements")
        )
        day = end.at.astimezone(pen.case.tz).date()
        tone = "up" if end.holds else "doubt"
        found.append(Event(day, end.at, tone, title, end.said_by, note=end.why, sources=end.sources))
    return found


def _state(end: Bounds | OpenEnd) -> tuple[str, Text]:
    if isinstance(end, OpenEnd):
        return "down", text("The line is still dead")
    return "up", text("The line works again")


def _bound(
    edge: Bounds | OpenStart | OpenEnd,
    at: datetime,
    tone: str,
    title: Text,
    seen: tuple[Locator, ...],
    pen: Pen,
) -> Event:
    said = pen.edge(edge)
    note = said[:1].upper() + said[1:]
    return Event(at.astimezone(pen.case.tz).date(), at, tone, title, note=note, sources=seen)


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """Day by day."""
    desk = Desk(request)
    page = page_of(request, events(desk), PAGE, lambda e: f"{desk.words(e.title)} {e.who} {e.said}")
    days = [(day, list(found)) for day, found in groupby(page.rows, key=lambda e: e.day)]
    values = {"page": page, "days": days, "written": request.GET.get("entry", "").isdecimal()}
    return show(request, "chronology.html", values, desk=desk, nav="chronology")


URLS = [path("chronology/", view)]
