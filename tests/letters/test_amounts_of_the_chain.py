"""Letters, dossier and advice work nothing out: every amount that they print is held by the claim.

The printed strings are parsed, in both languages. An amount counts as held where it stands in a step, a position, a
flow, a working line, a record or a sentence of the claim; what the pages add up themselves is named in `added_up`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from msgspec import Struct
from tests.letters import rendered, worked

from heller import casefile, dossier
from heller.dossier.blocks import Figure, Plate
from heller.dossier.letter_frame import Occasion, plain
from heller.dossier.letters import letters
from heller.dossier.writer import Pen
from heller.model.claim import Claim
from heller.model.damage import Flow
from heller.model.errors import InputRefused
from heller.model.money import Money
from heller.model.scheme import SchemeLine
from heller.model.text import Text

TOLD = (
    "print-shop",
    "tailor",
    "carrier",
    "practice",
    "guest-house",
    "projects",
)  # cases that a story of commands tells
DAY = date(2026, 12, 1)
NUMBER = {
    "de": re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})*,\d\d(?![\d.,]*\d)"),
    "en": re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})*\.\d\d(?![\d.,]*\d)"),
}
NAMED = Money.of("9000.00")
OTHER_UNITS = ("%", "Mbit", "kbit", "ms", "h", "Std", "km", "points", "percentage", "Prozent")


def held(value: object) -> Iterator[int]:
    """The cents of every amount in a value, nested as it may be."""
    if isinstance(value, Money):
        yield abs(value.cents)
    elif isinstance(value, Text):
        yield from held(tuple(value.args.values()))
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from held(getattr(value, name))
    elif isinstance(value, dict):
        yield from held(tuple(value.values()))
    elif isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            yield from held(item)


def added_up(claim: Claim) -> Iterator[int]:
    """What the table of the two worlds adds up: each flow, those of a group, of a head, all of them; and of the
    adjuster's scheme each kind of line, those of one name, all of them."""
    groups: dict[object, list[Flow]] = {}
    for flow in claim.assessment.flows:
        for key in ("all", flow.id, flow.head, (flow.head, str(flow.group))):
            groups.setdefault(key, []).append(flow)
    for flows in groups.values():
        without, actual = (sum(side.likely.cents for side in s) for s in
                           ([f.without for f in flows], [f.actual for f in flows]))  # fmt: skip
        yield from (abs(without), abs(actual), abs(without - actual))

    lines: dict[object, list[SchemeLine]] = {}
    for line in claim.assessment.scheme:
        for name in ("all", line.kind, line.label.id + str(line.label.args)):
            lines.setdefault((name, line.kind if name != "all" else ""), []).append(line)
    for mine in lines.values():
        expected, came = (sum(getattr(one, side).cents for one in mine) for side in ("expected", "actual"))
        yield from (abs(expected), abs(came), abs(expected - came))


def printed(value: object) -> Iterator[str]:
    """Every string of what is typeset; the spec of a picture and the original of an exhibit are not text of ours."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Figure | Plate):
        return
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from () if name == "data" else printed(getattr(value, name))
    elif isinstance(value, tuple | list):
        for item in value:
            yield from printed(item)


def amounts(said: str, lang: str) -> Iterator[int]:
    """The cents of all amounts in a text; what is followed by another unit, or is a rate, is none."""
    for match in NUMBER[lang].finditer(said):
        after = said[match.end() : match.end() + 9].lstrip("\u00a0\u202f ")
        if not after.startswith(OTHER_UNITS):
            yield int(re.sub(r"\D", "", match[0]))


@pytest.fixture(scope="module", params=("shipped", *TOLD))
def claimed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Claim:
    """The claim of a case."""
    folder = tmp_path_factory.mktemp("chain") / "case"
    if request.param == "shipped":
        return rendered.claim(folder)
    worked.told(folder, request.param)
    return casefile.claim(folder, DAY)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_each_amount_that_is_printed_is_held_by_the_claim(claimed: Claim, lang: str) -> None:
    """Letters, dossier and advice: no amount that the claim does not hold."""
    pen, known = Pen(claimed, lang), {*held(claimed), *added_up(claimed), NAMED.cents}
    said = {"dossier": dossier.compose(claimed, lang), "advice": dossier.compose(claimed, lang, inner=True)}
    texts = [(name, one) for name, made in said.items() for one in printed(made)]
    for kind in letters().values():
        try:
            texts.append((kind.name, plain(kind.write(pen, Occasion(amount=NAMED))).body))
        except InputRefused:
            continue
    found = [(name, cents, one) for name, one in texts for cents in amounts(one, lang)]
    strange = [(name, cents, one[:120]) for name, cents, one in found if cents not in known]
    assert strange == [] and len(found) > 100
