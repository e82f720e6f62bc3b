"""Who owes it: dated rules and small dated functions."""

# Imported here and not later: the functions bear the names of their modules, and the last import wins.
from heller.law.book.rules import in_force, norm, rule
from heller.law.chain.cap_ahead import cap_ahead
from heller.law.duties.next_steps import next_steps
from heller.law.duties.questions import questions
from heller.law.facts_of_case import first_day_of
from heller.law.waterfall import due, waterfall

__all__ = [
    "cap_ahead",
    "due",
    "first_day_of",
    "in_force",
    "next_steps",
    "norm",
    "questions",
    "rule",
    "waterfall",
]
