"""The degree of fault that a claim stands on, and what is claimed without it."""

from __future__ import annotations

from msgspec import Struct

from heller.model.amount import Range
from heller.model.damage import NormRef
from heller.model.finding import Ground
from heller.model.kinds.pleading import FaultDegree
from heller.model.text import Text


class Auxiliary(Struct, frozen=True):
    """What is claimed in the alternative: the chain as if the pleaded degree of fault is not found. `due` is all of it,
    principal, interest and costs are its parts; `norm` and `reason` are what limits it then."""

    principal: Range
    interest: Range
    costs: Range
    due: Range
    reason: Text
    norm: NormRef


class PleadedFault(Struct, frozen=True):
    """The degree of fault that the main claim stands on, with its grounds: what a person decided first, then what the
    other side admitted. `auxiliary` is None where the degree changes nothing in this case."""

    degree: FaultDegree
    grounds: tuple[Ground, ...]
    reason: Text
    norm: NormRef
    auxiliary: Auxiliary | None = None
