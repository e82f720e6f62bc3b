"""The cap on liability on a day, and whether a degree of fault lifts it."""

from __future__ import annotations

from datetime import date

from heller.law.answers.shape import Answer, begins, norms, reach
from heller.law.de import liability
from heller.law.rules import book
from heller.model.errors import InputRefused
from heller.model.text import Text, text

OLD, NEW = ("TKG04-44a-1", "TKG04-44a-3", "TKG04-44a-2"), ("TKG21-70-1", "TKG21-70-2", "TKG21-70-3")
FAULTS = {"simple": "", "gross": "gross_negligence", "intent": "intent"}


def answer(on: date, fault: str) -> Answer:
    """The cap per end user and per event for an outage on a day; `fault` is simple, gross or intent.

    Raises InputRefused for another word, BeyondTheData before 2 July 2012.
    """
    fault = fault.strip().lower()
    if fault not in FAULTS:
        raise InputRefused(
            what=text("{fault} is no degree of fault.", fault=fault or "''"),
            why=text("Whether the cap falls depends on simple negligence, gross negligence or intent."),
            do=text("Use --fault simple, --fault gross or --fault intent."),
        )
    begins(on, OLD[0])
    found = liability.cap(on)
    ids = OLD if found.norm.id == OLD[0] else NEW
    together = book().for_sum(ids[1], on).money("cap")
    lifters = [one for one in liability.lifters(on) if one.key == FAULTS[fault]]
    lifted = any(one.lifts for one in lifters)
    agreement = next(one for one in liability.lifters(on) if one.key == "agreement")
    return Answer(
        head=_head(fault, lifted, found),
        figures={"per_end_user": found.amount, "per_event": together, "lifted": lifted},
        lines=(
            text("The law of {day}: {law}.", day=on, law=found.law),
            found.reason,
            *(one.text for one in lifters),
            text(
                "One event over all end users: at most {amount}; beyond it every claim is cut in proportion.",
                amount=together,
            ),
        ),
        notes=(
            *reach(on, ids),
            text("Outside the cap: damage from late payment of the damages, such as interest and costs."),
            text("What else replaces it: {what}", what=agreement.text),
        ),
        sources=norms(*ids, agreement.norm.id),
    )


def _head(fault: str, lifted: bool, found: liability.Cap) -> Text:
    if not lifted:
        return text("The cap holds: {cap} per end user.", cap=found.amount)
    if fault == "intent":
        return text("The cap of {cap} per end user falls: the provider acted with intent.", cap=found.amount)
    return text("The cap of {cap} per end user falls: gross negligence lifts it.", cap=found.amount)
