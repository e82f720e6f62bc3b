"""heller note: write down what was said, a fact, what a receipt is for, a policy, or a correction.

Each form is a file of this folder with its own options. Typed is `heller note CASE KIND ...`, as one speaks.
"""

from __future__ import annotations

from collections.abc import Sequence

import cyclopts

from heller.cli import verbs
from heller.model.text import text

PLACE = 30
VERB = text("Write down a contact, a promise, a fact, what a receipt is for, or a correction.")
GERMAN = {
    "angabe": "fact",
    "beleg": "purpose",
    "police": "policy",
    "kundenforderung": "customer-claim",
    "massnahme": "measure",
    "korrektur": "correct",
}

run = verbs.add(cyclopts.App(name="note", help_format="plaintext"), __name__)


def ordered(words: Sequence[str]) -> list[str]:
    """The words of a command line with the form ahead of the case; what is no other form is a kind of contact.

    >>> ordered(["note", "CASE", "fact", "Firma", "Muster"]), ordered(["note", "CASE", "promise", "Tuesday"])
    (['note', 'fact', 'CASE', 'Firma', 'Muster'], ['note', 'contact', 'CASE', 'promise', 'Tuesday'])
    """
    forms = {verb.name for verb in verbs.found(__name__)}
    if len(words) < 3 or words[0] != "note" or words[1] in forms or words[1].startswith("-"):
        return list(words)
    verb, case, kind, *more = words
    form = GERMAN.get(kind, kind.replace("_", "-"))
    return [verb, form, case, *more] if form in forms - {"contact"} else [verb, "contact", case, kind, *more]
