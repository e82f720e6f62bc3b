"""What is worth a word, and that nobody gets it twice."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.watch.alerts import news
from heller.watch.alerts.news import US, News, Turn
from heller.watch.alerts.outbox import LONGEST, REST, Outbox

Rows = list[tuple[int, bool]]


def told(rows: Rows, now: int, after: float = 30, last: str = "", begun: int = 0) -> list[str]:
    """The keys of what is said."""
    return [one.key for one in news.of_line("main", news.turns(rows, now, after, begun), last, "case")]


CASES = {
    "a short silence is no word": ([(0, True), (10, False), (20, True)], 100, "", []),
    "a long one is": ([(0, True), (10, False)], 41, "", ["down:main:10"]),
    "not before its time": ([(0, True), (10, False)], 39, "", []),
    "back when it has answered for long": (
        [(0, True), (10, False), (100, True)],
        131,
        "down:main:10",
        ["back:main:100"],
    ),
    "not back while it flaps": (
        [(0, True), (10, False), (100, True), (110, False), (120, True)],
        141,
        "down:main:10",
        [],
    ),
    "a loss of one second is no flapping": (
        [(0, True), (10, False), (100, True), (110, False), (111, True)],
        131,
        "down:main:10",
        ["back:main:100"],
    ),
    "missed while nobody was at the desk": (
        [(0, True), (10, False), (100, True)],
        500,
        "",
        ["down:main:10", "back:main:100"],
    ),
    "a restart in the middle goes on with it": ([(700, False)], 800, "down:main:10", []),
    "and says when it is back": ([(700, False), (750, True)], 800, "down:main:10", ["back:main:750"]),
    "back while nobody watched": ([(700, True)], 800, "down:main:10", ["back:main:700"]),
    "dead from the start": ([(700, False)], 800, "back:main:90", ["down:main:700"]),
    "nothing was asked": ([], 800, "", []),
}


@pytest.mark.parametrize("name", CASES)
def test_a_line_that_turns_is_told_once(name: str) -> None:
    """Seconds of the first losses after answers and first answers after losses, and what follows."""
    rows, now, last, wanted = CASES[name]
    said = told([(at * US, alive) for at, alive in rows], now * US, last=_us(last))
    assert said == [_us(key) for key in wanted]


def _us(key: str) -> str:
    head, colon, at = key.rpartition(":")
    return f"{head}:{int(at) * US}" if colon else ""


def test_a_machine_that_slept_was_not_silent() -> None:
    """Nobody watched before second 95: a silence of five seconds is none of thirty."""
    rows = [(0, True), (10 * US, False), (100 * US, True)]
    assert told(rows, 200 * US, begun=95 * US) == []
    assert told(rows, 200 * US) == [f"down:main:{10 * US}", f"back:main:{100 * US}"]


CHANGES = st.lists(st.integers(1, 90), max_size=12).map(
    lambda gaps: [(sum(gaps[: n + 1]) * US, n % 2 == 0) for n in range(len(gaps))]
)


@given(CHANGES, st.lists(st.integers(0, 40), min_size=1, max_size=40))
def test_whenever_one_looks_the_same_is_told_in_the_end(rows: Rows, steps: list[int]) -> None:
    """Down and back take turns, and whoever looks often says what one says who looks once."""
    end = (rows[-1][0] if rows else 0) + 200 * US
    looks = [sum(steps[: n + 1]) * US for n in range(len(steps))]
    last, often = "", []
    for now in [*(look for look in looks if look < end), end]:
        known = [row for row in rows if row[0] <= now]
        often += told(known, now, last=last)
        last = often[-1] if often else ""
    once = told(rows, end)
    assert len(set(often)) == len(often)
    assert all(a.split(":")[0] != b.split(":")[0] for a, b in pairwise(often))
    assert not often or often[-1].split(":")[0] == once[-1].split(":")[0]


def test_words_come_in_order_and_once(tmp_path: Path) -> None:
    """The second waits for the first, a failed one is tried later and later, a restart forgets nothing."""
    box = Outbox(tmp_path)
    assert box.put("down", "a", "t", "b", 0) and not box.put("down", "a", "t", "other", 0)
    box.put("back", "a", "t", "b", 0)
    box.put("down", "b", "t", "b", 0)
    assert [(one.recipient, one.id) for one in box.due(0)] == [("a", 1), ("b", 3)]
    box.failed(box.due(0)[0], 0)
    assert [one.recipient for one in box.due(REST - 1)] == ["b"]
    box.close()
    box = Outbox(tmp_path)
    (word, _) = box.due(REST)
    assert (word.id, word.tries) == (1, 1)
    for _ in range(20):
        box.failed(box.due(1 << 60)[0], 0)
    assert box.due(LONGEST)[0].id == 1 and box.due(LONGEST - 1)[0].id != 1
    box.hurry()
    box.gone(box.due(0)[0], "mobile", 1)
    assert [one.id for one in box.due(0)] == [2, 3] and box.waiting() == 2
    assert not box.put("down", "a", "t", "b", 5)
    box.remember("main", "x")
    assert (box.last("main"), box.last("other")) == ("x", "")
    box.close()


def test_no_word_names_anybody_unasked() -> None:
    """Without being asked no case, no person and no firm stands in it."""
    rows = [(0, True), (10 * US, False), (100 * US, True)]
    found = news.of_line("main", news.turns(rows, 500 * US, 30), "", "Praxis Dr. Muster")
    found += [news.not_watched(0, US), news.other_silent("box", 0), news.other_again("box", 0)]
    assert len(found) == 5
    for one in found:
        assert "Muster" not in repr((one.title, one.said))
    assert ["Muster" in repr(one.named) for one in found[:2]] == [True, True]
    assert isinstance(found[0], News) and Turn(1, alive=True).alive
