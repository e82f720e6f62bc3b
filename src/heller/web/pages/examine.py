"""The desk of the other side: the items of a bundle, what is said of each, other readings, the answer.

It shows what the bundle shows and nothing of the claimant's house: no odds, no offer of ours, no advice.
"""

from __future__ import annotations

import mimetypes
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.views.decorators.http import require_POST, require_safe
from msgspec.structs import replace

from heller import pipeline
from heller.casefile.answer_out import paper_of
from heller.casefile.examination import ExaminerNotes, answer_of, keep_notes, notes_of, ruled
from heller.casefile.suppositions import amount, facts, moment
from heller.dossier.names import GRADES
from heller.intake.answer_file import answer_file
from heller.intake.written import numbers
from heller.model.amount import Range
from heller.model.answer_file import FileRuling, TriedFigure
from heller.model.case import Exhibit
from heller.model.dispute import ClaimItem
from heller.model.errors import InputRefused
from heller.model.facts import FACTS, fault, shop
from heller.model.kinds.item_ruling import REASONS, RULINGS, CutReason, RulingKind
from heller.model.money import ZERO, Money, total
from heller.model.text import Text, text
from heller.model.tried import OtherwiseSupposed
from heller.web.desk import show
from heller.web.examiner import ExaminerDesk
from heller.web.memory import TURN

TRIED = (fault.SHARE, shop.MARGIN)  # shares that are tried on the page
MOST = 5000  # lines of an original that a page shows
INLINE = {"application/pdf", "image/png", "image/jpeg"}
Row = tuple[int, ClaimItem, Text, FileRuling | None, Text | None, Text | None]


def rows(desk: ExaminerDesk, notes: ExaminerNotes) -> list[Row]:
    """Each item with its number, its grade of proof, and what was said of it."""
    found: list[Row] = []
    for n, one in enumerate(desk.examination.items, 1):
        said = notes.rulings.get(one.key)
        reason = REASONS[said.reason] if said is not None and said.reason is not None else None
        kind = RULINGS[said.ruling] if said is not None else None
        found.append((n, one, GRADES[one.position.grade], said, kind, reason))
    return found


def supposed(request: HttpRequest, desk: ExaminerDesk) -> tuple[str, OtherwiseSupposed]:
    """What is tried, in words and as facts and bounds; raises InputRefused."""
    zone, given = desk.claim.case.tz, request.GET
    said = [f"{one.key}={given[one.key]} %" for one in TRIED if given.get(one.key, "").strip()]
    since, until = (given.get(name, "").strip() or None for name in ("since", "until"))
    named = [f"{desk.words(FACTS[one.partition('=')[0]].label)} {one.partition('=')[2]}" for one in said]
    label = "; ".join([*named, *(f"{sign} {at}" for sign, at in (("≥", since), ("≤", until)) if at)])
    return label, OtherwiseSupposed(facts(said, zone), moment(since, zone), moment(until, zone))


@require_safe
def view(request: HttpRequest) -> HttpResponse:
    """The items, what is due for what is agreed, other readings, what is tried, the answer."""
    desk = ExaminerDesk(request)
    notes = notes_of(desk.examination)
    label, other = supposed(request, desk)
    tried: Range | None = None
    with TURN:
        agreed = desk.examination.agreed(notes).low
        readings = pipeline.other_readings(desk.claim)
        if other:
            tried = desk.examination.tried(other)
    if tried is not None and request.GET.get("keep"):
        figure = TriedFigure(label, tried.low)
        if figure not in notes.tried:
            notes = replace(notes, tried=(*notes.tried, figure))
            keep_notes(desk.examination, notes)
    due = desk.claim.waterfall.due.low
    values = {
        "outcome": desk.examination.verification,
        "digest": desk.examination.verification.digest,
        "claim": desk.claim,
        "firm": desk.claim.case.fact("firm.name") or "",
        "provider": desk.claim.case.fact("provider.name") or "",
        "rows": rows(desk, notes),
        "asked": total(one.asked for one in desk.examination.items),
        "agreed_items": total(one.agreed for one in notes.rulings.values()),
        "due": due,
        "agreed": min(agreed, due),
        "rest": max(due - agreed, ZERO),
        "readings": readings,
        "kinds": list(RULINGS.items()),
        "reasons": list(REASONS.items()),
        "tries": [(one.key, one.label, request.GET.get(one.key, "")) for one in TRIED],
        "since": request.GET.get("since", ""),
        "until": request.GET.get("until", ""),
        "tried": tried,
        "tried_label": label,
        "notes": notes,
        "signed": desk.signer is not None,
    }
    return show(request, "desk.html", values, desk=desk)


@require_POST
def rule(request: HttpRequest) -> HttpResponse:
    """What is said of one item."""
    desk = ExaminerDesk(request)
    given = request.POST
    item = desk.examination.item(given.get("item", ""))
    try:
        kind = RulingKind(given.get("ruling", ""))
    except ValueError as error:
        raise _unsaid() from error
    notes = ruled(
        notes_of(desk.examination),
        item,
        desk.words(item.title),
        kind,
        agreed=_amount(given.get("amount", "")) or ZERO,
        reason=CutReason(given["reason"])
        if given.get("reason") in {one.value for one in CutReason}
        else None,
        words=given.get("words", "").strip(),
        paper=given.get("paper", "").strip(),
        until=_day(given.get("until", "")),
        ground=given.get("ground", "").strip(),
    )
    keep_notes(desk.examination, notes)
    return HttpResponseRedirect(
        f"/desk/#item-{[one.key for one in desk.examination.items].index(item.key) + 1}"
    )


@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """The answer as a file or as a paper, handed to the browser."""
    desk = ExaminerDesk(request)
    given = request.POST
    notes = replace(
        notes_of(desk.examination),
        by=given.get("by", "").strip(),
        words=given.get("words", "").strip(),
        offer=_amount(given.get("offer", "")),
        until=_day(given.get("until", "")),
    )
    body = answer_of(desk.examination, notes, _day(given.get("on", "")) or date.today())
    keep_notes(desk.examination, notes)
    file = answer_file(body, desk.signer)
    if given.get("form") == "pdf":
        with TURN:
            data, media = paper_of(desk.examination, file, desk.lang), "application/pdf"
    else:
        data, media = file.written, "application/json"
    name = f"answer-{body.round}.{'pdf' if media.endswith('pdf') else 'json'}"
    return HttpResponse(data, media, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_safe
def exhibit(request: HttpRequest, number: int) -> HttpResponse:
    """An original as the bundle holds it: its lines, or where it has pages a way to them."""
    desk = ExaminerDesk(request)
    found, data = _original(desk, number)
    lines = [] if b"\0" in data else data.decode("utf-8", "replace").splitlines()
    if found.media in INLINE:
        lines = []
    values = {
        "exhibit": found,
        "lines": list(enumerate(lines[:MOST], 1)),
        "more": max(len(lines) - MOST, 0),
        "row": request.GET.get("row", ""),
    }
    return show(request, "desk_exhibit.html", values, desk=desk)


@require_safe
def original(request: HttpRequest, number: int) -> HttpResponse:
    """The bytes of an original; only pages and pictures are shown in the browser."""
    found, data = _original(ExaminerDesk(request), number)
    media = found.media if found.media in INLINE else "application/octet-stream"
    way = "inline" if media in INLINE else "attachment"
    ending = mimetypes.guess_extension(found.media) or ""
    return HttpResponse(data, media, headers={"Content-Disposition": f'{way}; filename="K{number}{ending}"'})


def _original(desk: ExaminerDesk, number: int) -> tuple[Exhibit, bytes]:
    found = next((one for one in desk.claim.case.exhibits if one.number == number), None)
    if found is None:
        raise Http404
    try:
        return found, desk.examination.original(found.digest)
    except KeyError as error:
        raise InputRefused(
            text("The original of exhibit K {n} is not in the bundle.", n=number),
            text("Only its digest is: nothing went from it into the claim, or it is redacted."),
            text("Ask the other side for it, and compare its SHA-256 with {digest}.", digest=found.digest),
        ) from error


def _amount(raw: str) -> Money | None:
    return amount(raw) if raw.strip() else None


def _day(raw: str) -> date | None:
    if not raw.strip():
        return None
    found = numbers.day(raw.strip())
    if found is None:
        raise InputRefused(
            text("{raw} is no day.", raw=raw),
            text("The answer names days that everybody reads alike."),
            text("Write it as 2015-06-30 or 30.06.2015."),
        )
    return found


def _unsaid() -> InputRefused:
    return InputRefused(
        text("It is not said what becomes of the item."),
        text("Whoever reads the answer must know what is agreed, and why not more."),
        text("Choose one of: accepted, cut, doubted, refused."),
    )


URLS = [
    path("desk/", view),
    path("desk/rule", rule),
    path("desk/answer", answer),
    path("desk/exhibits/<int:number>/", exhibit),
    path("desk/exhibits/<int:number>/original", original),
]
