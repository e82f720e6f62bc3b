"""A neighbour of Schilda without a clerk: nobody knows what suing costs, and no interest runs."""

from __future__ import annotations

from msgspec.structs import replace

from ..xs.country import COUNTRY as SCHILDA

COUNTRY = replace(SCHILDA, code="XB", suing=None, steps=SCHILDA.steps[:-1])
