"""Writing down an offer with its terms, and an own policy."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_http_methods

from heller import casefile
from heller.dossier.names import WAIVERS
from heller.intake.written import canonical, numbers
from heller.model.facts import HOW, FactKind
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.kinds.policy import POLICIES, Policy, PolicyKind
from heller.model.money import ZERO, Money
from heller.model.record import Record
from heller.model.terms import Terms, Waiver
from heller.model.text import text
from heller.web.desk import Desk, show
from heller.web.form import AMOUNT_HINT, DAY_HINT, Field, Form
from heller.web.pages.note import NEEDED, NO_AMOUNT, NO_DAY, SIDES

NO_NUMBER = text("This is no whole number.")
UNSAID = (("", text("not stated")), ("yes", text("yes")), ("no", text("no")))


def offer_fields(now: datetime) -> tuple[Field, ...]:
    """The form of an offer."""
    waivers = tuple((waiver.value, said) for waiver, said in WAIVERS.items())
    return (
        Field("day", text("Day"), hint=DAY_HINT, required=True, value=f"{now:%d.%m.%Y}"),
        Field("who", text("Who was it on the other side?"), hint=text("Name and role")),
        Field("side", text("Who said it?"), "choice", options=SIDES, value="in"),
        Field("cash", text("Cash"), hint=AMOUNT_HINT),
        Field("credit", text("Credit on future bills"), hint=AMOUNT_HINT),
        Field("credit_worth", text("Share of the credit that it is worth to us"), hint=HOW[FactKind.SHARE]),
        Field("waiver", text("What is given up with it?"), "choice", options=waivers, value="unstated"),
        Field("until", text("Open until"), hint=DAY_HINT),
        Field("said", text("What was said?"), hint=text("As exactly as you can"), required=True),
    )


def offer(form: Form, zone: ZoneInfo) -> Contact | None:
    """The offer that a form describes, None where it has faults."""
    day = form.read("day", numbers.day(form.said("day", NEEDED)), NO_DAY)
    cash = form.read("cash", _euros(form.said("cash")), NO_AMOUNT)
    credit = form.read("credit", _euros(form.said("credit")), NO_AMOUNT)
    worth = form.read("credit_worth", canonical.share(form.said("credit_worth")), HOW[FactKind.SHARE])
    until = form.read("until", numbers.day(form.said("until")), NO_DAY)
    said, who, side = form.said("said", NEEDED), form.said("who"), form.said("side")
    waiver = next((one for one in Waiver if one.value == form.said("waiver")), Waiver.UNSTATED)
    if cash is None and credit is None:
        form.faults.setdefault("cash", text("An offer needs an amount, here or as a credit."))
    if form.faults or day is None:
        return None
    return Contact(
        at=datetime(day.year, day.month, day.day, 12, tzinfo=zone),
        kind=ContactKind.OFFER,
        channel="",
        who=who,
        said=said,
        incoming=side != "out",
        until=until,
        amount=cash,
        terms=Terms(credit, worth, waiver),
    )


def policy_fields() -> tuple[Field, ...]:
    """The form of a policy."""
    kinds = tuple((kind.value, said) for kind, said in POLICIES.items())
    return (
        Field("kind", text("Which insurance?"), "choice", options=kinds),
        Field("insurer", text("Insurer")),
        Field("covers", text("Do its terms cover this?"), "choice", options=UNSAID),
        Field("deductible", text("What the firm bears itself"), hint=AMOUNT_HINT),
        Field("limit", text("The most that it pays"), hint=AMOUNT_HINT),
        Field("waiting", text("Hours until it begins to pay"), hint=HOW[FactKind.NUMBER]),
        Field("deducted", text("Do these hours stay unpaid?"), "choice", options=UNSAID),
        Field("notice", text("Days in which the loss must be reported"), hint=HOW[FactKind.NUMBER]),
        Field("notified", text("Reported on"), hint=DAY_HINT),
    )


def policy(form: Form) -> Policy | None:
    """The policy that a form describes, None where it has faults."""
    kind = form.read(
        "kind", next((k for k in PolicyKind if k.value == form.said("kind", NEEDED)), None), NEEDED
    )
    deductible = form.read("deductible", _euros(form.said("deductible")), NO_AMOUNT)
    limit = form.read("limit", _euros(form.said("limit")), NO_AMOUNT)
    waiting = form.read("waiting", _whole(form.said("waiting")), NO_NUMBER)
    notice = form.read("notice", _whole(form.said("notice")), NO_NUMBER)
    notified = form.read("notified", numbers.day(form.said("notified")), NO_DAY)
    if form.faults or kind is None:
        return None
    return Policy(
        kind=kind,
        insurer=form.said("insurer"),
        deductible=deductible or ZERO,
        waiting_hours=waiting or 0,
        waiting_deducted=_yes(form.said("deducted")),
        limit=limit,
        notice_days=notice,
        notified=notified,
        covers=_yes(form.said("covers")),
    )


def _yes(raw: str) -> bool | None:
    return {"yes": True, "no": False}.get(raw)


def _euros(raw: str) -> Money | None:
    found = numbers.amount(raw)
    return found if found is not None and found.currency == "EUR" and found >= ZERO else None


def _whole(raw: str) -> int | None:
    found = numbers.decimal(raw)
    return int(found) if found is not None and found == int(found) and 0 <= found <= 10_000 else None


@require_http_methods(["GET", "POST"])
def view(request: HttpRequest) -> HttpResponse:
    """Both forms; what was written leads back to the decision."""
    desk = Desk(request)
    offered, insured = offer_fields(datetime.now(desk.case.tz)), policy_fields()
    if request.method == "POST":
        form = Form(request.POST.dict())
        record: Record | None
        if "kind" in request.POST:
            record, insured = policy(form), form.shown(insured)
        else:
            record, offered = offer(form, desk.case.tz), form.shown(offered)
        if record is not None:
            casefile.note(desk.folder, record)
            return HttpResponseRedirect("/decide/")
    faulty = any(field.fault for field in (*offered, *insured))
    values = {"offer": offered, "policy": insured}
    return show(request, "agreed.html", values, desk=desk, nav="decide", status=400 if faulty else 200)


URLS = [path("decide/note", view)]
