"""What letters and dossier say of the degree of fault that is pleaded: the main claim, its grounds, the claim in the
alternative.
"""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import Block, Para
from heller.dossier.writer import Pen
from heller.model.kinds.pleading import FaultDegree
from heller.model.pleaded_fault import Auxiliary
from heller.model.text import Text, text


def pleaded_blocks(pen: Pen) -> Iterator[Block]:
    """For a letter: the degree with its grounds, and what is demanded where only simple negligence is found."""
    pleaded, other = pen.claim.waterfall.pleaded, auxiliary(pen)
    if pleaded is None or pleaded.degree is FaultDegree.SIMPLE:
        return
    yield Para(pen(text("{said} The grounds:", said=pen(conclusion(pen)))))
    yield Para("\n".join(grounds(pen)))
    if other is not None:
        yield Para(pen(in_the_alternative(other)))


def auxiliary(pen: Pen) -> Auxiliary | None:
    """What is claimed in the alternative; None where the degree changes nothing or none is pleaded."""
    pleaded = pen.claim.waterfall.pleaded
    return pleaded.auxiliary if pleaded is not None else None


def conclusion(pen: Pen) -> Text:
    """What is pleaded, with the rule that says what follows for the limit."""
    pleaded = pen.claim.waterfall.pleaded
    assert pleaded is not None
    cite = pen.norm(pleaded.norm)
    return {
        FaultDegree.SIMPLE: text("Simple negligence is pleaded ({cite}).", cite=cite),
        FaultDegree.GROSS: text("Gross negligence is pleaded ({cite}).", cite=cite),
        FaultDegree.INTENT: text("Intent is pleaded ({cite}).", cite=cite),
    }[pleaded.degree]


def grounds(pen: Pen) -> list[str]:
    """The grounds as numbered lines, each with its day and exhibit."""
    pleaded = pen.claim.waterfall.pleaded
    found = pleaded.grounds if pleaded is not None else ()
    lines = []
    for number, one in enumerate(found, 1):
        places = ", ".join(ref.label for ref in pen.refs(one.sources))
        day = f"{pen.words.day(one.on)}: " if one.on and number > 1 else ""
        lines.append(f"    {number}. {day}{pen(one.text)}" + (f" ({places})" if places else ""))
    return lines


def in_the_alternative(other: Auxiliary) -> Text:
    """What is demanded where the pleaded degree is not found."""
    return text(
        "In the alternative, should no more than simple negligence be found, we demand {due}. {reason}",
        due=other.due.low,
        reason=other.reason,
    )
