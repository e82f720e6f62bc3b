"""The estimate on series whose truth is known."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from heller.damage.baseline import estimate
from heller.damage.catchup import decays, weigh
from heller.damage.drift import Drift
from heller.damage.estimates import Estimate
from heller.damage.forecast import forecast, law_of, student
from heller.damage.pattern import Pattern, Rolling
from heller.damage.public_holidays import factor, flags, region_of
from heller.damage.series import Floats, Series
from heller.model.errors import InputRefused
from heller.model.trades import trade_of

WEEK = np.array([100.0, 110.0, 120.0, 130.0, 150.0, 0.0, 60.0])
MONDAY = date(2024, 9, 2)


def noisy(days: int, seed: int = 1, noise: float = 0.1) -> Floats:
    """Weeks with independent noise, closed on Saturdays. 1 Jan 2024 is a Monday; so is MONDAY."""
    factor = np.exp(np.random.default_rng(seed).normal(0, noise, days))
    return np.asarray(np.resize(WEEK, days) * factor, dtype=np.float64)


def lost(
    history: Floats, observed: Floats, after: Floats | tuple[()] = (), answer: bool | None = False
) -> Estimate:
    """The estimate of an outage that begins on a Monday."""
    end = MONDAY + timedelta(len(observed))
    return estimate(history, MONDAY, end, observed, after, customers_return=answer)


def test_a_flat_week_is_reproduced() -> None:
    """Without noise the expected week is the week."""
    result = lost(noisy(140, noise=0.0), np.zeros(7))
    assert np.allclose(result.steps[:7], WEEK)
    assert result.lost == pytest.approx(WEEK.sum(), rel=0.001)
    assert result.observed == 0


def test_closed_days_are_zero_by_pattern() -> None:
    """An outage on a closed day loses nothing, and no finding says otherwise."""
    saturday = MONDAY + timedelta(5)
    result = estimate(noisy(145), saturday, saturday + timedelta(1), [0.0])
    assert abs(result.lost) < 1
    assert not result.detectable


def test_a_change_of_level_is_followed() -> None:
    """Sales doubled six weeks ago: the forecast is near the new level, not the mean of both."""
    history = noisy(280) * np.where(np.arange(280) < 238, 1.0, 2.0)
    expected = lost(history, np.zeros(7)).expected
    assert 0.85 < expected / (2 * WEEK.sum()) < 1.1


def test_the_future_is_never_looked_at() -> None:
    """A placebo window is forecast from what lies before it: later days change nothing."""
    history = noisy(140)
    changed = history.copy()
    changed[100:] *= 7
    starts = np.arange(14, 101)
    one, other = (Pattern.of(Rolling.of(h, 7)).totals(starts, 14) for h in (history, changed))
    assert np.allclose(one, other)


def test_the_same_input_gives_the_same_figures() -> None:
    """No draw at random: the other side gets the same cents."""
    history = noisy(200)
    one, other = lost(history, np.zeros(10), noisy(14, 2)), lost(history, np.zeros(10), noisy(14, 2))
    assert (one.lo, one.lost, one.hi) == (other.lo, other.lost, other.hi)


def test_the_range_holds_the_truth_as_often_as_it_says() -> None:
    """200 windows of 7 days in which nothing was lost: the 90 % range holds zero in 84 to 98 % of them,
    and at most one in ten is called a loss."""
    held, called = 0, 0
    for seed in range(200):
        series = noisy(147, seed, 0.25)
        result = lost(series[:140], series[140:])
        held += result.lo <= 0 <= result.hi
        called += result.detectable
    assert 168 <= held <= 197
    assert called <= 20


def test_catch_up_is_seen_and_taken_off() -> None:
    """A dead week of 670 and 40 % of it back within a week after: the net loss is near 402."""
    history, after = noisy(280, noise=0.05), noisy(21, 3, 0.05)
    gross = WEEK.sum()
    after[:7] += 0.4 * gross / 7
    result = lost(history, np.zeros(7), after, None)
    assert result.chance > 0.9
    assert result.lost == pytest.approx(0.6 * gross, rel=0.1)
    assert result.gross - result.catch_up == pytest.approx(result.lost)
    assert result.lo <= 0.6 * gross <= result.hi


def test_quiet_weeks_after_are_not_called_catch_up() -> None:
    """Nothing came back: the likely figure takes next to nothing off."""
    result = lost(noisy(280, noise=0.05), np.zeros(7), noisy(21, 3, 0.05), None)
    assert result.catch_up < 0.05 * result.gross


def test_the_answer_of_the_firm_is_the_prior() -> None:
    """'Cannot order later' takes nothing off; 'can' takes off at least as much as not knowing."""
    history, after = noisy(140, noise=0.2), noisy(21, 3, 0.2) * 1.1
    no, unknown, yes = (lost(history, np.zeros(7), after, answer) for answer in (False, None, True))
    assert no.chance == 0
    assert 0 < unknown.chance < yes.chance
    assert yes.lost <= unknown.lost <= no.lost


def test_the_more_went_on_the_less_comes_back_unasked() -> None:
    """Where nobody answered and no day after is known, the chance falls with what was sold; an answer stays."""
    found = [lost(noisy(200), np.full(7, share * 100.0), answer=None) for share in (0.0, 0.5)]
    assert found[0].chance > found[1].chance > 0
    assert lost(noisy(200), np.full(7, 50.0), answer=True).chance == 0.75


def test_a_shape_of_coming_back_shares_out_the_whole() -> None:
    """Every decay adds up to one within its fortnight."""
    assert np.allclose(decays(14).sum(axis=1), 1)
    back = weigh(0.0, np.ones(5), np.ones(5), Drift(0.1, 0.3, 0.01, 0.0), 7)
    assert back.chance == 0  # nothing lost, nothing to come back


def test_controls_explain_what_the_pattern_cannot() -> None:
    """A heat wave halves all sites: with a sister site nothing was lost, without one it looks like a loss."""
    wave = np.exp(np.random.default_rng(5).normal(0, 0.3, 41))
    common = np.repeat(wave, 7)[:287]
    common[280:] = 0.5
    own, sister = noisy(287, 6, 0.03) * common, noisy(287, 7, 0.03) * common * 3
    plain = estimate(own[:280], MONDAY, MONDAY + timedelta(7), own[280:])
    better = estimate(own[:280], MONDAY, MONDAY + timedelta(7), own[280:], controls=[sister])
    assert abs(better.lost) < 0.5 * abs(plain.lost)
    assert better.hi - better.lo < plain.hi - plain.lo


def test_a_closed_holiday_does_not_lower_the_next_one() -> None:
    """Three Mondays closed within eight weeks: each counts as a usual one in the history, to the cent."""
    closed = np.zeros(90, dtype=bool)
    closed[[28, 42, 63]] = True  # three like days
    clean, drop = factor(np.where(closed, 0.0, np.resize(WEEK, 90)), closed, 7)
    assert clean == pytest.approx(np.resize(WEEK, 90))
    assert 0 < drop < 1


def test_holidays_are_taken_out_and_put_back() -> None:
    """Closed on public holidays: Good Friday and Easter Monday 2024 in the window are no loss."""
    first = datetime(2022, 1, 3)
    holiday = flags(first, timedelta(1), 900, "DE-NW")
    series = np.resize(WEEK, 900) * np.where(holiday, 0.0, 1.0)
    at = (datetime(2024, 3, 25) - first).days
    window = (series[:at], date(2024, 3, 25), date(2024, 4, 8), series[at : at + 14])
    with_region, without = estimate(*window, holidays="DE-NW"), estimate(*window)
    assert abs(with_region.lost) < 0.3 * abs(without.lost)


def test_the_states_of_germany_by_any_name() -> None:
    """'NRW', 'Nordrhein-Westfalen' and 'NW' are one region; Auenland is none of ours."""
    assert {region_of(s) for s in ("NRW", "NW", "Nordrhein-Westfalen", "nordrhein-westfalen")} == {"DE-NW"}
    assert region_of("Auenland") is None
    assert region_of(None) is None


def test_hourly_series_follow_the_hour_of_the_week() -> None:
    """Open from 8 to 20: four dead hours of a Tuesday morning lose four such hours."""
    hours = np.resize(np.concatenate([np.zeros(8), np.full(12, 10.0), np.zeros(4)]), 24 * 70)
    start = datetime(2024, 3, 12, 8)
    history, end = hours[: 24 * 64 + 8], start + timedelta(hours=4)
    result = estimate(history, start, end, np.zeros(4), freq="h", customers_return=False)
    assert result.lost == pytest.approx(40, rel=0.01)


def test_objects_of_other_libraries_are_taken_as_they_are() -> None:
    """Anything with `.to_numpy()`, and a start of its own that has to fit."""

    class Table:
        """Looks like a pandas series."""

        def __init__(self, data: Floats, start: datetime) -> None:
            self.data = data
            self.index = [start + timedelta(i) for i in range(len(data))]

        def to_numpy(self) -> Floats:
            """The values."""
            return self.data

    history = noisy(140)
    first = datetime(2024, 9, 2) - timedelta(140)
    plain = lost(history, np.zeros(7))
    for given in (Table(history, first), Series(first, "D", tuple(history)), list(history)):
        same = estimate(given, MONDAY, MONDAY + timedelta(7), np.zeros(7), customers_return=False)
        assert same.lost == plain.lost
    with pytest.raises(InputRefused):
        estimate(Table(history, first + timedelta(1)), MONDAY, MONDAY + timedelta(7), np.zeros(7))


@pytest.mark.parametrize(
    ("history", "observed", "freq"),
    [
        (noisy(14), np.zeros(7), "D"),
        (np.where(np.arange(140) % 3 == 0, np.nan, noisy(140)), np.zeros(7), "D"),
        (noisy(140), np.full(7, np.nan), "D"),
        (noisy(140), np.full(7, np.inf), "D"),
        (noisy(140), np.zeros(6), "D"),
        (np.zeros(140), np.zeros(7), "D"),
        (noisy(140), np.zeros(7), "week"),
        (noisy(140).reshape(2, 70), np.zeros(7), "D"),
    ],
)
def test_what_cannot_be_used_is_refused_with_words(history: Floats, observed: Floats, freq: str) -> None:
    """Too short, not a number, the wrong length, all zero, an unknown step, two rows: never a traceback."""
    with pytest.raises(InputRefused) as refused:
        estimate(history, MONDAY, MONDAY + timedelta(7), observed, freq=freq)
    assert refused.value.do.id


class Table:
    """Looks like a series of pandas: values with an index of times."""

    def __init__(self, data: Floats, index: list[datetime]) -> None:
        self.data, self.index = data, index

    def to_numpy(self) -> Floats:
        """The values."""
        return self.data


def test_days_without_a_figure_are_filled_and_said() -> None:
    """Three days are missing in the index: the estimate hardly moves, and the words say how many."""
    history = noisy(140)
    days = [datetime(2024, 9, 2) + timedelta(i - 140) for i in range(140)]
    kept = [i for i in range(140) if i not in (20, 21, 60)]
    holed = estimate(
        Table(history[kept], [days[i] for i in kept]), MONDAY, MONDAY + timedelta(7), np.zeros(7)
    )
    whole = estimate(history, MONDAY, MONDAY + timedelta(7), np.zeros(7))
    assert holed.lost == pytest.approx(whole.lost, rel=0.01)
    assert [note.args["n"] for note in holed.notes] == [3]
    assert holed.words[-1] == holed.notes[0]


def test_a_day_that_stands_twice_is_refused() -> None:
    """Which of two figures holds cannot be guessed."""
    days = [datetime(2024, 9, 2) + timedelta(i - 140) for i in range(140)]
    with pytest.raises(InputRefused):
        estimate(
            Table(noisy(141), [*days[:70], days[69], *days[70:]]), MONDAY, MONDAY + timedelta(7), np.zeros(7)
        )


def test_days_after_count_up_to_the_first_missing_figure() -> None:
    """What lies behind a hole after the outage is not used, and that is said."""
    after = noisy(20)
    cut = estimate(noisy(140), MONDAY, MONDAY + timedelta(7), np.zeros(7), after[:10])
    holed = estimate(
        noisy(140), MONDAY, MONDAY + timedelta(7), np.zeros(7), np.where(np.arange(20) == 10, np.nan, after)
    )
    assert holed.lost == cut.lost
    assert holed.notes[0].args["n"] == 10


def test_controls_come_as_a_frame_a_mapping_or_a_list() -> None:
    """Three ways to say the same, and one more region name."""
    other = noisy(147)
    asked = (noisy(140), MONDAY, MONDAY + timedelta(7), np.zeros(7))
    by_list = estimate(*asked, controls=[other], holidays="NW")
    assert estimate(*asked, controls={"north": other}, holidays="DE-NW").lost == by_list.lost


def test_a_region_that_nobody_knows_is_said() -> None:
    """Public holidays that are not taken out must not pass in silence."""
    found = estimate(noisy(140), MONDAY, MONDAY + timedelta(7), np.zeros(7), holidays="Auenland")
    assert found.notes[0].args == {"region": "Auenland"}


def test_the_result_explains_itself() -> None:
    """Path, table of like days and words speak of the same seven days; noise is called not detectable."""
    found = estimate(noisy(140), MONDAY, MONDAY + timedelta(7), np.zeros(7), noisy(9))
    assert [step.at for step in found.path[:7]] == [row.at for row in found.like_days]
    assert len(found.path) == 16
    assert all(step.lo <= step.expected <= step.hi for step in found.path)
    assert sum(row.expected for row in found.like_days) == pytest.approx(found.expected)
    quiet = estimate(noisy(140), MONDAY, MONDAY + timedelta(7), noisy(7))
    assert not quiet.detectable
    assert any("no damage" in word.id for word in quiet.words)


def test_a_lockdown_in_the_history_does_not_blow_up_the_range() -> None:
    """Three weeks shut and one week open again: the range stays within five times the usual."""
    history = noisy(140)
    history[112:133] = 0.0
    found = estimate(history, MONDAY, MONDAY + timedelta(14), np.zeros(14), noisy(14))
    assert found.hi < 5 * noisy(14).sum()


def test_a_restless_month_widens_the_range() -> None:
    """The same history, its last four weeks shaken: errors come in clusters."""
    calm = noisy(280)
    shaken = calm.copy()
    shaken[252:] *= np.resize([0.6, 1.5, 0.7, 1.4, 1.0], 28)
    wide, narrow = (estimate(h, MONDAY, MONDAY + timedelta(7), np.zeros(7)) for h in (shaken, calm))
    assert wide.gross_hi - wide.gross_lo > 1.2 * (narrow.gross_hi - narrow.gross_lo)


def test_quantiles_of_student_s_t() -> None:
    """Against the printed table: t of 0.95 with 8 degrees is 1.860, of 0.975 with 12 is 2.179."""
    assert student(np.array([0.95]), 8)[0] == pytest.approx(1.860, abs=0.002)
    assert student(np.array([0.975]), 12)[0] == pytest.approx(2.179, abs=0.002)


def test_nothing_known_afterwards_leaves_it_to_the_trade_and_says_so() -> None:
    """Guests rarely come back, clients mostly do: the prior of the trade decides alone, and the words say it."""
    asked = (noisy(140, noise=0.1), MONDAY, MONDAY + timedelta(7), np.zeros(7))
    rarely, mostly = (
        estimate(*asked, returning=trade_of(name).returning) for name in ("Hotel", "Anwaltskanzlei")
    )
    assert rarely.chance < 0.5 < mostly.chance
    assert mostly.lost < rarely.lost
    assert estimate(*asked, returning=0.1, customers_return=True).chance == 0.75  # the answer comes first
    assert any("Nothing is known of the days after" in word.id for word in rarely.words)


def test_the_farther_ahead_the_less_a_shift_surprises() -> None:
    """After a week the level of the days after is known better than after three; the window follows it."""
    history = noisy(280, 9, 0.15)
    drift = forecast(history, 7, 7, 14).drift
    near, far = drift.joint(3, 7), drift.joint(21, 7)
    assert far.after.diagonal().mean() > near.after.diagonal().mean()
    assert np.allclose(near.after, near.after.T) and np.linalg.eigvalsh(near.after).min() > 0
    assert (near.both > 0).all() and drift.joint(0.25, 7).window > near.window


def test_few_windows_make_the_range_wider() -> None:
    """The same errors of 10 %: known from three independent windows they leave more in doubt than from twenty."""
    error = np.where(np.arange(40) % 2, 0.1, -0.1)
    few, many = (law_of(error, np.ones(40), n, 0.1) for n in (3.0, 20.0))
    assert few.up / many.up == pytest.approx(((1 + 2 / 3) / (1 + 2 / 20)) ** 0.5)
