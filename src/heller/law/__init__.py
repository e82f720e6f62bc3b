"""Who owes it: a frame of steps, caps, dates and costs, and the law of each country in a folder of its own.

No name here is the name of a module beside it, so the order of imports decides nothing.
"""

from heller.law.book.seat import seat
from heller.law.claim import cap_ahead, due, ground, law_of, next_steps, questions, waterfall
from heller.law.facts_of_case import first_day_of

__all__ = [
    "cap_ahead",
    "due",
    "first_day_of",
    "ground",
    "law_of",
    "next_steps",
    "questions",
    "seat",
    "waterfall",
]
