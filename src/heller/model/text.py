"""What is said to people, as a value: an English sentence with its arguments.

Pure functions return texts; only the doors (command line, web, dossier) turn them into a language.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeAlias

from msgspec import Struct

from heller.model.money import Money

Arg: TypeAlias = "str | int | Decimal | date | datetime | timedelta | Money | Text"


class Text(Struct, frozen=True):
    """An English sentence that is the key of the catalogue, with arguments for its `{names}`.

    A Decimal is a plain number; a share (0.38 for 38 %) is written `{name:percent}` in the sentence.
    `one` is the sentence to say instead where `{n}` is 1: English and German both have one plural.
    """

    id: str
    args: dict[str, Arg] = {}
    one: str = ""

    @property
    def sentence(self) -> str:
        """The sentence that fits the number."""
        return self.one if self.one and self.args.get("n") == 1 else self.id

    def __str__(self) -> str:
        """The English sentence, for logs and tracebacks."""
        return self.sentence if not self.args else f"{self.sentence} {self.args}"


def text(sentence: str, one: str = "", /, **args: Arg) -> Text:
    """Mark a sentence for translation and bind its arguments; `one` is what is said where n is 1.

    >>> text("{n} receipts were read.", n=3).args
    {'n': 3}
    """
    return Text(sentence, args, one)
