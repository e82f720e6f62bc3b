"""The other side's objections, before they come: what a country's files say against a claim, and what each would cost.

Each file of a country's folder `objections` holds one. It looks at the claim as it stands and at nothing else; what
would be due if it held is the country's own chain once more, with less damage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from heller.law.business import BUSINESS, share_lost
from heller.law.chain.running import change, each
from heller.model.amount import Range
from heller.model.claim import Claim
from heller.model.damage import NO_RULE, Assessment, NormRef, Position
from heller.model.finding import Ground, Locator
from heller.model.kinds.contact import Contact, ContactKind
from heller.model.money import Money
from heller.model.objection import Answered, Objection, Objections
from heller.model.scan import modules
from heller.model.span import Span
from heller.model.text import Text
from heller.model.worked_out import EventPart

Cut: TypeAlias = Callable[[Position], Range | None]
Windows: TypeAlias = Sequence[tuple[EventPart, Sequence[Span]]]  # stretches of the outages of some events


class Attack(Struct, frozen=True):
    """A claim as the other side looks at it: its events with their damage, and what is due for such events."""

    claim: Claim
    parts: tuple[EventPart, ...]
    due_of: Callable[[Sequence[EventPart]], Range]

    @property
    def positions(self) -> tuple[Position, ...]:
        """The positions that count, of all events: damage, and what is asked for beside it."""
        return tuple(one for part in self.parts for one in part.assessment.positions if _counts(one))

    def sum_of(self, *heads: str) -> Range:
        """What some heads of loss come to."""
        return sum((one.amount for one in self.positions if one.head in heads), Range())

    def without(self, *heads: str) -> Range:
        """What would be due without some heads of loss."""
        return self.less(lambda one: one.amount if one.head in heads else None)

    def less(self, cut: Cut) -> Range:
        """What would be due if each position lost what `cut` takes of it."""
        return self.due_of([replace(part, assessment=_less(part.assessment, cut)) for part in self.parts])

    def shorter(self, windows: Windows) -> tuple[Range, Range]:
        """What would be due if the business had lost nothing in some stretches of the outages, and what that takes off
        the damage."""
        cut = _lost_in(windows)
        return self.less(cut), sum(filter(None, map(cut, self.positions)), Range())


def first_said(part: EventPart, kind: ContactKind) -> Contact | None:
    """The first of our own letters and calls of a kind about an event; None where there is none."""
    ours = (one for one in part.case.records(Contact) if one.kind is kind and not one.incoming)
    return min(ours, key=lambda one: one.at, default=None)


def of_heads(
    attack: Attack,
    key: str,
    heads: Sequence[str],
    says: Text,
    norm: NormRef,
    answered: Answered = Answered.OPEN,
    answers: tuple[Ground, ...] = (),
) -> Iterator[Objection]:
    """That some heads of loss are not owed at all; nothing where they come to nothing."""
    off = attack.sum_of(*heads)
    if off.likely:
        yield Objection(key, says, norm, attack.without(*heads), answered, answers, off)


def shown_only(attack: Attack, head: str, says: Text, norm: NormRef) -> Iterator[Objection]:
    """Conceded: a head of loss that is shown and not added, with the reason that stands beside it."""
    for part in attack.parts:
        for one in part.assessment.positions:
            if one.head == head and not one.recoverable:
                because = (Ground(one.reason, sources=one.sources[:1]),)
                due = attack.claim.waterfall.due
                yield Objection(head, says, norm, due, Answered.CONCEDED, because, Range())
                return


def pleas(attack: Attack, words: Iterable[str]) -> tuple[Contact, ...]:
    """What the other side said with some of these words in it, in order of time."""
    sought = tuple(words)
    said = (one for one in attack.claim.case.records(Contact) if one.incoming)
    return tuple(one for one in said if any(word in one.said.casefold() for word in sought))


def place_of(said: Contact) -> tuple[Locator, ...]:
    """Where a contact stands, if it does."""
    return (said.source,) if said.source is not None else ()


def answered_plea(
    attack: Attack, key: str, words: Iterable[str], says: Text, rule: NormRef, answer: Text
) -> Iterator[Objection]:
    """What somebody of the other side said with some of these words, where a rule answers it whole: it takes nothing
    off, and the whole damage hangs on the answer."""
    said = pleas(attack, words)
    if said:
        ground = Ground(answer, said[-1].at.date(), place_of(said[-1]))
        yield Objection(key, says, rule, Range(), Answered.RULE, (ground,), attack.claim.assessment.total)


def conceded(attack: Attack, step: str, says: Text) -> Iterator[Objection]:
    """What the chain takes off by itself in one of its steps: it costs nothing more, and the step says why."""
    fall = attack.claim.waterfall
    found = next((one for one in fall.steps if one.key == step and one.effect != Range()), None)
    if found is not None:
        because = (Ground(found.reason),)
        yield Objection(step, says, found.norm or NO_RULE, fall.due, Answered.CONCEDED, because, Range())


ObjectionOf: TypeAlias = Callable[[Attack], Iterable[Objection]]


def objections_in(package: str) -> tuple[ObjectionOf, ...]:
    """What the files of a country's folder say, in the order of their names."""
    return tuple(module.OBJECTION for module in modules(package))


def ranked(attack: Attack, objections: Iterable[ObjectionOf]) -> Objections:
    """The objections that apply, the ones first that cost most times how badly they are answered, and the floor."""
    held = [one for of in objections for one in _held(attack, of)]
    found = sorted((one for one, _ in held), key=lambda one: (-_at_stake(attack, one), one.key))
    return Objections(tuple(found), _floor(attack, [one for one in held if one[0].answered is Answered.OPEN]))


def _held(attack: Attack, of: ObjectionOf) -> list[tuple[Objection, tuple[EventPart, ...]]]:
    """What a file says, each with the events as they would be if it held; none where it takes off no damage."""
    asked: list[tuple[EventPart, ...]] = []

    def due_of(parts: Sequence[EventPart]) -> Range:
        asked.append(tuple(parts))
        return attack.due_of(parts)

    found = list(of(replace(attack, due_of=due_of)))
    return [(one, asked[-1] if asked and len(asked[-1]) == len(attack.parts) else ()) for one in found]


def _floor(attack: Attack, open_: Sequence[tuple[Objection, tuple[EventPart, ...]]]) -> Range:
    """What would be due if all of these held at once: each position less all that is taken of it, and no more than the
    least of those that take off no damage."""
    taken: dict[int, Range] = {}
    least = attack.claim.waterfall.due
    for one, parts in open_:
        cut = [
            pair for before, after in zip(attack.parts, parts, strict=False) for pair in _pairs(before, after)
        ]
        for position, left in cut:
            taken[id(position)] = taken.get(id(position), Range()) + change(left, position.amount)
        if not cut:
            least = _lower(least, one.due)
    return _lower(least, attack.less(lambda one: _at_most(taken.get(id(one)), one.amount)))


def _pairs(before: EventPart, after: EventPart) -> Iterator[tuple[Position, Range]]:
    """The positions of an event that are smaller in another one, each with what is left of it."""
    for one, other in zip(before.assessment.positions, after.assessment.positions, strict=True):
        if one.amount != other.amount:
            yield one, other.amount


def _at_most(taken: Range | None, amount: Range) -> Range | None:
    if taken is None:
        return None
    return Range(min(taken.low, amount.low), min(taken.likely, amount.likely), min(taken.high, amount.high))


def _lower(one: Range, other: Range) -> Range:
    return Range(min(one.low, other.low), min(one.likely, other.likely), min(one.high, other.high))


def _at_stake(attack: Attack, one: Objection) -> int:
    lost = attack.claim.waterfall.due.likely - one.due.likely
    off = one.off.likely if one.off is not None else Money(0)
    return max(lost.cents, off.cents // 100) * one.answered.value


def _lost_in(windows: Windows) -> Cut:
    """Takes of each position of the business the share that was lost in some stretches of its outage."""
    taken: dict[int, Range] = {}
    for part, spans in windows:
        for head in BUSINESS:
            share = share_lost(part, head, spans) if spans else Fraction()
            for one in part.assessment.positions:
                if one.head == head and one.recoverable:
                    taken[id(one)] = each(one.amount, lambda amount, share=share: amount * share)  # type: ignore[misc]
    return lambda one: taken.get(id(one))


def _counts(one: Position) -> bool:
    return one.recoverable or one.apart


def _less(assessment: Assessment, cut: Cut) -> Assessment:
    """The same damage with less in some positions that count."""
    positions, total = [], assessment.total
    for one in assessment.positions:
        taken = cut(one) if _counts(one) else None
        if taken is not None:
            total = total if one.apart else _minus(total, taken)
            one = replace(one, amount=_minus(one.amount, taken))
        positions.append(one)
    return replace(assessment, positions=tuple(positions), total=total)


def _minus(one: Range, taken: Range) -> Range:
    """Each figure less its own: cautious from cautious, high from high. The range of a sum is narrower than the sum of
    the ranges, so what is left is no further out than its likely figure."""
    likely = one.likely - taken.likely
    return Range(min(one.low - taken.low, likely), likely, max(one.high - taken.high, likely))
