"""The provider of the line. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import PARTY, words
from heller.model.text import text

PLACE = 2  # among the groups

NAME = words("provider.name", "Anbieter", text("Provider"), PARTY)
ADDRESS = words("provider.address", "Anschrift Anbieter", text("Address of the provider"), PARTY)
REPRESENTED = words(
    "provider.represented",
    "Anbieter vertreten durch",
    text("Provider represented by"),
    text("A statement of claim names who represents the other side."),
)
