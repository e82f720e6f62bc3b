"""The law of Germany, as one constant: what is taken, in which order, and on which rule it rests."""

from __future__ import annotations

from heller.law.chain import steps
from heller.law.chain.limits import CapLaw
from heller.law.country import Country
from heller.law.de import (
    cap_lifted,
    court,
    dates,
    doubts,
    fall_back,
    forum,
    interest,
    letter_grounds,
    liability,
    other_readings,
    pre_trial,
    retention,
    set_off,
)
from heller.law.de.account import ACCOUNT
from heller.law.de.dates import LIMITATION
from heller.law.de.deadlines import CALENDAR
from heller.law.de.filing import filing_rules
from heller.law.de.interest import default_begins
from heller.law.de.questions import ASKED
from heller.law.de.rules import book, norm
from heller.law.de.vat import VAT
from heller.law.duties import deadlines, mitigation
from heller.law.duties import doubts as doubt
from heller.law.duties.next_steps import in_order
from heller.law.objections import objections_in
from heller.law.suing.routes import routes_in
from heller.model.kinds.policy import PolicyKind

GROUNDS = {
    "damage": "BGB-249",
    "difference": "BGB-249",
    "gross": "BGB-249",
    "not_recoverable": "BGB-253",
    "fault": "BGB-254",
    "warning": "BGB-254-2",
    "cut_off": "HEAD-01b",
    "no_loss": "HEAD-05c",
    "quota": "ZPO-91/92",
    "insurers": "VVG-86",
    "breach": "BGB-280",
    "changed_acceptance": "BGB-150",
    "confirmation": "KBS-01",
    "default": "BGB-286",
    "default_interest": "BGB-288-1",
    "lost_profit": "BGB-252",
    "estimate": "ZPO-287",
    "full_proof": "ZPO-286",
    "force_majeure": "FM-01",
    "records": "BGB-242",
    "production": "ZPO-421",
    "termination": "BGB-314",
    "assignment": "BGB-398",
    "assignment_shown": "BGB-409",
    "arbitration": "SCHL-01",
    "arbitration_stops_time": "SCHL-06",
    "insurer_notice": "VVG-30/31",
    "insurer_averting": "VVG-82/83",
    "insurer_expert": "VVG-128",
    "statement_of_claim": "ZPO-253",
    "payment_order": "ZPO-690",
    "helpers": "BGB-276/278",
}


COUNTRY = Country(
    code="DE",
    book=book(),
    grounds=GROUNDS,
    calendar=CALENDAR,
    default_begins=default_begins,
    cap=CapLaw(
        limit=liability.limit,
        on=liability.on,
        pleaded=liability.pleaded,
        free=liability.intent,
        degrees=liability.degrees,
        lifts=(cap_lifted.of_law, cap_lifted.things, cap_lifted.public, cap_lifted.late_payment),
        outside=cap_lifted.outside,
    ),
    steps=(
        steps.gross(norm("BGB-249")),
        steps.not_recoverable(norm("BGB-253")),
        steps.contributory_fault(norm("BGB-254")),
        set_off.step,
        steps.cap,
        steps.insurers(norm("VVG-86")),
        steps.own_claims(norm("HEAD-11")),
        steps.interest(interest.DAMAGES),
    ),
    once=(pre_trial.step,),
    interest=interest.DAMAGES,
    limitation=LIMITATION,
    insurance={
        PolicyKind.BUSINESS_INTERRUPTION: norm("BU-01"),
        PolicyKind.CYBER: norm("BU-01"),
        PolicyKind.ELECTRONICS: norm("VVG-82/83"),
        PolicyKind.LEGAL_EXPENSES: norm("VVG-30/31"),
    },
    suing=court.SUING,
    gates=(forum.forum,),
    routes=routes_in("heller.law.de.routes"),
    alternatives=(
        other_readings.early_interest,
        other_readings.fee_inside,
        other_readings.cap_lifted,
        other_readings.lump_sum_outage,
        other_readings.lump_sum_change,
        other_readings.emergency_cut_off,
    ),
    deadlines=(
        deadlines.payment(norm("BGB-286"), CALENDAR),
        deadlines.limitation(LIMITATION),
        dates.arbitration,
        dates.information,
        dates.carriers,
        deadlines.offers,
        deadlines.insurers(norm("VVG-30/31")),
        dates.advance,
    ),
    duties=(
        mitigation.report(norm("BGB-254")),
        mitigation.warning(norm("BGB-254")),
        mitigation.emergency(norm("HEAD-01")),
        fall_back.fall_back,
        mitigation.backlog(norm("BGB-254")),
    ),
    doubts=(doubts.provider_change, doubt.vat_open, doubt.no_warning(norm("BGB-254-2"))),
    questions=ASKED,
    next_steps=in_order("heller.law.de.next_steps"),
    objections=objections_in("heller.law.de.objections"),
    granted=letter_grounds.granted,
    retention=(retention.receipt, retention.letter),
    vat=VAT,
    account=ACCOUNT,
    filing=filing_rules,
)
