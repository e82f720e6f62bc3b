"""The application: settings, addresses, static files. No database, no accounts, no network."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from http.cookies import CookieError, SimpleCookie
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.urls import URLPattern
from whitenoise import WhiteNoise

from heller.model.scan import modules
from heller.model.text import Text, text
from heller.web.hall import CASE_COOKIE, Hall
from heller.web.memory import Memory

if TYPE_CHECKING:
    from heller.casefile.examination import Examination

HERE = Path(__file__).parent
FONTS = HERE.parent / "dossier" / "fonts"
LARGEST_UPLOAD = 200 << 20  # bytes of one request
LONGEST = 4096  # characters of the cookies that are looked at
WSGI = Callable[[dict[str, Any], Callable[..., Any]], Any]


def configure() -> None:
    """Set Django up, once in a process."""
    if settings.configured:
        return
    settings.configure(
        DEBUG=False,
        SECRET_KEY=secrets.token_urlsafe(32),  # nothing that it signs outlives the process
        ALLOWED_HOSTS=["127.0.0.1", "localhost"],
        ROOT_URLCONF="heller.web.app",
        MIDDLEWARE=[
            "heller.web.guard.Guard",
            "django.middleware.csrf.CsrfViewMiddleware",
            "heller.web.guard.Explain",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HERE / "templates"],
                "OPTIONS": {
                    "builtins": ["heller.web.tags"],
                    "context_processors": [
                        "django.template.context_processors.csrf",
                        "heller.web.app.navigation",
                    ],
                },
            }
        ],
        CSRF_COOKIE_NAME="heller_csrf",
        CSRF_COOKIE_HTTPONLY=True,
        CSRF_COOKIE_SAMESITE="Strict",
        CSRF_FAILURE_VIEW="heller.web.guard.forgery",
        DATA_UPLOAD_MAX_NUMBER_FILES=2000,
        FILE_UPLOAD_MAX_MEMORY_SIZE=LARGEST_UPLOAD
        + (1 << 20),  # no part of a receipt lies under a name elsewhere
        USE_I18N=False,
        USE_TZ=True,
        LOGGING_CONFIG=None,
    )
    django.setup(set_prefix=False)
    for name in ("django.request", "django.security"):
        logging.getLogger(name).setLevel(logging.ERROR)  # the terminal is for defects


def pages() -> tuple[ModuleType, ...]:
    """Every module in the folder `pages`: it names its addresses (`URLS`) and, where it stands in the
    navigation, its `PLACE` and `NAME` there; `BAR` where it stands in the bar."""
    return modules("heller.web.pages")


GROUPS = (text("What happened"), text("What it costs"), text("Who owes it"), text("Proof"))
Link = tuple[str, str, Text]  # key, address, name


def navigation(request: HttpRequest) -> dict[str, Any]:
    """The pages in the navigation, for every template: those of the bar, and all of them in their groups, which are the
    hundreds of their places."""
    del request  # it is the same on every page
    placed = sorted((module for module in pages() if hasattr(module, "PLACE")), key=lambda one: one.PLACE)
    links = [(one.PLACE // 100, _link(one), getattr(one, "BAR", False)) for one in placed]
    groups = [(name, [link for n, link, _ in links if n == number]) for number, name in enumerate(GROUPS, 1)]
    return {
        "nav": [link for _, link, bar in links if bar],
        "nav_groups": groups,
        "most_bytes": LARGEST_UPLOAD,
        "most_megabytes": LARGEST_UPLOAD >> 20,
    }


def _link(module: ModuleType) -> Link:
    return (module.__name__.rpartition(".")[2], f"/{module.URLS[0].pattern}", module.NAME)


def surroundings(folder: Path, lang: str | None = None) -> dict[str, Any]:
    """What each request of one case carries with it: folder, language, what is remembered."""
    return {"heller.folder": folder, "heller.lang": lang, "heller.memory": Memory(folder)}


def application(folder: Path, lang: str | None = None) -> WSGI:
    """The WSGI application for one case folder; `lang` wins over the browser's wish."""
    own = surroundings(folder.resolve(), lang)
    return _with_files(lambda environ: own)


def hall_application(hall: Hall, lang: str | None = None) -> WSGI:
    """The application for all cases of a home: each request says by a cookie which of them it is about."""
    known: dict[Path, dict[str, Any]] = {}

    def own(environ: dict[str, Any]) -> dict[str, Any]:
        folder = hall.folder(cookie_in(environ, CASE_COOKIE))
        if folder is None:
            return {"heller.hall": hall, "heller.lang": lang}
        if folder not in known:
            known[folder] = surroundings(folder.resolve(), lang) | {"heller.hall": hall}
        return known[folder]

    return _with_files(own)


def desk_application(examination: Examination, lang: str | None = None, signer: Any = None) -> WSGI:
    """The desk of the other side for one bundle; `signer` is the key that signs its answers."""
    own = examined(examination, lang, signer)
    return _with_files(lambda environ: own)


def examined(examination: Examination, lang: str | None = None, signer: Any = None) -> dict[str, Any]:
    """What each request about a bundle carries with it."""
    return {"heller.examination": examination, "heller.lang": lang, "heller.signer": signer}


def cookie_in(environ: Mapping[str, Any], name: str) -> str:
    """A cookie of a request, '' where there is none."""
    try:
        held = SimpleCookie(str(environ.get("HTTP_COOKIE", ""))[:LONGEST]).get(name)
    except CookieError:
        return ""
    return held.value if held else ""


def _with_files(own: Callable[[dict[str, Any]], dict[str, Any]]) -> WSGI:
    """The pages, with what is `own` to a request, and the files that they need."""
    configure()
    handler = WSGIHandler()

    def pages_of(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        return handler(environ | own(environ), start_response)

    files = WhiteNoise(
        pages_of,
        max_age=3600,
        allow_all_origins=False,
        mimetypes={".ttf": "font/ttf"},
        add_headers_function=_static_headers,
    )
    files.add_files(str(HERE / "static"), prefix="static/")
    files.add_files(str(FONTS), prefix="static/fonts/")
    served: WSGI = files
    return served


def _static_headers(headers: Any, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"


RELEASE = version("heller")

configure()
urlpatterns: list[URLPattern] = [address for page in pages() for address in page.URLS]
handler400 = "heller.web.guard.bad_request"
handler404 = "heller.web.guard.not_found"
handler500 = "heller.web.guard.defect"
