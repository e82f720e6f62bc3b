"""What only German law makes uncertain."""

from __future__ import annotations

from collections.abc import Iterator

from heller.law.facts_of_case import Situation
from heller.model.finding import Finding
from heller.model.text import text


def provider_change(situation: Situation) -> Iterator[Finding]:
    """Whether it was a change of provider."""
    if situation.given.contract.provider_change is None:
        yield Finding(
            "law.provider_change_open",
            text("Whether this was a change of provider is not stated; it decides which rules apply."),
            text("State whether the line moved to another provider or was taken over inside the same one."),
        )
