"""Getting a case's anchors stamped: settings, files, the queue that survives an outage."""

from heller.casefile.stamping.outside import Shown, Till, beacon, show, till, witness
from heller.casefile.stamping.renew import WITHIN, Carried, renew
from heller.casefile.stamping.settings import add
from heller.casefile.stamping.states import Place, State
from heller.casefile.stamping.work import stamp, where

__all__ = [
    "WITHIN",
    "Carried",
    "Place",
    "Shown",
    "State",
    "Till",
    "add",
    "beacon",
    "renew",
    "show",
    "stamp",
    "till",
    "where",
    "witness",
]
