"""What the rules of law cannot answer, said so that a person knows what to do."""

from __future__ import annotations

from datetime import date

from heller.model.errors import HellerError
from heller.model.text import text


class LawRefused(HellerError):
    """The rules cannot answer: unknown rule, day outside the data, or rule not verified."""

    exit_code = 8


class NoSuchRule(LawRefused):
    """Nobody wrote down a rule with this id."""

    def __init__(self, id: str, country: str) -> None:
        super().__init__(
            text("There is no rule {id} in the rules of {country}.", id=id, country=country),
            text("An amount without a rule cannot be defended."),
            text(
                "Check the id (heller law rules lists them), or add the rule with its source and "
                "the day it came into force."
            ),
        )


class NoSuchCountry(LawRefused):
    """No rules of this country ship with Heller."""

    def __init__(self, country: str, known: tuple[str, ...]) -> None:
        super().__init__(
            text("There are no rules of the country {country}.", country=country or "''"),
            text("The law of another country would give another amount."),
            text(
                "Known are: {countries}. A further country is a folder of rules.", countries=", ".join(known)
            ),
        )


class NotInForce(LawRefused):
    """The rule is known, but another one counts on that day."""

    def __init__(self, id: str, on: date, successor: str) -> None:
        super().__init__(
            text("Rule {id} was no longer in force on {on}.", id=id, on=on),
            text("The law of another time gives another amount."),
            text("Use rule {successor} for this day.", successor=successor),
        )


class BeyondTheData(LawRefused):
    """The rule's data begin after that day or end before it. Nothing is extrapolated."""

    def __init__(self, id: str, on: date, first: date, last: date | None) -> None:
        known = (
            text("The data run from {first} to {last}.", first=first, last=last)
            if last
            else text("The data begin on {first}.", first=first)
        )
        super().__init__(
            text("Rule {id} is not known for {on}.", id=id, on=on),
            known,
            text("Add the missing row with its source, or choose another day."),
        )


class NotUsable(LawRefused):
    """The rule is an inference or not verified: it may be shown, never added into a sum."""

    def __init__(self, id: str, mark: str) -> None:
        super().__init__(
            text("Rule {id} is marked {mark} and may not be used in a sum.", id=id, mark=mark),
            text("A figure that rests on an unverified rule would be an invented figure."),
            text("Show it as another reading, or verify the rule and change its mark."),
        )


class RulesBroken(LawRefused):
    """A file of rules does not say what it must."""

    def __init__(self, file: str, problem: str) -> None:
        super().__init__(
            text("The rules in {file} cannot be read: {problem}.", file=file, problem=problem),
            text("Without rules nothing can be worked out."),
            text("Mend the file; amounts are strings, days are dates, every rule has a mark and a source."),
        )
