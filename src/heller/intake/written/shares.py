"""A share, or two between which it lies, as a person writes them, in canonical form."""

from __future__ import annotations

import re
from decimal import Decimal

from heller.intake.written import numbers

BETWEEN = re.compile(r"(?<!\s)\s*(?:\.\.|bis|to|–|-|\bund\b|\band\b)\s*", re.IGNORECASE)


def share(raw: str) -> Decimal | None:
    """A share: '38 %' and '0,38' are 0.38. Without a percent sign only what is clearly a share.

    >>> share("38 %"), share("42,86%"), share("0,5"), share("38"), share("1")
    (Decimal('0.38'), Decimal('0.4286'), Decimal('0.5'), None, None)
    """
    body = raw.strip()
    if body.endswith("%"):
        body = body[:-1].rstrip()
        found = numbers.decimal(body)
        if found is None and re.fullmatch(r"\d{1,3}[.,]\d{3}", body, re.ASCII):
            found = Decimal(body.replace(",", "."))  # nobody means 42857 per cent by '42,857 %'
        return None if found is None else (found / 100).normalize() + Decimal(0)
    found = numbers.decimal(body)
    if found is None or not 0 <= found <= 1 or (found == 1 and body.strip("+") == "1"):
        return None
    return found


def share_range(written: str) -> str | None:
    """A share as '0.4', a range as '0.3..0.5'; None for what is neither.

    >>> share_range("40 %"), share_range("30-50 %"), share_range("30 % bis 50 %"), share_range("0.3..0.5")
    ('0.4', '0.3..0.5', '0.3..0.5', '0.3..0.5')
    """
    parts = BETWEEN.split(written.strip(), maxsplit=1)
    if "%" in written:
        parts = [part if "%" in part else f"{part} %" for part in parts]
    found = [share(part) for part in parts]
    if None in found:
        return None
    return "..".join(f"{one:f}" for one in found)
