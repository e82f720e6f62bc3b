"""Which figures are net, tax, gross and payable: the words propose, the sums decide.

Three figures are proven where net and tax give the gross and the tax is a printed rate of the net.
What only a word names is read. Where words name two figures and no sum decides, there is none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from msgspec.structs import replace

from heller.intake.paper import rates, till
from heller.intake.paper.amounts import LOOSE, Amount, Figures
from heller.intake.paper.totals import Totals, Triple

WHOLE, NO_WHOLE = frozenset({"due", "total", "gross"}), frozenset({"net", "vat", "part", "paid", "off"})
GROSSES, TAXES = 60, 300  # how many candidates are tried: a bill may have thousands of lines


def totals(found: Figures) -> Totals:
    """The totals of a sheet."""
    best, rivals = _best(list(_triples(found)))
    made = _of_triple(best, found) if best and not rivals else _by_words(found)
    whole = _with_due(till.with_cash(_of_all_parts(made, found), found), found)
    return till.with_coupon(till.rounded(whole, found), found)


def _of_all_parts(made: Totals, found: Figures) -> Totals:
    """Where the figures that add up are those of one rate, and what is to be paid is their gross and one more sum: the
    whole. 'Total 19 %: 14.50, Total 0 %: 12.60, Total payable: 27.10'."""
    if made.gross is None or made.vat is None:
        return made
    part, line = made.gross.value, made.gross.line
    printed = {a.value for a in found.amounts if a.line != line and not a.senses & {"paid", "off"}}
    for whole in found.amounts:
        named = whole.senses & WHOLE and not whole.senses & NO_WHOLE
        worth = (
            abs(whole.value) if part > 0 else whole.value
        )  # a mark before a total is easily read as a minus
        below = named and whole.line > made.gross.line and worth > 0 and worth != part
        if below and worth - part in printed:
            gross = replace(whole, value=worth)
            return Totals(vat=made.vat, gross=gross, base=worth - made.vat.value, by=(*made.by, "parts"))
    return made


class Candidates(NamedTuple):
    """What triples are looked for in: the figures, the taxes, and those of several rates with and without bases."""

    found: Figures
    taxes: Sequence[Amount]
    rows: Sequence[tuple[Amount, Amount]]
    split: Mapping[Decimal, Amount]


def _triples(found: Figures) -> Iterator[Triple]:
    """All figures that are net, tax and gross by their sum, and by words or by a rate."""
    amounts = [
        a for a in found.amounts if not (a.means("off", "change", "paid") and not a.means("total", "gross"))
    ]
    by_value = {a.value: a for a in _distinct(a for a in amounts if a.value)}
    grosses = _foremost((a for a in amounts if a.value and a.means("gross", "total", "due")), GROSSES)
    taxes = _foremost((a for a in amounts if a.means("vat") or _beside_rate(a)), TAXES)
    seen = Candidates(found, taxes, rates.rows_of(found), rates.by_rate(taxes))
    whole = [
        sum((t.value for t, _ in seen.rows), Decimal(0)),
        sum((t.value for t in seen.split.values()), Decimal(0)),
    ]
    rests = {*(t.value for t in taxes), *whole} - {Decimal(0)}
    steps = (Decimal(0), *sorted(till.steps(found)))
    for gross in grosses or _repeated(amounts):
        yield from _untaxed(gross, amounts, found)
        for rest, step in product(rests, steps):
            net = by_value.get(gross.value - rest - step)
            if net and _same_side(net.value, gross.value) and abs(rest) <= abs(net.value) * Decimal("0.3"):
                found_ones = _judged(net, rest, gross, seen)
                yield from (
                    (replace(one, by=(*one.by, "rounding")) for one in found_ones) if step else found_ones
                )


def _repeated(amounts: Iterable[Amount]) -> list[Amount]:
    """Figures without a word that are printed twice, where no word names a total: 'TOTL', misread."""
    bare = [a for a in amounts if a.value and not a.senses]
    counts = Counter(a.value for a in bare)
    return _foremost((a for a in bare if counts[a.value] > 1), GROSSES)


def _judged(net: Amount, rest: Decimal, gross: Amount, seen: Candidates) -> Iterator[Triple]:
    for tax in (t for t in seen.taxes if t.value == rest and t is not net and t is not gross):
        by = ["net+vat"]
        if rates.rate_of(net.value, rest, seen.found.rates & rates.RATES):
            by.append("rate")
        elif not rates.rate_of(net.value, rest, rates.RATES):
            lines = tax.means("vat") and rates.line_rates(net, rest, seen.found)
            if not lines and not rates.shares(net.value, rest, seen.rows):
                continue
            by.append("rates")
        words = (
            _weight(net, ("net", "base", "part"))
            + _weight(gross, ("gross", "total", "due"))
            + _weight(tax, ("vat",))
        )
        if words >= 2:
            yield Triple(net, tax, gross, words, tuple(by))
    printed = any(t.value == rest for t in seen.taxes)
    parts = (
        ()
        if printed
        else rates.shares(net.value, rest, seen.rows) or rates.split(net.value, rest, seen.split)
    )
    if parts:
        words = _weight(net, ("net", "base", "part")) + _weight(gross, ("gross", "total", "due")) + 1
        yield Triple(net, None, gross, words, ("net+vat", "rates"), parts)


def _foremost(amounts: Iterable[Amount], most: int) -> list[Amount]:
    """One amount for each value, the best named and largest first: a long bill has thousands."""
    return sorted(_distinct(amounts), key=lambda a: (-_rank_by_name(a), -abs(a.value)))[:most]


def _untaxed(gross: Amount, amounts: Sequence[Amount], found: Figures) -> Iterator[Triple]:
    """Net and gross of the same figure, where the paper prints a tax of nil or says why there is none."""
    zero = next((a for a in reversed(amounts) if a.value == 0 and "vat" in a.senses | a.heading), None)
    nets = [
        a for a in amounts if a.value == gross.value and a is not gross and a.means("net", "base", "part")
    ]
    if (
        nets
        and (zero or found.free)
        and not any(a.value not in (0, gross.value) for a in amounts if "vat" in a.senses)
    ):
        net = max(nets, key=lambda a: "net" in a.senses)
        words = _weight(net, ("net", "base", "part")) + _weight(gross, ("gross", "total", "due"))
        by = ("net+vat",) * bool(zero) + ("free",) * found.free
        yield Triple(net, zero, gross, words + 2 * bool(zero), by)


def _weight(amount: Amount, senses: tuple[str, ...]) -> int:
    """2 where the line names it with the plainest word, 1 where a weaker word or the column does."""
    if senses[0] in amount.senses:
        return 2
    return 1 if amount.means(*senses) else 0


def _beside_rate(amount: Amount) -> bool:
    return bool(amount.rates & rates.RATES)


def _same_side(one: Decimal, other: Decimal) -> bool:
    return (one < 0) == (other < 0)


def _distinct(amounts: Iterable[Amount]) -> list[Amount]:
    """One amount for each value: the one that words name best, the later of two."""
    best: dict[Decimal, Amount] = {}
    for amount in amounts:
        known = best.get(amount.value)
        if known is None or _rank_by_name(amount) >= _rank_by_name(known):
            best[amount.value] = amount
    return list(best.values())


def _rank_by_name(amount: Amount) -> int:
    strong = {"net", "vat", "gross"}
    return (
        2 * bool(amount.senses & (strong | {"total", "due"}))
        + bool(amount.senses & strong)
        + bool(amount.heading & strong)
    )


def _best(triples: Sequence[Triple]) -> tuple[Triple | None, bool]:
    """The triple with the largest gross, and whether another one says something else of the same gross."""
    if not triples:
        return None, False
    largest = max(abs(t.gross.value) for t in triples)
    top = [t for t in triples if abs(t.gross.value) == largest]
    best = max(top, key=lambda t: (len(t.by), t.words))
    rivals = [
        t for t in top if t.net.value != best.net.value and (len(t.by), t.words) >= (len(best.by), best.words)
    ]
    return best, bool(rivals)


def _of_triple(best: Triple, found: Figures) -> Totals:
    by = list(best.by)
    if rates.lines_sum(found.amounts, best.net) or rates.lines_sum(found.amounts, best.gross):
        by.append("lines")
    named = best.gross.means("gross", "total", "due") and (
        best.net.means("net", "base", "part") or best.words >= 4
    )
    larger = [
        a
        for a in found.amounts
        if a.means("gross") and abs(a.value) > abs(best.gross.value) and not a.means("off", "paid")
    ]
    below = [a for a in found.amounts if a.line > best.gross.line and a.senses & {"total", "due"}]
    proven = (
        named
        and len({*by}) >= 2
        and not larger
        and all(abs(a.value) <= abs(best.gross.value) + till.COIN for a in below)
    )
    if larger:
        return Totals(net=None, vat=None, gross=None, unclear=("gross",))
    return Totals(best.net, best.vat, best.gross, tax=best.tax, by=tuple(by), proven=proven)


def _by_words(found: Figures) -> Totals:
    """Where no sum decides: the figures that words name without contradiction."""
    unclear: list[str] = []
    gross = _one(found, unclear, "gross", ("gross",), ("total",), ("due",))
    net = _one(found, unclear, "net", ("net",))
    vat = _one(found, unclear, "vat", ("vat",))
    if gross and net and abs(net.value) > abs(gross.value):
        net = None
        unclear.append("net")
    if gross and vat and (abs(vat.value) * 2 > abs(gross.value) or not _same_side(vat.value, gross.value)):
        vat = None
    made = Totals(net, vat, gross, unclear=tuple(dict.fromkeys(unclear)))
    return _completed(made, found)


def _completed(made: Totals, found: Figures) -> Totals:
    """A third figure from two, where a printed rate bears it out (§ 33 UStDV: gross and rate suffice)."""
    gross, net, vat = made.gross, made.net, made.vat
    printed = [rate for rate in found.rates & rates.RATES if rate]
    if gross and vat and not net and rates.rate_of(gross.value - vat.value, vat.value, printed):
        return replace(made, base=gross.value - vat.value, by=("rate",))
    if (
        gross
        and net
        and not vat
        and gross.value != net.value
        and rates.rate_of(net.value, gross.value - net.value, printed)
    ):
        return replace(made, tax=gross.value - net.value, by=("rate",))
    if found.free and gross and not vat and not printed and (net is None or net.value == gross.value):
        return replace(made, base=gross.value, tax=Decimal(0), by=("free",))
    if gross and net and vat and net.value + vat.value != gross.value:
        return replace(made, unclear=(*made.unclear, "sums"))
    return made


def _one(found: Figures, unclear: list[str], name: str, *senses: tuple[str, ...]) -> Amount | None:
    """The one value that the first sense with any value gives; none where it gives several."""
    for sense in senses:
        fitting = [a for a in found.amounts if _is(a, sense[0])]
        rows = [
            a for a in fitting if a.senses & {sense[0]} and not (name == "gross" and rates.in_table(a, found))
        ]
        rows = rows or (fitting if sense[0] != "total" else [])  # a column of amounts is one of lines
        values = _distinct(till.unrounded(rows, found))
        if len(values) == 1:
            return values[0]
        if values:
            largest = max(values, key=lambda a: abs(a.value))
            if name == "gross" and sum(a.value == largest.value for a in rows) > 1:
                return largest
            unclear.append(name)
            return None
    return None


def _is(amount: Amount, sense: str) -> bool:
    """Whether an amount has this sense and no other that speaks against it."""
    against = {
        "gross": {"net", "vat", "off", "paid", "change", "part", "base"},
        "total": {"net", "vat", "off", "paid", "change", "part", "base", "due"},
        "due": {"off", "paid", "change", "part", "vat"},
        "net": {"vat", "gross", "off", "paid", "part"},
        "vat": {"net", "gross", "off", "paid", "base"},
    }[sense]
    beside = (
        amount.heading - {"off", "paid"} if amount.senses else amount.heading
    )  # a sum under 'unit price' is one
    said = amount.senses | beside if amount.senses <= LOOSE else amount.senses
    return sense in said and not said & against


def _with_due(made: Totals, found: Figures) -> Totals:
    """What is to be paid: as printed; else the gross, where nothing was paid before."""
    named = _distinct(
        a for a in found.amounts if "due" in a.senses and not a.senses & {"off", "change", "paid", "vat"}
    )
    if len(named) > 1 and made.gross:  # 'to be paid' may be said of the whole and of what is left of it
        named = [a for a in named if a.value != made.gross.value]
    if len(named) == 1:
        return replace(made, due=named[0])
    if len(named) > 1:
        return replace(made, due=None, unclear=(*made.unclear, "due"))
    before = any(a.value for a in found.amounts if "paid" in a.senses)
    return made if before or made.gross is None or made.gross.value < 0 else replace(made, due=made.gross)
