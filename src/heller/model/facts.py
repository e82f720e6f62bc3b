"""The facts that a case may state, each with its kind: the one list of questions Heller asks."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from heller.model.text import Text, text


class FactKind(Enum):
    """The form of a fact's value; the canonical form is in brackets."""

    TEXT = "text"  # as written, lines separated by '\n'
    MONEY = "money"  # 500.00
    SHARE = "share"  # 0.38
    YES_NO = "yes_no"  # yes, no
    DATE = "date"  # 2015-02-04
    MOMENT = "moment"  # 2015-02-04T09:00:00+01:00
    NUMBER = "number"  # 12


class FactSpec(Struct, frozen=True):
    """What a fact is called, its form, and why it matters."""

    key: str
    kind: FactKind
    label: Text
    why: Text
    german: str  # the word an office types in a table


def _spec(key: str, kind: FactKind, german: str, label: Text, why: Text) -> FactSpec:
    return FactSpec(key, kind, label, why, german)


_PARTY = text("It stands in the letter and names the party.")

FACTS: dict[str, FactSpec] = {
    spec.key: spec
    for spec in (
        _spec("firm.name", FactKind.TEXT, "Firma", text("Firm"), _PARTY),
        _spec("firm.address", FactKind.TEXT, "Anschrift", text("Address of the firm"), _PARTY),
        _spec(
            "firm.trade", FactKind.TEXT, "Branche", text("Trade"), text("It makes the loss understandable.")
        ),
        _spec(
            "firm.state",
            FactKind.TEXT,
            "Bundesland",
            text("Federal state of the line"),
            text("Public holidays and working days follow the state of the line."),
        ),
        _spec(
            "firm.deducts_input_vat",
            FactKind.YES_NO,
            "Vorsteuerabzug",
            text("Deducts input VAT"),
            text("Who deducts input VAT claims net amounts."),
        ),
        _spec(
            "firm.staff",
            FactKind.NUMBER,
            "Beschäftigte",
            text("Number of staff"),
            text("Micro and small firms have further rights since December 2021."),
        ),
        _spec("provider.name", FactKind.TEXT, "Anbieter", text("Provider"), _PARTY),
        _spec(
            "provider.address", FactKind.TEXT, "Anschrift Anbieter", text("Address of the provider"), _PARTY
        ),
        _spec("line.product", FactKind.TEXT, "Produkt", text("Product"), text("It names the contract.")),
        _spec(
            "line.number",
            FactKind.TEXT,
            "Vertragsnummer",
            text("Contract number"),
            text("It names the contract."),
        ),
        _spec(
            "line.monthly_fee",
            FactKind.MONEY,
            "Monatsentgelt netto",
            text("Monthly fee, net"),
            text("The fee for the dead days comes back; lump sums depend on it since December 2021."),
        ),
        _spec(
            "line.provider_change",
            FactKind.YES_NO,
            "Anbieterwechsel",
            text("Change of provider"),
            text("At a change of provider the service may stop for one day at most."),
        ),
        _spec(
            "line.agreed_cap",
            FactKind.MONEY,
            "Individuelle Haftungsgrenze",
            text("Individually agreed cap"),
            text("An individual agreement replaces the cap of the law."),
        ),
        _spec(
            "shop.margin",
            FactKind.SHARE,
            "Deckungsbeitrag",
            text("Contribution margin of the shop"),
            text("Lost sales count only with what would have been left of them."),
        ),
        _spec(
            "shop.customers_return",
            FactKind.YES_NO,
            "Kunden können später bestellen",
            text("Customers can order later"),
            text("Orders that came back later reduce the loss."),
        ),
        _spec(
            "emergency.works_since",
            FactKind.MOMENT,
            "Notanschluss läuft seit",
            text("Emergency connection works since"),
            text("Once an emergency line works, further loss may not be attributed to the outage."),
        ),
        _spec(
            "emergency.carries_shop",
            FactKind.YES_NO,
            "Notanschluss trägt den Shop",
            text("Emergency connection carries the shop"),
            text("If it does, lost sales end when it works."),
        ),
        _spec(
            "fault.share",
            FactKind.SHARE,
            "Mitverschulden",
            text("Contributory fault"),
            text("It reduces the whole claim by that share (§ 254 BGB)."),
        ),
        _spec(
            "insurance.paid",
            FactKind.MONEY,
            "Versicherung gezahlt",
            text("Paid by insurers"),
            text("What the own insurer paid belongs to him (§ 86 VVG)."),
        ),
        _spec(
            "lawyer.mandate",
            FactKind.DATE,
            "Anwalt beauftragt am",
            text("Lawyer mandated on"),
            text("The day of the mandate selects the table of fees (§ 60 RVG)."),
        ),
    )
}
