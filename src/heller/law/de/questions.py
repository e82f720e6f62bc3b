"""What German law asks of a case, with the reason of each question."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from heller.law.de.deadlines import STATES, by_municipality
from heller.law.duties.questions import QuestionOf, has_gross_units, insurer_paid
from heller.model.facts import firm
from heller.model.facts.shop import VAT
from heller.model.text import Text, text

_NEW_LAW = date(2021, 12, 1)  # TKG 2021
_STATES = tuple((code, Text(code)) for code in STATES.values())

ASKED = (
    QuestionOf(
        "firm.deducts_input_vat",
        text("Who deducts input VAT claims net amounts, and gets his lawyer's fees back without VAT."),
    ),
    QuestionOf(
        "line.provider_change",
        text("At a change of provider there is a lump sum since December 2021, for every end user."),
    ),
    QuestionOf(
        "firm.small",
        text(
            "Micro and small firms have the lump sum for complete outage since December 2021, others have not."
        ),
        given=(("line.rights_waived", "no"), ("line.all_dead", "yes")),
        since=_NEW_LAW,
    ),
    QuestionOf(
        "line.rights_waived",
        text("An express waiver takes the lump sum for complete outage from a small firm."),
        given=(("line.all_dead", "yes"),),
        since=_NEW_LAW,
    ),
    QuestionOf(
        "line.all_dead",
        text("One service of several that is down is no complete outage, and gives no lump sum."),
        given=(("line.rights_waived", "no"),),
        since=_NEW_LAW,
    ),
    QuestionOf(
        "line.individual_terms",
        text(
            "An individually agreed limit replaces the cap; the answer yes is counted as one that lifts it."
        ),
        as_if={"yes": {"line.agreed_cap": "1000000000.00"}},
        answered_by="line.agreed_cap",
    ),
    QuestionOf(
        "insurance.same_kind",
        text(
            "An insurer takes over the claim only for loss of the kind that he paid for (§ 86 (1) VVG); without "
            "an answer it is counted as the same kind."
        ),
        when=insurer_paid,
    ),
    QuestionOf(  # SEL-10
        VAT.key,
        text(
            "Takings count without VAT, and a list with VAT does not say its rate: without an answer 19 % is "
            "taken off. It is 7 % for rooms let to guests and, since 1 January 2026, for meals but not for "
            "drinks (§ 12 (2) nos. 11 and 15 UStG). Different rates are said by channel: heller note CASE "
            "channel NAME --vat '7 %'"
        ),
        tuple(
            (str(rate), text("{share:percent}", share=rate))
            for rate in (Decimal("0.19"), Decimal("0.07"), Decimal(0))
        ),
        when=has_gross_units,
        for_euros=True,
    ),
    QuestionOf(
        "firm.state",
        text("Holidays of the state move the days of default and the working days of a lump sum."),
        _STATES,
    ),
    QuestionOf(
        "firm.secrecy",
        text(
            "Who is bound to it hands no name out unasked: dossier and bundle keep names closed until you say no."
        ),
        when=lambda case: case.trade.secret,
    ),
    QuestionOf(
        "firm.local_holidays",
        text(
            "In Bavaria 15 August is a public holiday in mainly Catholic municipalities only; the municipality knows."
        ),
        when=lambda case: bool(by_municipality(case.facts[firm.STATE])),
    ),
)
