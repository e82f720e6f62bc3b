"""Every regular expression of the program takes twice the time for twice the text, also where it fails at the end."""

from __future__ import annotations

import re
import time

import pytest
from tests.hostile.expressions import Expression, expressions, texts

SIZES = (
    16,
    20,
    22,
    24,
    26,
    28,
    40,
    60,
    100,
    200,
    500,
    1000,
    2000,
    4000,
)  # in this order, so that the worst of them end soon
SLOW = 0.05  # seconds for 4,000 characters: no expression that is linear takes that long
SEEN = 0.006  # seconds from which on a doubling can be told from noise
GROWTH = 2.8  # of the time for twice the text; 2 is linear, 4 is its square


def seconds(pattern: re.Pattern[str] | re.Pattern[bytes], said: str, anywhere: bool) -> float:
    """How long one text takes, the better of two tries."""
    text = said.encode("latin-1", "replace") if isinstance(pattern.pattern, bytes) else said
    ask = pattern.search if anywhere else pattern.match
    best = SLOW * 100
    for _ in range(2):
        began = time.process_time()
        ask(text)  # type: ignore[arg-type]
        best = min(best, time.process_time() - began)
        if best < SEEN or best > SLOW:
            break
    return best


def fault(expression: Expression) -> str:
    """On which text an expression is not linear; empty where on none."""
    pattern = re.compile(expression.pattern, expression.flags)
    for before, one, tail in texts(expression):

        def took(size: int, before: str = before, one: str = one, tail: str = tail) -> float:
            return seconds(pattern, before + one * (size // len(one)) + tail, expression.anywhere)

        last = next((found for size in SIZES if (found := took(size)) > SLOW or size == SIZES[-1]), 0.0)
        if last > SLOW or (last > SEEN and took(2 * SIZES[-1]) > GROWTH * last):
            said = f"{before[-20:]!r} + {one[:20]!r} * n + {tail!r}"
            return f"{expression.where} {expression.pattern!r}: {said}"
    return ""


def test_a_bad_expression_is_found() -> None:
    """The test sees squares, cubes and worse."""
    for pattern in (r"(a+)+b", r"\s*\d*\s*x", r".*a.*b.*c", r"(?:a|aa)*b"):
        assert fault(Expression(pattern, 0, "here", anywhere=False)) or fault(
            Expression(pattern, 0, "here", anywhere=True)
        )
    assert not fault(Expression(r"(?<!\d)\d{1,9} EUR", 0, "here", anywhere=True))


@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_all_expressions_are_linear() -> None:
    """All that stand in the source and all that are made of tables of words."""
    found = expressions()
    assert len(found) > 400
    assert [said for expression in found if (said := fault(expression))] == []
