"""'For part of the time nobody looked.'"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from fractions import Fraction

from heller.law.de.rules import norm
from heller.law.objections import Attack, business_of, of_days
from heller.model.finding import Ground
from heller.model.objection import Answered, Objection
from heller.model.text import text

SHORT = timedelta(hours=1)  # less than this nobody argues about


def _objections(attack: Attack) -> Iterator[Objection]:
    """The time inside an outage in which nobody watched, at what a day cost."""
    for part in attack.parts:
        holes = sum((one.shortest - one.proven_down for one in part.detection.outages), timedelta())
        if holes <= SHORT:
            continue
        off = of_days(part, Fraction(holes // timedelta(seconds=1), 86400))
        said = text("Before and after that time the line was measured dead; no sign of life lies in it.")
        yield Objection(
            "unobserved",
            text("For {time} of the outage nobody was measuring; the line may have worked.", time=holes),
            norm("ZPO-286"),
            attack.less(business_of(part, off)),
            Answered.WORDS,
            (Ground(said),),
            off,
        )


OBJECTION = _objections
