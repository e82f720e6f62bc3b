"""A neighbour of Schilda where nothing limits a claim: what one town says is said once."""

from __future__ import annotations

from msgspec.structs import replace

from heller.law.chain.cap import Uncapped
from heller.law.chain.limits import CapLaw
from heller.model.text import text

from ..xs.country import COUNTRY as SCHILDA
from ..xs.country import NAME, norm

NOTHING = Uncapped(NAME, norm("SX-CAP"), text("Lalenburg has no sacks, so there is no cap."))

COUNTRY = replace(SCHILDA, code="XA", cap=CapLaw(lambda situation: NOTHING, lambda on: (NOTHING, ())))
