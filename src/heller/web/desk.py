"""What every page needs of its request: the folder, the language, the day, the case, the claim."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation.trans_real import parse_accept_lang_header

from heller.casefile.echo import Echo, echo
from heller.casefile.folder import today, written
from heller.dossier.refs import Refs
from heller.dossier.wording import LANGUAGES, Words
from heller.intake.written import numbers
from heller.journal.disk import head
from heller.model.case import Case
from heller.model.claim import Claim
from heller.model.errors import HellerError
from heller.model.visible import visible
from heller.web.memory import Memory

LANG_COOKIE, DAY_COOKIE = "heller_lang", "heller_day"


class Desk:
    """One request's view of a case. What lies there and waits is shown as it is today: a page that does not look
    back takes a day of the past for today."""

    exhibit_root = ""  # what stands before the address of an exhibit

    def __init__(self, request: HttpRequest, *, looks_back: bool = True) -> None:
        self.folder: Path = request.META.get("heller.folder", Path())
        self.several = "heller.hall" in request.META
        self.opened = "heller.folder" in request.META
        self.lang = language(request)
        self.chosen_day = numbers.day(request.COOKIES.get(DAY_COOKIE, ""))
        self._memory: Memory = request.META.get("heller.memory") or Memory(self.folder)
        self._looks_back = looks_back
        self._head = request.META.get("heller.head")
        self._patient = request.method != "GET"  # what was sent is not sent again

    @property
    def today(self) -> date:
        """The day that it is at the site."""
        return today(self.folder) if self.opened else date.today()

    @cached_property
    def day(self) -> date:
        """The day that everything is worked out for."""
        if self.chosen_day is not None and self._looks_back:
            return self.chosen_day
        return max(self.chosen_day or date.min, self.today)

    @property
    def case(self) -> Case:
        """The case as its journal leaves it."""
        return self.claim.case

    @cached_property
    def claim(self) -> Claim:
        """What is owed on the chosen day."""
        return self._memory.claim(self.day, patient=self._patient)

    def write(self, act: Callable[[], int]) -> int:
        """Write something down; the page that follows says what it did."""
        try:
            before: Claim | None = self.claim
        except HellerError:
            before = None
        entry = act()
        if before is not None:
            self._memory.keep_before(entry, before)
        return entry

    def echo(self, entry: str) -> Echo | None:
        """What an entry did that was written a moment ago on this day."""
        before = self._memory.before.get(int(entry)) if entry.isdecimal() and len(entry) < 9 else None
        if before is None or before.waterfall.as_of != self.day:
            return None
        return echo(int(entry), before, self.claim, written(self.folder, int(entry)))

    @property
    def changed(self) -> bool:
        """Whether the journal has grown since the request came."""
        return self._head is not None and head(self.folder) != self._head

    @cached_property
    def words(self) -> Words:
        """Says things in the reader's language and the site's zone."""
        known = self.__dict__.get("claim")
        return Words(self.lang, known.case.tz, known.case.trade) if known else Words(self.lang)

    @cached_property
    def refs(self) -> Refs:
        """How exhibits are called."""
        return Refs(self.case.exhibits, self.words)


def language(request: HttpRequest) -> str:
    """What was switched to, else what the command said, else what the browser wishes, else English."""
    wished = [request.COOKIES.get(LANG_COOKIE), request.META.get("heller.lang")]
    accepted = parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "").lower())
    wished += [code.partition("-")[0] for code, _ in accepted]
    return next((lang for lang in wished if lang in LANGUAGES), "en")


def show(
    request: HttpRequest,
    template: str,
    values: dict[str, Any],
    *,
    desk: Desk | None = None,
    nav: str = "",
    status: int = 200,
) -> HttpResponse:
    """A page. Pages that need no case (errors) load none."""
    seat = desk or Desk(request)
    told = seat.echo(request.GET.get("entry", "")) if nav else None
    context = values | {"desk": seat, "here": nav, "path": request.get_full_path(), "echo": told}
    return HttpResponse(visible(render_to_string(template, context, request)), status=status)
