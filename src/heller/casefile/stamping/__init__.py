"""Getting a case's anchors stamped: settings, files, the queue that survives an outage."""

from heller.casefile.stamping.growth import Grown, growth_of
from heller.casefile.stamping.outside import AnchorForPeople, Till, beacon, show, till, witness
from heller.casefile.stamping.paper import Key, stamp_pdf
from heller.casefile.stamping.renew import WITHIN, Carried, renew
from heller.casefile.stamping.settings import add, trust_of
from heller.casefile.stamping.states import StampState, State
from heller.casefile.stamping.summary import summary
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
    "renew",
    "show",
    "stamp",
    "stamp_pdf",
    "summary",
    "till",
    "trust_of",
    "where",
    "witness",
]
