"""Numbers, sums and shares as people type them into a form: '8.500', '8,5k', 'ca. 8500', '2,1 Mio', '95 Prozent'.

It gives every reading that a person may mean, the likeliest first; a form shows what it took or asks between them.
The readers of files use `numbers`, which guesses nothing.
"""

from __future__ import annotations

import re
from decimal import Decimal

from heller.intake.written import numbers
from heller.intake.written.number_words import number_in
from heller.intake.written.shares import share
from heller.model.money import Money

ROUGHLY = re.compile(
    r"^(?:ca\.?|circa|etwa|ungefähr|rund|gut|knapp|fast|um die|about|around|approx\.?|approximately|roughly|nearly"
    r"|some|über|unter|mehr als|mindestens|höchstens|bis zu|over|more than|at least|at most|up to|~|≈)\s*",
    re.IGNORECASE,
)
TIMES = {
    "k": 1_000, "t": 1_000, "tsd": 1_000, "tausend": 1_000, "thousand": 1_000,
    "m": 1_000_000, "mio": 1_000_000, "million": 1_000_000, "millionen": 1_000_000, "mn": 1_000_000,
}  # fmt: skip
CURRENCY = re.compile(r"(?:€|euros?|eur)\.?", re.IGNORECASE)
BESIDE = re.compile(
    r"(?:\bpro tag\b|\bam tag\b|\btäglich\b|\ba day\b|\bper day\b|\bpersonen\b|\bleute\b|\bmitarbeiter\b|\bpeople\b"
    r"|\bpersons?\b|\bstaff\b|\bnetto\b|\bnet\b)\s*$",
    re.IGNORECASE,
)
PERCENT = re.compile(r"(?<!\s)\s*(?:%|prozent|percent|per cent|v\.\s?h\.)\s*$", re.IGNORECASE)
SCALED = re.compile(r"(.*?\d)\s*([a-zäöü]+)\.?", re.IGNORECASE)
GROUP_OR_PART = re.compile(r"\d{1,3}[.,]\d{3}", re.ASCII)
NOBODY = frozenset({"keiner", "keine", "niemand", "nobody", "none", "no one", "noone"})
SHARES = {
    "alles": 100, "ganz": 100, "all": 100, "everything": 100, "die hälfte": 50, "hälfte": 50, "half": 50,
    "nichts": 0, "nothing": 0, "none": 0, "gar nichts": 0, "keiner": 0,
}  # fmt: skip
LONGEST = 60  # characters
PARTS_OF_IT = {
    "halb": 2, "drittel": 3, "third": 3, "viertel": 4, "quarter": 4, "fünftel": 5, "fifth": 5, "zehntel": 10,
    "tenth": 10,
}  # fmt: skip
FRACTION = re.compile(r"(\S+)\s+([a-zäöü]+?)s?", re.IGNORECASE)
OF = re.compile(r"(\d{1,4})\s*(?:/|von|of|out of)\s*(\d{1,4})", re.IGNORECASE)
BETWEEN = re.compile(
    r"(?:zwischen|between|von|from)?\s*(\d[\d.,]*)\s*(?:-|–|bis|to|und|and)\s*(\d.*)", re.IGNORECASE
)
SCALE = re.compile(r"[^\d]*$")
SCALE_FIRST = re.compile(r"([a-z]+)\s*(\d\S*)", re.IGNORECASE)


def figures(raw: str, *, whole: bool = False) -> tuple[Decimal, ...]:
    """The numbers that may be meant, the likeliest first; of whole ones '1.500' is clear.

    >>> [float(*figures(one)) for one in ("ca. 8500", "8,5k", "2,1 Mio", "zwölf")], figures("1.500", whole=True)
    ([8500.0, 8500.0, 2100000.0, 12.0], (Decimal('1500'),))
    >>> figures("1.500")
    (Decimal('1500'), Decimal('1.500'))
    """
    said = ROUGHLY.sub("", BESIDE.sub("", raw.strip()[:LONGEST]).strip())
    if said.casefold() in NOBODY:
        return (Decimal(0),)
    if (words := number_in(said)) is not None:
        return (Decimal(words),)
    if match := BETWEEN.fullmatch(said):
        ends = (figures(one, whole=whole) for one in _ends(match[1], match[2]))
        return tuple(dict.fromkeys(one for end in ends for one in end[:1]))
    if (match := SCALE_FIRST.fullmatch(said)) and match[1].casefold() in TIMES:
        said = f"{match[2]} {match[1]}"
    times = 1
    if (match := SCALED.fullmatch(said)) and match[2].casefold() in TIMES:
        said, times = match[1], TIMES[match[2].casefold()]
    found = _readings(said, whole=whole and times == 1, scaled=times > 1)
    made = tuple(one * times for one in found)
    return tuple(one for one in made if not whole or one == one.to_integral_value())


def _ends(low: str, high: str) -> tuple[str, str]:
    """Both ends of a range; what the second is counted in is that of the first too: '8-9k'."""
    scale = SCALE.search(high)
    return low + (scale[0] if scale else ""), high


def _fraction(said: str) -> Decimal | None:
    """'ein Drittel', 'three quarters', '2 von 3', '1/3': to four places."""
    parts = None
    if match := OF.fullmatch(said):
        parts = int(match[1]), int(match[2])
    elif match := FRACTION.fullmatch(said):
        many, of = (
            number_in("one" if match[1].casefold() == "a" else match[1]),
            PARTS_OF_IT.get(match[2].casefold()),
        )
        parts = (many, of) if many is not None and of is not None else None
    if parts is None or not 0 <= parts[0] <= parts[1] or parts[1] == 0:
        return None
    return round(Decimal(parts[0]) / parts[1], 4)


def _readings(said: str, *, whole: bool, scaled: bool) -> tuple[Decimal, ...]:
    if (clear := numbers.decimal(said)) is not None:
        return (clear,)
    if not GROUP_OR_PART.fullmatch(said):
        return ()
    grouped, parted = Decimal(re.sub("[.,]", "", said)), Decimal(said.replace(",", "."))
    return (grouped,) if whole else (parted, grouped) if scaled else (grouped, parted)


def sums(raw: str) -> tuple[Money, ...]:
    """The sums in euro, not negative and in whole cents, that may be meant: '8.500' is rather thousands than 8.50.

    >>> [one.cents for one in sums("8.500")], [one.cents for one in sums("8,5k €")], sums("-3")
    ([850000, 850], [850000], ())
    """
    if (clear := numbers.amount(raw)) is not None:
        return (clear,) if clear.currency == "EUR" and clear.cents >= 0 else ()
    bare = CURRENCY.sub("", BESIDE.sub("", raw.strip()[:LONGEST])).strip()
    found = (numbers.money(one) for one in figures(bare))
    return tuple(one for one in found if one is not None and one.cents >= 0)


def shares(raw: str) -> tuple[Decimal, ...]:
    """The shares between 0 and 1 that may be meant; a bare 1 may be one per cent or all of it.

    >>> shares("95 Prozent"), shares("ca. 38"), shares("0,5"), shares("1"), shares("die Hälfte"), shares("120 %")
    ((Decimal('0.95'),), (Decimal('0.38'),), (Decimal('0.5'),), (Decimal('0.01'), Decimal('1')), (Decimal('0.5'),), ())
    """
    said = ROUGHLY.sub("", raw.strip()[:LONGEST])
    if said.casefold() in SHARES:
        return (Decimal(SHARES[said.casefold()]) / 100,)
    if (part := _fraction(said)) is not None:
        return (part,)
    if match := BETWEEN.fullmatch(said):
        ends = (shares(one) for one in _ends(match[1], match[2]))
        return tuple(dict.fromkeys(one for end in ends for one in end[:1]))
    bare = PERCENT.sub("", said)
    if (words := number_in(bare)) is not None and words > 1:
        bare = str(words)
    found = [one for one in (share(f"{bare} %"),) if one is not None] if bare else []
    if bare != said:
        return tuple(one for one in found if 0 <= one <= 1)
    plain = numbers.decimal(bare)
    if plain is not None and 0 < plain < 1:
        return (plain,)
    if plain == 1:
        return (Decimal("0.01"), Decimal(1))
    return tuple(one for one in found if 0 <= one <= 1)
