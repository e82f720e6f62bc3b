"""Every argument is said the way its reader writes it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from heller.dossier.wording import Words
from heller.model.money import Money
from heller.model.text import text


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("de", "30.269,28\xa0€ −1,00\xa0€ 04.02.2015 4,17\xa0% 08:12\xa0Uhr 14\xa0Tage 2\xa0Std."),
        ("en", "30,269.28\xa0€ −1.00\xa0€ 4 Feb 2015 4.17% 08:12 14\xa0days 2\xa0h"),
    ],
)
def test_arguments_by_type(lang: str, said: str) -> None:
    """Money, days, shares, times and durations in both languages; times on the site's clock."""
    sentence = text(
        "{a} {b} {c} {d:percent} {e:time} {f}",
        a=Money(3026928),
        b=Money(-100),
        c=date(2015, 2, 4),
        d=Decimal("0.0417"),
        e=datetime(2015, 2, 4, 7, 12, tzinfo=UTC),
        f=timedelta(days=14, hours=2),
    )
    assert Words(lang)(sentence) == said


def test_a_missing_argument_shows_its_name() -> None:
    """A slip in a sentence is seen and never a traceback."""
    assert Words("en")(text("{name} is missing")) == "{name} is missing"


def test_texts_nest() -> None:
    """A text may be the argument of another."""
    assert Words("en")(text("[{inner}]", inner=text("in"))) == "[in]"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_an_empty_sentence_stays_empty(lang: str) -> None:
    """The catalogue keeps its own header under the empty sentence; that is not said to anybody."""
    assert Words(lang)(text("")) == Words(lang)("") == ""
    assert Words(lang)(text("[{inner}]", inner=text(""))) == "[]"
