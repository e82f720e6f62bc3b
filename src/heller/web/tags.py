"""Template tags: `t` says a sentence, `say` any value, `refs` links places in exhibits."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.template import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from heller.dossier.names import STANDS, SURE
from heller.dossier.refs import PAGE, rows_of
from heller.model.amount import Range
from heller.model.claim import Lift
from heller.model.damage import NormRef
from heller.model.errors import HellerError
from heller.model.finding import Locator
from heller.model.kinds import kind_of
from heller.model.record import Reading, Record
from heller.model.text import Text, text
from heller.web.desk import Desk

register = template.Library()


@register.simple_tag(takes_context=True)
def t(context: Context, sentence: str, **args: Any) -> str:
    """An English sentence of the catalogue in the reader's language, escaped on output."""
    desk: Desk = context["desk"]
    return desk.words(Text(sentence, args))


@register.simple_tag(takes_context=True)
def say(context: Context, value: object, spec: str = "") -> str:
    """Text, money, range, day, instant or number in the reader's language; nothing for None."""
    if value is None or value == "":
        return ""
    desk: Desk = context["desk"]
    if isinstance(value, Range) and spec == "likely":
        return desk.words.money(value.likely)
    return desk.words.value(value, spec)


@register.simple_tag(takes_context=True)
def because(context: Context, error: HellerError) -> str:
    """Why an error matters; never that the case is as it was where this request wrote into it."""
    desk: Desk = context["desk"]
    return desk.words(error.because(desk.changed))


@register.simple_tag(takes_context=True)
def record(context: Context, one: Record) -> str:
    """The kind of a record and what it says, in a line."""
    words, kind = context["desk"].words, kind_of(one)
    return f"{words(kind.name)}: {words.line(kind.line(one))}"


@register.simple_tag(takes_context=True)
def stand(context: Context, lift: Lift) -> str:
    """How a fact that could lift the cap stands in this case."""
    desk: Desk = context["desk"]
    return desk.words(STANDS[lift.stand])


@register.simple_tag(takes_context=True)
def titled(context: Context, reading: Reading) -> str:
    """What a document was read as. A title may be the document's own words, so nothing in it is filled in."""
    desk: Desk = context["desk"]
    return desk.words(reading.title)


@register.simple_tag(takes_context=True)
def refs(context: Context, sources: Iterable[Locator | None]) -> SafeString:
    """'Anlage K 3, Zeile 12' with links to the place itself."""
    desk: Desk = context["desk"]
    given = [source for source in sources if source is not None]
    places: dict[int, list[str]] = {}
    for source in given:
        if exhibit := desk.case.exhibit_of(source.object):
            places.setdefault(exhibit.number, []).append(source.place)
    links = [
        (desk.exhibit_root + link(ref.number, places[ref.number]), ref.label) for ref in desk.refs(given)
    ]
    return format_html_join(" ", '<a class="ref" href="{}">{}</a>', links)


def link(number: int, places: Iterable[str]) -> str:
    """The address of the first of some places in an exhibit."""
    found = tuple(places)
    rows = rows_of(found)
    if rows:
        return f"/exhibits/{number}/?row={rows[0]}#row-{rows[0]}"
    page = next((match for place in found if (match := PAGE.match(place))), None)
    return f"/exhibits/{number}/original#page={page[1]}" if page else f"/exhibits/{number}/"


@register.simple_tag(takes_context=True)
def norm(context: Context, ref: NormRef | None) -> SafeString:
    """A norm as it is cited; one that nobody verified says so; nothing where the law is not known."""
    if ref is None:
        return mark_safe("")
    if ref.mark in SURE:
        return format_html('<span class="norm">{}</span>', ref.cite)
    doubt = context["desk"].words(text("not verified"))
    return format_html('<span class="norm">{} <em>({})</em></span>', ref.cite, doubt)


@register.simple_tag(takes_context=True)
def megabits(context: Context, rate: int | None) -> str:
    """Bits a second as megabits, with one place; a dash where that way was not measured."""
    desk: Desk = context["desk"]
    return "–" if rate is None else desk.words.number(Decimal(rate) / 1_000_000, 1)


@register.simple_tag
def percent_of(share: str) -> str:
    """A share in canonical form as whole per cent."""
    return str(round(Decimal(share) * 100))
