"""Pictures keep their words, do not depend on the machine, and can be told apart in grey."""

import os
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from tests.dossier import fixture

from heller.dossier import compose
from heller.dossier.blocks import Figure
from heller.dossier.charts import outage, positions, render, waterfall
from heller.dossier.wording import Words
from heller.model.amount import ProofGrade
from heller.model.outage import Detection, Stretch
from heller.model.span import Span


def figures(lang: str) -> list[Figure]:
    """All pictures of the invented claim's dossier."""
    made = compose(fixture.claim(), lang)
    return [block for part in made.parts for block in part.blocks if isinstance(block, Figure)]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_picture_has_words_and_says_what_it_shows(lang: str) -> None:
    """An unquoted name of a font with a digit would silently drop all text."""
    found = figures(lang)
    assert len(found) >= 3
    for figure in found:
        drawn = render.svg(figure.chart, lang)
        assert drawn.count("<text") > 5
        assert "Source Sans 3" in drawn
        assert figure.alt and figure.caption


def test_numbers_follow_the_language() -> None:
    """2.000 in German, 2,000 in English, on the same axis."""
    assert "2.000" in render.svg(waterfall.chart(fixture.waterfall().steps, Words("de")), "de")
    assert "2,000" in render.svg(waterfall.chart(fixture.waterfall().steps, Words("en")), "en")


def test_a_picture_is_the_same_in_every_time_zone() -> None:
    """The machine's zone moves no bar by an hour."""
    program = (
        "import hashlib; from tests.dossier.test_pictures import figures;"
        "from heller.dossier.charts.render import svg;"
        "print(hashlib.sha256(''.join(svg(f.chart, 'de') for f in figures('de')).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone in ("UTC", "America/New_York", "Pacific/Kiritimati")
    }
    assert len(seen) == 1


def test_the_waterfall_starts_with_the_damage_and_ends_with_what_is_due() -> None:
    """Each bar begins where the one before ended; steps without effect are left to the table."""
    rows = waterfall.chart(fixture.waterfall().steps, Words("en"))["data"]["values"]
    assert [row["figure"] for row in rows] == ["4,119.00\xa0€", "4,119.00\xa0€"]
    assert rows[0]["from"] == rows[-1]["from"] == 0


def lightness(colour: str) -> float:
    """Perceived lightness of #rrggbb, 0 to 1 (Rec. 709 weights)."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_grades_differ_on_a_printer_without_colour() -> None:
    """The stronger the proof, the darker its bar, with a clear step between."""
    shades = [lightness(positions.SHADES[grade]) for grade in ProofGrade]
    assert all(b - a > 0.1 for a, b in pairwise(shades))


@pytest.mark.parametrize("states", [("up", "down"), ("up", "degraded", "down", "unobserved")])
def test_the_legend_of_the_outage_names_what_is_drawn_and_stays_on_the_page(states: tuple[str, ...]) -> None:
    """Each state that occurs stands in the legend, no other one, and none runs over the right edge."""
    begin = datetime(2015, 2, 4, tzinfo=UTC)
    days = [Span(begin + timedelta(days=n), begin + timedelta(days=n + 1)) for n in range(len(states))]
    stretches = tuple(Stretch(span, state) for span, state in zip(days, states, strict=True))
    chart = outage.chart(
        Detection(observed=Span(days[0].start, days[-1].end), stretches=stretches), Words("de")
    )
    assert chart is not None
    drawn = render.svg(chart, "de")
    width = float(re.search(r'viewBox="0 0 ([\d.]+)', drawn)[1])  # type: ignore[index]
    for state in outage.STATES:
        assert (f">{Words('de')(outage.NAMES[state])}<" in drawn) is (state in states)
    legend = re.search(r'role-legend".*?M0,0h([\d.]+)v', drawn)
    plot = re.search(r'<g transform="translate\(([\d.]+),', drawn)
    assert legend and plot
    assert float(plot[1]) + float(legend[1]) <= width
