"""Getting a case's anchors stamped: settings, files, the queue that survives an outage."""

from __future__ import annotations

from typing import TYPE_CHECKING

from heller.model.face import face

if TYPE_CHECKING:
    from heller.casefile.stamping.growth import Grown, growth_of
    from heller.casefile.stamping.outside import AnchorForPeople, Till, beacon, show, till, witness
    from heller.casefile.stamping.paper import Key, stamp_pdf
    from heller.casefile.stamping.renew import WITHIN, Carried
    from heller.casefile.stamping.settings import add, trust_of
    from heller.casefile.stamping.states import StampState, State
    from heller.casefile.stamping.work import stamp, where

__all__ = [
    "WITHIN",
    "AnchorForPeople",
    "Carried",
    "Grown",
    "Key",
    "StampState",
    "State",
    "Till",
    "add",
    "beacon",
    "growth_of",
    "show",
    "stamp",
    "stamp_pdf",
    "till",
    "trust_of",
    "where",
    "witness",
]

__getattr__ = face(
    __name__,
    {
        "growth": (
            "Grown",
            "growth_of",
        ),
        "outside": (
            "AnchorForPeople",
            "Till",
            "beacon",
            "show",
            "till",
            "witness",
        ),
        "paper": (
            "Key",
            "stamp_pdf",
        ),
        "renew": (
            "WITHIN",
            "Carried",
        ),
        "settings": (
            "add",
            "trust_of",
        ),
        "states": (
            "StampState",
            "State",
        ),
        "work": (
            "stamp",
            "where",
        ),
    },
)
