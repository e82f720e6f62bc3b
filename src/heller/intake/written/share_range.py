"""A share, or two between which it lies, as a person writes them, in canonical form."""

from __future__ import annotations

import re

from heller.intake.written import numbers

BETWEEN = re.compile(r"(?<!\s)\s*(?:\.\.|bis|to|–|-|\bund\b|\band\b)\s*", re.IGNORECASE)


def share_range(written: str) -> str | None:
    """A share as '0.4', a range as '0.3..0.5'; None for what is neither.

    >>> share_range("40 %"), share_range("30-50 %"), share_range("30 % bis 50 %"), share_range("0.3..0.5")
    ('0.4', '0.3..0.5', '0.3..0.5', '0.3..0.5')
    """
    parts = BETWEEN.split(written.strip(), maxsplit=1)
    if "%" in written:
        parts = [part if "%" in part else f"{part} %" for part in parts]
    found = [numbers.share(part) for part in parts]
    if None in found:
        return None
    return "..".join(f"{share:f}" for share in found)
