"""Whether it was a change of provider: then the statute has days of its own."""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.duties import next_steps as step
from heller.model.claim import NextStep
from heller.model.text import text

PLACE = 70


def _which_change(standing: step.Standing) -> Iterator[NextStep]:
    if standing.given.contract.provider_change is None:
        yield NextStep(
            text("Find out whether this was a change of provider or a takeover inside the same one."),
            text("At a change the service may stop for one day at most; it decides the basis of the claim."),
            key="provider_change",
        )


STEP = _which_change
