"""The application: settings, addresses, static files. No database, no accounts, no network."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest
from django.urls import URLPattern
from whitenoise import WhiteNoise

from heller.model.scan import modules
from heller.model.text import Text
from heller.web.memory import Memory

HERE = Path(__file__).parent
FONTS = HERE.parent / "dossier" / "fonts"
LARGEST_UPLOAD = 200 << 20  # bytes of one request
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
    navigation, its `PLACE` and `NAME` there."""
    return modules("heller.web.pages")


def navigation(request: HttpRequest) -> dict[str, list[tuple[str, str, Text]]]:
    """Key, address and name of the pages in the navigation, in their order, for every template."""
    del request  # it is the same on every page
    placed = sorted(((m.PLACE, m) for m in pages() if hasattr(m, "PLACE")), key=lambda pair: pair[0])
    return {"nav": [(m.__name__.rpartition(".")[2], f"/{m.URLS[0].pattern}", m.NAME) for _, m in placed]}


def surroundings(folder: Path, lang: str | None = None) -> dict[str, Any]:
    """What each request of one case carries with it: folder, language, what is remembered."""
    return {"heller.folder": folder, "heller.lang": lang, "heller.memory": Memory(folder)}


def application(folder: Path, lang: str | None = None) -> WSGI:
    """The WSGI application for one case folder; `lang` wins over the browser's wish."""
    configure()
    handler = WSGIHandler()

    own = surroundings(folder.resolve(), lang)

    def one_case(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        return handler(environ | own, start_response)

    files = WhiteNoise(
        one_case,
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
handler404 = "heller.web.guard.not_found"
handler500 = "heller.web.guard.defect"
