"""The band of states: one line of blocks, as dark as the worst that happened in a column."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.outage.linelab import fault, head, table

from heller.cli import outage_view, screen
from heller.cli.band import MARKS, states
from heller.dossier.wording import BERLIN
from heller.model.outage import Stretch
from heller.model.span import Span
from heller.outage import detect

START = datetime(2026, 11, 24, tzinfo=UTC)


@given(
    st.lists(st.tuples(st.integers(1, 5000), st.sampled_from(sorted(MARKS))), min_size=1, max_size=12),
    st.integers(1, 80),
)
def test_no_state_is_lost_and_none_is_invented(runs: list[tuple[int, str]], columns: int) -> None:
    """A second of outage in a year still shows; a column shows only what happened in it."""
    stretches, at = [], START
    for seconds, state in runs:
        stretches.append(Stretch(Span(at, at + timedelta(seconds=seconds)), state))
        at += timedelta(seconds=seconds)
    found = states(stretches, Span(START, at), columns)
    assert len(found) == columns
    assert set(found) <= {state for _, state in runs}
    assert ("down" in found) == any(state == "down" for _, state in runs)


def test_time_before_and_after_is_not_watched() -> None:
    """An uplink that was watched for the middle third only is not up before and after."""
    whole = Span(START, START + timedelta(hours=3))
    middle = Stretch(Span.of(START + timedelta(hours=1), hours=1), "up")
    assert states([middle], whole, 9) == ["unobserved"] * 3 + ["up"] * 3 + ["unobserved"] * 3


@pytest.mark.parametrize(("lang", "said"), [("en", "10:56:40.14"), ("de", "10:56:40,14\xa0Uhr")])
def test_both_uplinks_and_fine_bounds_are_shown(
    lang: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two bands over the same time, a legend of what occurs, bounds to the hundredth of a second."""
    for made in (screen.out, screen.err):
        made.cache_clear()
    monkeypatch.setattr(screen, "_language", [lang])
    frame = table(600, fault("line", 200.3, 320.6), numbers=tuple(range(11)))
    outage_view.show(BERLIN, detect([], [], [], [(head(600), frame)]))
    shown = capsys.readouterr().out
    rows = [row for row in shown.splitlines() if "▁" in row]
    assert [row.split()[0] for row in rows] == ["main", "mobile", "▁"]
    assert "█" in rows[0] and "█" not in rows[1] and said in shown
    for made in (screen.out, screen.err):
        made.cache_clear()
