"""heller note: write down what was said, a fact, what a receipt is for, a policy, or a correction.

The forms are those of the record kinds; what is no record is a file of this folder. Typed is
`heller note CASE KIND ...`, as one speaks.
"""

from __future__ import annotations

from collections.abc import Sequence

import cyclopts

from heller.cli import verbs
from heller.cli.note import forms
from heller.cli.screen import tr, words
from heller.model.text import text

PLACE = 30
VERB = text("Write down a contact, a promise, a fact, what a receipt is for, or a correction.")
GERMAN = {"korrektur": "correct", "wiederherstellen": "restore", "zone": "zone"} | {
    form.german: form.name for _, form in forms.found() if form.german
}


def add(app: cyclopts.App) -> cyclopts.App:
    """The forms of record kinds as verbs, each built when it is asked for."""
    for _, form in forms.found():
        app.command(
            f"heller.cli.note.forms:{form.name.replace('-', '_')}",
            name=form.name,
            help=words()(form.what),
            sort_key=form.place,
            group=tr("Commands"),
        )
    return app


run = verbs.add(add(cyclopts.App(name="note", help_format="plaintext")), __name__)


def ordered(said: Sequence[str]) -> list[str]:
    """The words of a command line with the form ahead of the case; what is no other form is a kind of contact.

    >>> ordered(["note", "CASE", "fact", "Firma", "Muster"]), ordered(["note", "CASE", "promise", "Tuesday"])
    (['note', 'fact', 'CASE', 'Firma', 'Muster'], ['note', 'contact', 'CASE', 'promise', 'Tuesday'])
    """
    known = {verb.name for verb in verbs.found(__name__)} | {form.name for _, form in forms.found()}
    if len(said) < 3 or said[0] != "note" or said[1] in known or said[1].startswith("-"):
        return list(said)
    verb, case, kind, *more = said
    form = GERMAN.get(kind.lower(), kind.replace("_", "-"))
    return [verb, form, case, *more] if form in known - {"contact"} else [verb, "contact", case, kind, *more]
