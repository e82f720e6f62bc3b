"""Two looks at one paper become one reading, field by field: what the first missed is taken from the second.

Nothing that was read is replaced. The sums are one field: parts of two looks are not added up.
"""

from __future__ import annotations

from msgspec.structs import replace

from heller.model.kinds.paper import Paper
from heller.model.kinds.unit import Unit
from heller.model.record import Reading
from heller.model.value import Support

NEEDED = ("seller", "date", "gross")  # without which a paper is looked at again
SUMS = ("net", "vat", "gross", "pay", "currency")


def missing(found: Reading) -> tuple[str, ...]:
    """What a paper lacks of what every receipt says; all of it where nothing was read, nothing of a till's takings."""
    if any(isinstance(record, Unit) for record in found.records):
        return ()
    paper = _paper(found)
    return tuple(name for name in NEEDED if paper is None or name not in paper.values)


def joined(first: Reading, second: Reading) -> Reading:
    """The first look with what it lacks from the second."""
    one, other = _paper(first), _paper(second)
    if one is None or other is None:
        return first if one or not second.records else second
    sums = one if "gross" in one.values or _proven(one) or "gross" not in other.values else other
    values = {name: value for name, value in sums.values.items() if name in SUMS}
    for name, value in (*one.values.items(), *other.values.items()):
        if name not in SUMS:
            values.setdefault(name, value)
    filled = values.keys() - one.values.keys()
    names = {f"unclear-{name}" for name in filled} | ({"sums-differ"} if sums is other else set())
    kept = tuple(doubt for doubt in first.findings if doubt.code not in names)
    whole = replace(
        one,
        values=values,
        buyer=one.buyer or other.buyer,
        tax_ids=tuple(dict.fromkeys((*one.tax_ids, *other.tax_ids))),
        refers=one.refers or other.refers,
        prepaid=sums.prepaid,
        fees=sums.fees,
        kind=one.kind if one.kind.grade is not Support.ABSENT else other.kind,
    )
    return replace(first, records=(whole, *first.records[1:]), findings=kept)


def _paper(found: Reading) -> Paper | None:
    return next((record for record in found.records if isinstance(record, Paper)), None)


def _proven(paper: Paper) -> bool:
    gross = paper.values.get("gross")
    return gross is not None and gross.grade is Support.PROVEN
