"""Why an answer does not count. A value for the queue, which goes on; not an error for people to end on."""

from __future__ import annotations

from heller.model.text import Text


class TokenRefused(Exception):
    """A token, or what tells of its certificate, does not hold. `code` is one word for machines."""

    def __init__(self, code: str, why: Text) -> None:
        super().__init__(str(why))
        self.code, self.why = code, why
