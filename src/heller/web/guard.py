"""What stands between the browser and the pages: host check, headers, size limit, errors for people."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import DisallowedHost, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from heller.journal.disk import head
from heller.model.errors import HellerError, InputRefused, JournalBroken, NotACase, StoreFailed
from heller.model.text import Text, text
from heller.web.memory import Loading, StillLoadingError

POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
EXAMINED = "heller.examination"  # where a request is about a bundle and not about a case
AT_THE_DESK = ("/desk/", "/language")  # pages that are shown of a bundle
WITHOUT_CASE = ("/start/", *AT_THE_DESK, "/day")  # pages that are shown while no case is open
STATUS = {InputRefused: 400, NotACase: 404, StoreFailed: 503, JournalBroken: 500}
Handler = Callable[[HttpRequest], HttpResponse]


class Guard:
    """Refuses other hosts, so that no foreign page reaches the case by a name of its own
    (DNS rebinding), and requests that are too large; sets the headers, and keeps how the journal ended when the
    request came, so that no page says of a changed case that it is as it was."""

    def __init__(self, answer: Handler) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or refuse."""
        response = self._checked(request)
        for name, value in HEADERS.items():
            response.setdefault(name, value)
        return response

    def _checked(self, request: HttpRequest) -> HttpResponse:
        from heller.web.app import LARGEST_UPLOAD

        if (folder := request.META.get("heller.folder")) is not None:
            request.META["heller.head"] = head(folder)
        try:
            request.get_host()
        except DisallowedHost:
            return _page(request, *OTHER_HOST, 400)
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_UPLOAD:
            return error_page(
                request,
                InputRefused(
                    what=text("The files are larger than {n} MB together.", n=LARGEST_UPLOAD >> 20),
                    why=text("Nothing was added; the case is as it was."),
                    do=text("Add them one after the other, or with: heller add"),
                ),
                413,
            )
        if EXAMINED in request.META and not request.path.startswith(AT_THE_DESK):
            return HttpResponseRedirect("/desk/")
        if "heller.folder" not in request.META and not request.path.startswith(WITHOUT_CASE):
            return HttpResponseRedirect("/start/")
        return self._answer(request)


class Explain:
    """Shows an error of Heller as a page: what happened, why it matters, what to do."""

    def __init__(self, answer: Handler) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on."""
        return self._answer(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an error that knows itself, or for a case that is still being read; others go to `defect`."""
        if isinstance(error, StillLoadingError):
            return loading_page(request, error.loading)
        if not isinstance(error, HellerError):
            return None
        return error_page(request, error, STATUS.get(type(error), 500))


def loading_page(request: HttpRequest, loading: Loading) -> HttpResponse:
    """How far the reading is; the page asks again by itself."""
    from heller.web.desk import show

    at_hand = len(loading.read)
    values = {"read": at_hand, "total": max(loading.total, at_hand), "name": (loading.read or [""])[-1]}
    return show(request, "loading.html", values, status=202)


def error_page(request: HttpRequest, error: HellerError, status: int) -> HttpResponse:
    """The error page."""
    from heller.web.desk import show

    return show(request, "error.html", {"error": error}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return _page(
        request,
        text("There is no such page."),
        text("The address names nothing in this case."),
        text("Go back to the case and follow a link there."),
        404,
    )


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form that was not sent from one of our pages, with what helps against its reason."""
    if reason.startswith(("Origin", "Referer")):
        return _page(request, *OTHER_ADDRESS, 403)
    if "cookie" in reason:
        return _page(request, *NO_COOKIE, 403)
    return _page(request, *OLD_PAGE, 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for a form that cannot be taken apart: too many files or fields, or a part that did not arrive whole."""
    from django.conf import settings

    n = settings.DATA_UPLOAD_MAX_NUMBER_FILES
    match exception:
        case TooManyFilesSent():
            what = text("More than {n} files came at once.", n=n)
            return _page(request, what, NOT_ADDED, text("Add them a folder at a time."), 400)
        case TooManyFieldsSent() | RequestDataTooBig():
            what = text("The form is larger than a form of Heller can be.")
            return _page(
                request, what, NOT_WRITTEN, text("Write less into one field, or add it as a file."), 400
            )
        case DisallowedHost():
            return _page(request, *OTHER_HOST, 400)
    return _page(request, *BROKEN_PART, 400)


NOT_ADDED = text("Nothing was added; the case is as it was.")
NOT_WRITTEN = text("Nothing was written; the case is as it was.")
OTHER_HOST = (
    text("This address is not one of Heller."),
    text(
        "A page of somebody else could reach the case by a name of its own; so only 127.0.0.1 and localhost are "
        "let in."
    ),
    text("Use the address that Heller printed when it was started."),
)
OTHER_ADDRESS = (
    text("The form came from another address than the one on which Heller runs."),
    text(
        "Something before it changes the address, such as a proxy with TLS; loading the page again does not help."
    ),
    text("Open Heller on this machine at the address that it printed, which begins with http://127.0.0.1."),
)
NO_COOKIE = (
    text("The browser sent no cookie with the form."),
    text("Without it nobody can tell whether the form came from a page of this Heller. Nothing was written."),
    text("Allow cookies for 127.0.0.1, load the page again and send the form once more."),
)
OLD_PAGE = (
    text("The page is older than this Heller, or another case was opened since."),
    text("Nothing was written, so that nothing gets into the wrong case."),
    text("Load the page again, look which case it shows, and send the form once more."),
)
BROKEN_PART = (
    text("What was sent did not arrive whole."),
    NOT_ADDED,
    text("Send it again. If it fails again, add the files one after the other."),
)


def defect(request: HttpRequest) -> HttpResponse:
    """500 for what nobody expected; Django has written the traceback to the terminal."""
    return _page(
        request,
        text("This is a defect of Heller, not of your input."),
        text("What was acknowledged before is kept."),
        text("Go back and try again. The terminal in which Heller runs says more; please report it."),
        500,
    )


def _page(request: HttpRequest, what: Text, why: Text, do: Text, status: int) -> HttpResponse:
    return error_page(request, HellerError(what, why, do), status)
