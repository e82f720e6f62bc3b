"""The line and its contract. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import country, day, money, number, words, yes_no
from heller.model.text import text

PLACE = 3  # among the groups

COUNTRY = country(
    "line.country",
    "Land des Anschlusses",
    text("Country of the line"),
    text("Its law decides who owes what, up to which cap and by when."),
    asked=True,
)
PRODUCT = words("line.product", "Produkt", text("Product"), text("It names the contract."))
NUMBER = words("line.number", "Vertragsnummer", text("Contract number"), text("It names the contract."))
ADDRESSES = words(
    "line.addresses",
    "Öffentliche IP-Adressen",
    text("Public IP addresses of the line"),
    text("They tell which hits in a server's log are the office's, and since when it was silent."),
)
MONTHLY_FEE = money(
    "line.monthly_fee",
    "Monatsentgelt netto",
    text("Monthly fee, net"),
    text("The fee for the days of the outage is to be refunded; lump sums depend on it since December 2021."),
)
FEE_REFUNDED = money(
    "line.fee_refunded",
    "Erstattetes Entgelt",
    text("Fee for the days of the outage that was refunded"),
    text("What came back is not claimed again, and it was saved."),
)
PROVIDER_CHANGE = yes_no(
    "line.provider_change",
    "Anbieterwechsel",
    text("Change of provider"),
    text("At a change of provider the service may stop for one day at most."),
)
AGREED_CAP = money(
    "line.agreed_cap",
    "Individuelle Haftungsgrenze",
    text("Individually agreed cap"),
    text("An individual agreement replaces the cap of the law."),
)
RIGHTS_WAIVED = yes_no(
    "line.rights_waived",
    "Kundenschutz abbedungen",
    text("Waived customer protection expressly"),
    text("In Germany a firm that waived it expressly has no lump sum for complete outage."),
)
ALL_DEAD = yes_no(
    "line.all_dead",
    "Alle Dienste des Vertrags ausgefallen",
    text("All services of the contract were down"),
    text("One service of several is no complete outage."),
)
MISSED_APPOINTMENTS = number(
    "line.missed_appointments",
    "Versäumte Termine",
    text("Missed appointments"),
    text("Since December 2021 each appointment that the provider missed has a lump sum."),
    most=100,
)
INDIVIDUAL_TERMS = yes_no(
    "line.individual_terms",
    "Individuelle Haftungsvereinbarung",
    text("Liability agreed individually"),
    text("Only an individual agreement replaces the cap; general terms do not."),
)
PUBLICLY_AVAILABLE = yes_no(
    "line.publicly_available",
    "Öffentlich zugänglicher Dienst",
    text("Publicly available service"),
    text("A cap of the law may protect only providers of publicly available services."),
)
LEFT = day(
    "line.left",
    "Anschluss nicht mehr genutzt seit",
    text("Line used no longer since"),
    text("Fees from that day on buy nothing any more."),
)
TERM_END = day(
    "line.term_end",
    "Vertrag läuft bis",
    text("Contract runs until"),
    text("Until then fees are asked of who leaves without a right to give notice."),
    ahead=True,
)
