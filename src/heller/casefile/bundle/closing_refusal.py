"""The errors where a case cannot be closed without saying what it should not, or saying too little."""

from __future__ import annotations

from heller.model.errors import InputRefused
from heller.model.text import text


def named_in_reason(seq: int) -> InputRefused:
    """Somebody is named in the reason of an erasure, which stays open."""
    return InputRefused(
        what=text("The reason of the erasure in entry {n} names somebody, and cannot be closed.", n=seq),
        why=text("Whoever checks must read what was erased and why; so the name would stay open."),
        do=text("Hand the bundle over open, or close no names."),
    )


def not_written_down(name: str) -> InputRefused:
    """What was read from an original has no written form."""
    return InputRefused(
        what=text("{name} cannot be closed: what was read from it cannot be written down.", name=name),
        why=text(
            "What a redacted original says is stated in its place, so that the claim can be worked out."
        ),
        do=text("Leave it out, or hand the bundle over open."),
    )
