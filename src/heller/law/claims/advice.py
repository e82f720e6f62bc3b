"""What to do, who owes an answer and what to ask of an event, under the law of its country or where none is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from heller.law.book.calendar import PLAIN
from heller.law.book.seat import seat
from heller.law.claims.of_event import case_under, law_of
from heller.law.duties import answers_owed as answers
from heller.law.duties import next_steps as to_do
from heller.law.duties import questions as ask
from heller.law.facts_of_case.gather import first_day_of, first_outage, gather, situation
from heller.model.advice import OwedAnswer, Question
from heller.model.amount import Range
from heller.model.case import Case
from heller.model.claim import NextStep, Waterfall
from heller.model.damage import Assessment
from heller.model.facts import FACTS
from heller.model.money import ZERO
from heller.model.outage import Contradiction, Detection
from heller.model.text import text


def next_steps(
    case: Case, detection: Detection, assessment: Assessment, made: Waterfall
) -> tuple[NextStep, ...]:
    """Open steps first, the most urgent at the top; then what is done."""
    law = law_of(case)
    if law is None:
        given = gather(case, made.as_of, PLAIN, _never)
        outage = first_outage(detection)
        where = situation(case, given, outage) if outage else None
        return to_do.next_steps(to_do.Standing(given, where, assessment, made), WITHOUT_LAW)
    stand = case_under(law, case, detection, made.as_of)
    standing = to_do.Standing(stand.given, stand.situation, assessment, made)
    return to_do.next_steps(standing, law.next_steps)


def answers_owed(case: Case, as_of: date) -> tuple[OwedAnswer, ...]:
    """Who owes an answer since when, as of a day; the same in every country."""
    return answers.answers_owed(gather(case, as_of, PLAIN, _never).dealings)


WITHOUT_LAW = (to_do.report, to_do.keep(None), to_do.fetch)  # what helps everywhere


def _never(until: date, region: str) -> date:
    """Without a law nobody is in default."""
    return date.max


def questions(
    case: Case,
    detection: Detection,
    due_with: Callable[[Mapping[str, str]], Range],
    contradictions: Sequence[Contradiction] = (),
) -> tuple[Question, ...]:
    """What contradicts itself and what is not stated: the country first, then what is asked everywhere and what its law
    asks; `due_with` gives the sum with facts stated."""
    law, began = law_of(case), first_day_of(case, detection)
    asked = ask.questions(case, (*ask.EVERYWHERE, *(law.questions if law else ())), began, due_with)
    explained = ask.explanations(case, contradictions)
    found = (*_country(case), *explained, *asked, *ask.asked_once(case, suing=bool(law and law.suing)))
    first = {
        one.key: one for one in reversed(found)
    }  # nothing is asked twice: the first reason is the nearest
    return tuple(one for one in found if first[one.key] is one)


def _country(case: Case) -> Iterator[Question]:
    where = seat(case)
    if where.stated:
        return
    why = (
        text(
            "{code:country} is assumed: {why}. Its law decides who owes what.", code=where.code, why=where.why
        )
        if where.code
        else text("Nothing is assumed: {why}. The law of the country decides who owes what.", why=where.why)
    )
    yield Question("line.country", FACTS["line.country"].label, why, ZERO)
