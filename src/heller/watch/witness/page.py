"""A page for a colleague's browser or phone: it asks the office's address again and again, and signs what it saw. One
file that loads nothing; it knows the address and nothing of the case.

A browser cannot send echo requests and hides why a request failed: only an answer and a silence of `PATIENCE` count, a
quick failure says nothing.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from importlib.resources import files
from urllib.parse import urlsplit

from heller.model.text import Text, text

PATIENCE = 15_000  # milliseconds without an answer that are silence
OTHERS = (
    "https://one.one.one.one/favicon.ico",
    "https://dns.google/favicon.ico",
    "https://quad9.net/favicon.ico",
)
WORDS = {
    "title": text("Is the line of the office alive?"),
    "what": text(
        "This page asks the address of the office again and again and writes down whether it answered."
    ),
    "how": text(
        "Leave it open, with the screen on. At the end save the file and send it to the office. It holds the name that"
        " you write here, times and what was answered, and goes nowhere by itself."
    ),
    "who": text("Your name, as it may be read there"),
    "begin": text("Begin"),
    "save": text("Save the file"),
    "answered": text("Answered"),
    "silent": text("Silent"),
    "none": text("Says nothing: no answer from anybody, or unclear why"),
}
RUNNING = text("It runs. Leave the page open.")
INSECURE = text("This browser signs nothing here. Open the file from the disk, or from an https address.")


def page(
    url: str,
    every: float,
    lang: str,
    say: Callable[[Text], str],
    others: Sequence[str] = OTHERS,
    patience: int = PATIENCE,
) -> str:
    """The page that watches `url`, every so many seconds; `others` are asked beside it. `patience` in milliseconds."""
    said = {
        "url": url,
        "target": urlsplit(url).hostname or url,
        "every": every,
        "patience": patience,
        "others": list(others),
        "running": say(RUNNING),
        "insecure": say(INSECURE),
    }
    words = {key: html.escape(say(one)) for key, one in WORDS.items()}
    # In a script no sign may end it or begin a comment (HTML, 4.12.1.3).
    script = json.dumps(said).replace("<", "\\u003c")
    plain = files("heller.watch.witness").joinpath("page.html").read_text("utf-8")
    return plain.format(lang=lang, said=script, **words)
