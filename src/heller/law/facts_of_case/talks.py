"""When there were talks about a claim, by what both sides said and when: the cautious reading and the hopeful one.

Talks need both sides: a letter that nobody answers begins none. They end with a refusal, a settlement, or by silence:
where the next word failed to come in time. Which words are a refusal says whoever wrote them down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from heller.law.book.calendar import plus_months
from heller.law.facts_of_case import Talks, TalksEnd
from heller.model.kinds.contact import Contact, ContactKind

OPENING = (ContactKind.INVITATION, ContactKind.OFFER)
OURS = (ContactKind.DEMAND, ContactKind.OFFER)  # what the other side may answer
ANSWERS = (ContactKind.CONTACT, ContactKind.PROMISE, *OPENING)

DayOf = Callable[[Contact], date]


def talks(
    contacts: Sequence[Contact], day_of: DayOf, as_of: date, silence: int, ends: Sequence[date] = ()
) -> tuple[Talks, ...]:
    """The talks that can be relied on: from the day on which the other side let itself in for them, until a refusal,
    one of the `ends` (a settlement), or `silence` months without the word that was next. Our own second letter buys no
    further time."""
    return tuple(_talks(contacts, day_of, as_of, silence, sorted(ends)))


def _talks(
    contacts: Sequence[Contact], day_of: DayOf, as_of: date, silence: int, ends: Sequence[date]
) -> Iterator[Talks]:
    began, alive, ours_next = None, date.min, False
    asked: date | None = None  # until when an answer to our own letter opens talks
    for contact in contacts:
        day = day_of(contact)
        settled = next((end for end in ends if began is not None and began <= end <= min(day, alive)), None)
        if began is not None and (settled or day > alive):
            yield Talks(began, settled or alive, TalksEnd.SETTLED if settled else TalksEnd.SILENCE)
            began = None
        if contact.kind is ContactKind.REFUSAL:
            if began is not None:
                yield Talks(began, day, TalksEnd.REFUSED)
            began, asked = None, None
        elif contact.incoming:
            answers = asked is not None and day <= asked and contact.kind in ANSWERS
            if began is None and (contact.kind in OPENING or answers):
                began = day
            if began is not None:
                alive, ours_next = plus_months(day, silence), True
        else:
            if began is not None and ours_next:
                alive, ours_next = plus_months(day, silence), False
            if contact.kind in OURS:
                asked = plus_months(day, silence)
    if began is not None:
        settled = next((end for end in ends if began <= end <= min(alive, as_of)), None)
        over = settled or alive
        ended = TalksEnd.SETTLED if settled else TalksEnd.SILENCE
        yield Talks(began, over, ended) if settled or over < as_of else Talks(began, as_of)


def longest_talks(
    contacts: Sequence[Contact], day_of: DayOf, as_of: date, ends: Sequence[date] = ()
) -> tuple[Talks, ...]:
    """The reading that nobody should rely on: from the first offer or invitation, whoever made it, that the other side
    answered, until somebody refused, however long nothing was said in between."""
    found: list[Talks] = []
    began: date | None = None
    for n, contact in enumerate(contacts):
        day = day_of(contact)
        if began is not None and (over := next((end for end in ends if began <= end <= day), None)):
            found.append(Talks(began, over, TalksEnd.SETTLED))
            began = None
        if contact.kind in OPENING and began is None:
            answered = contact.incoming or any(c.incoming and c.kind in ANSWERS for c in contacts[n + 1 :])
            began = day if answered else None
        elif contact.kind is ContactKind.REFUSAL and began is not None:
            found.append(Talks(began, day, TalksEnd.REFUSED))
            began = None
    if began is not None:
        over = next((end for end in ends if began <= end <= as_of), None)
        found.append(Talks(began, over, TalksEnd.SETTLED) if over else Talks(began, as_of))
    return tuple(found)
