"""What is wrong with a command line, in the reader's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cyclopts import exceptions

from heller.cli.screen import tr, words
from heller.model.text import Text, text

if TYPE_CHECKING:
    from cyclopts.exceptions import CycloptsError


def words_for(error: CycloptsError) -> str:
    """What is wrong, and where to look. An error that we have no words for keeps its own."""
    what = _what(error)
    first = str(error) if what is None else words()(what)
    return f"{first}\n{tr('See: heller --help, or heller VERB --help')}"


def _what(error: CycloptsError) -> Text | None:
    token = error.unused_tokens[0] if error.unused_tokens else ""
    match error:
        case exceptions.MissingArgumentError() if error.argument is not None:
            return text("Something is missing: {name}.", name=error.argument.name.lstrip("-").upper())
        case exceptions.UnknownOptionError():
            name = error.token.keyword or error.token.value
            return text("There is no option {name}.", name=name)
        case exceptions.UnknownCommandError():
            return text("There is no verb {name}.", name=token)
        case exceptions.UnusedCliTokensError():
            return text("One word too many: {name}.", name=token)
        case exceptions.CoercionError() if error.token is not None:
            return text("{raw} cannot be read.", raw=error.token.value)
    return None
