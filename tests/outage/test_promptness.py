"""Answers in time: by what is usual of the line, and never a plain yes where that isn't known and they are slow."""

from __future__ import annotations

import random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.dossier import acceptance, typesetting
from heller.dossier.wording import Words
from heller.model.kinds.acceptance import Check, Verdict
from heller.model.sample import Depth, Outcome, SampleHeader, Target
from heller.outage.acceptance.decide import Trial
from heller.outage.acceptance.points import SECOND, Agreed
from heller.outage.acceptance.promptness import SLOW, RoundTrip, promptness
from heller.outage.slowness import usual_level

TARGETS = tuple(Target(n, "main", Depth.OUTSIDE, f"t{n}", f"203.0.113.{n}", f"net{n}") for n in (1, 2, 3))


def answers(
    level: float, seconds: int = 900, *, late: float = 0.0, since: int = 0, until: int = 0
) -> list[RoundTrip]:
    """Three targets once a second, with some jitter; from `since` to `until` the answers take `late` longer."""
    chance = random.Random(7)
    return [
        RoundTrip(n, at * SECOND, level * chance.uniform(0.9, 1.3) + (late if since <= at < until else 0.0))
        for at in range(seconds)
        for n in (1, 2, 3)
    ]


@pytest.mark.parametrize("usual", [None, 0.02])
def test_a_quick_line_answers_in_time(usual: float | None) -> None:
    """Ninety stretches of ten seconds, all of them in time."""
    point = promptness(answers(0.02), usual)
    assert (point.check, point.holds, point.good, point.of, point.needed) == (Check.PROMPT, True, 90, 90, 89)
    assert 65 <= int(point.subject) <= 80


@pytest.mark.parametrize("usual", [None, 0.02])
def test_forty_seconds_of_a_filled_line_are_seen(usual: float | None) -> None:
    """Four or five stretches are late, by the rest of the test as by an earlier watch."""
    point = promptness(answers(0.02, late=0.4, since=300, until=342), usual)
    assert point.holds is False and 85 <= point.good <= 86 and point.of == 90


def test_one_late_stretch_is_no_filled_line() -> None:
    """A single hiccup of ten seconds doesn't keep a line from being accepted."""
    assert promptness(answers(0.02, late=0.4, since=300, until=310), 0.02).holds is True


def test_a_line_that_is_filled_all_the_time_is_seen_by_its_usual_level_only() -> None:
    """With an earlier watch it is late throughout; without one nobody can judge it, and the point stays open."""
    filled = answers(0.4)
    known, unknown = promptness(filled, 0.02), promptness(filled)
    assert (known.holds, known.good, known.of) == (False, 0, 90)
    assert (unknown.holds, unknown.of, unknown.needed) == (
        False,
        0,
        round(SLOW * 1000),
    ) and unknown.good > 400


def test_a_line_that_is_known_to_be_slow_is_no_filled_one() -> None:
    """A satellite's 600 ms are usual for it."""
    assert promptness(answers(0.6), 0.75).holds is True


def test_a_far_target_is_its_own_matter() -> None:
    """One target on another continent makes no answer late."""
    far = [one._replace(target=9, took=0.3) for one in answers(0.02) if one.target == 1]
    assert promptness([*answers(0.02), *far]).holds is True


def test_too_few_answers_are_not_judged() -> None:
    """Four answers in ten seconds say nothing, and no answer says nothing."""
    assert promptness(answers(0.02, 1)).holds is None and promptness([]).holds is None


@given(st.floats(0.001, SLOW / 1.31), st.integers(0, 2**32))
def test_one_level_all_the_time_is_always_in_time(level: float, seed: int) -> None:
    """Whatever the level is, as long as it is one that lines have: the line's own jitter is never late."""
    chance = random.Random(seed)
    own = [RoundTrip(1, at * SECOND, level * chance.uniform(1.0, 1.3)) for at in range(120)]
    assert promptness(own).holds is True


def test_a_filled_line_is_not_accepted_without_an_agreed_speed() -> None:
    """Every probe is answered, all of them late: open, by the point that says so, and not called dead."""
    trial = Trial(TARGETS, deadline=SECOND)
    for one in answers(0.4, 901):
        trial.row(one.target, one.at + one.target, Outcome.OK, one.took)
    for agreed in (Agreed(), Agreed(usual=0.02)):
        made = trial.conclude(agreed)
        assert made.verdict is Verdict.OPEN and Check.PROMPT in {point.check for point in made.open}
        assert made.silence is None


def test_what_is_usual_is_learnt_from_an_earlier_watch() -> None:
    """The near targets' answers over this uplink, losses and the far target left out; None without any."""
    rows = [(n, 0, 0.02 + 0.0001 * n) for n in (1, 2)] * 50 + [(3, 0, 0.4)] * 50 + [(1, 5, float("nan"))] * 50
    frame = pl.DataFrame(
        rows, schema={"target": pl.Int64, "outcome": pl.Int64, "rtt": pl.Float64}, orient="row"
    )
    head = SampleHeader("1", "boot.1", TARGETS, (), SECOND)
    level = usual_level([(head, frame.lazy())], "main")
    assert level is not None and 0.02 <= level <= 0.021
    assert usual_level([(head, frame.lazy())], "mobile") is None


def test_the_note_stays_one_page_and_says_why_nobody_can_judge() -> None:
    """What stands in the table is short; the reason is a sentence below it."""
    pypdfium2 = pytest.importorskip("pypdfium2")
    trial = Trial(TARGETS, deadline=SECOND)
    for one in answers(0.4, 901):
        trial.row(one.target, one.at + one.target, Outcome.OK, one.took)
    made, say = trial.conclude(Agreed()), Words("de")
    assert any("was bei diesem anschluss üblich ist" in one.lower() for one in acceptance.small(made, say))
    assert len(pypdfium2.PdfDocument(typesetting.typeset(acceptance.page(made, {}, say), {}))) == 1
