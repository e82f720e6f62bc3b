"""How narrow a bound can be: the plan's own step, and what the machine was late in making the fault and in asking."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
from tests.net.faults import Cut
from tests.net.story import SECOND, Story

from heller import casefile
from heller.model.outage import Outage
from heller.model.span import Bounds

NEAR = 5 * SECOND  # of an edge, on either side


def narrow(story: Story, cut: Cut, found: Outage, planned: timedelta) -> bool:
    """Whether both bounds are as narrow as the plan promises: wider only by what was really late at that edge."""
    late = Lateness(story)
    return all(
        isinstance(bounds, Bounds) and bounds.width <= planned + late.at(truth)
        for bounds, truth in ((found.start, cut.on), (found.end, cut.off))
    )


class Lateness:
    """What a busy machine added: a change of the network that took its time, probes and answers that came late."""

    def __init__(self, story: Story) -> None:
        self._rows = pl.concat(
            pl.DataFrame(
                [
                    (f"{target.uplink} {target.name}", at, rtt)
                    for at, rtt in zip(rows["at"], rows["rtt"], strict=True)
                ],
                schema={"target": pl.String, "at": pl.Int64, "rtt": pl.Float64},
                orient="row",
            )
            for head, table in casefile.load(story.case).samples
            for target in head.targets
            if target.uplink == "main"
            for rows in [table.filter(pl.col("target") == target.number).collect()]
        )

    def at(self, truth: tuple[int, int]) -> timedelta:
        """What was late around a change of the network that was made within `truth`."""
        gap = pl.col("at").sort().diff().over("target")
        near = (
            self._rows.sort("target", "at")
            .with_columns(gap=gap, usual=gap.median().over("target"))
            .filter(pl.col("at").is_between(truth[0] - NEAR, truth[1] + NEAR))
        )
        asked = max([0, *(near["gap"] - near["usual"]).drop_nulls()])
        answered = max([0.0, *near["rtt"].drop_nans()])
        return timedelta(microseconds=truth[1] - truth[0] + int(asked) + int(answered * SECOND))
