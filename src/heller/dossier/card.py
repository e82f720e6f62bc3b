"""A pocket card that hangs beside the router: whom to call, what to write down, what not to do, what to say.

It is made before anything happens, so it knows no outage; what no fact tells is a line to write on. It says nothing of
law but what a person can do: ask for a number, a time and a confirmation.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from heller.dossier.typesetting import press_page
from heller.dossier.wording import Words
from heller.model.text import Text, text

Panel = dict[str, Any]

WRITE_DOWN = (
    text("Day and time: when was it last up, when first down? Who saw it?"),
    text("Which lights of the router are on, off, blinking? Take a photo."),
    text("What still works: telephone, mobile line, the page of the router itself?"),
    text("Each call: day, time, number called, name, ticket number, what was said, word for word."),
    text("Each promise: who said what until when. Ask for it by e-mail."),
    text("Who cannot work, since when. Which {units} and calls are lost."),
)
DO_NOT = (
    text("Do not set the router back to its factory state: its log would be gone."),
    text("Save the log of the router before anybody restarts it. A restart may delete it."),
    text("Do not throw anything away: receipts, notes, messages on the answering machine."),
    text("Do not change a note that was made. Write a new one, with the time and your name."),
    text("Do not say that all is well again before you have tested it: heller accept."),
    text("Do not record a call in secret: where the other side does not know of it, that can be a crime."),
)
SAY = (
    text("Please take down a complete outage since … and give me the number of the fault."),
    text("When will it be repaired? Please confirm that time by e-mail."),
    text("Each day without the line costs us about … euros. Please pass that on in writing."),
    text("What can you give us until then: a mobile line, a diversion of the calls?"),
    text("May I have your name, please?"),
)
# What stands on the cover, and the fact that tells it; without one it is a line to write on.
WHOM = (
    (text("Provider"), "provider.name"),
    (text("Number for faults"), ""),
    (text("Contract number"), "line.number"),
    (text("Product"), "line.product"),
    (text("Customer number"), ""),
    (text("Our IT"), ""),
    (text("Insurer, policy number"), ""),
    (text("Lawyer"), "lawyer.name"),
)
LINES = 6  # to write on
CARD_FACTS = tuple(key for _, key in WHOM if key)


def card_pdf(facts: Mapping[str, str], lang: str, on: date, code: bytes, line: str) -> bytes:
    """The card as PDF, one sheet of A4. `code` is the QR code of the newest anchor as SVG and `line` its words, both
    empty without one."""
    words = Words(lang)
    title = words(text("The internet is down"))
    cover = _panel(
        words,
        text("The internet is down"),
        said=(text("The first hour. Fold this sheet twice, hang it beside the router."),),
    )
    cover["fields"] = [{"label": f"{words(label)}:", "value": facts.get(key, "")} for label, key in WHOM]
    say = _panel(words, text("Say this"), SAY, "›")
    if code:
        say |= {"code": list(code), "caption": words(text("Anchor of the case: {line}", line=line))}
    write = _panel(words, text("Write down"), WRITE_DOWN, "□")
    write["fields"] = [{"label": "", "value": ""}] * LINES
    panels = [
        cover,
        write,
        _panel(words, text("Not this"), DO_NOT, "×"),
        say,
    ]
    day = {"year": on.year, "month": on.month, "day": on.day}
    return press_page("card.typ", on, {"lang": lang, "title": title, "date": day, "panels": panels})


def _panel(
    words: Words, title: Text, points: tuple[Text, ...] = (), mark: str = "", said: tuple[Text, ...] = ()
) -> Panel:
    return {
        "title": words(title),
        "said": [words(one) for one in said],
        "points": [words(one) for one in points],
        "mark": mark,
        "fields": [],
        "code": None,
        "caption": "",
    }
