"""What a reader chooses for all pages: the language, and the day that interest and deadlines count to."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from heller.dossier.wording import LANGUAGES
from heller.intake.written import spoken_times
from heller.model.errors import InputRefused
from heller.model.text import text
from heller.web.desk import DAY_COOKIE, LANG_COOKIE, Desk

YEAR = 365 * 86400  # seconds


def back(request: HttpRequest) -> HttpResponse:
    """To the page that the form stood on."""
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts=None) and target.startswith("/")
    return HttpResponseRedirect(target if safe else "/")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language."""
    response = back(request)
    if request.POST.get("lang") in LANGUAGES:
        response.set_cookie(LANG_COOKIE, request.POST["lang"], YEAR, httponly=True, samesite="Lax")
    return response


@require_POST
def day(request: HttpRequest) -> HttpResponse:
    """Look at the case as it stands on a day; an empty day is today."""
    raw = request.POST.get("day", "").strip()
    response = back(request)
    if not raw:
        response.delete_cookie(DAY_COOKIE)
        return response
    found = spoken_times.days(raw, Desk(request).today)
    if len(found) != 1 or not date(2000, 1, 1) <= found[0] <= date(2100, 1, 1):
        raise InputRefused(
            what=text("{raw} is no day.", raw=raw),
            why=text("Interest and deadlines are worked out for a day."),
            do=text("Write it as 3.2., yesterday or a whole date."),
        )
    response.set_cookie(DAY_COOKIE, found[0].isoformat(), httponly=True, samesite="Lax")
    return response


URLS = [path("language", language), path("day", day)]
