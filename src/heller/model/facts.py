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
            "firm.small_business",
            FactKind.YES_NO,
            "Kleinunternehmer",
            text("Small business (§ 19 UStG)"),
            text("A small business deducts no input VAT and claims gross amounts."),
        ),
        _spec(
            "firm.input_vat_share",
            FactKind.SHARE,
            "Vorsteuerquote",
            text("Share of input VAT that is deducted"),
            text("What is not deducted of the VAT is borne and claimed."),
        ),
        _spec(
            "firm.input_vat_since",
            FactKind.DATE,
            "Vorsteuer ab",
            text("Input VAT is deducted from"),
            text("Invoices of earlier days count gross."),
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
            "line.addresses",
            FactKind.TEXT,
            "Öffentliche IP-Adressen",
            text("Public IP addresses of the line"),
            text("They tell which hits in a server's log are the office's, and since when it was silent."),
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
            "firm.consumer",
            FactKind.YES_NO,
            "Verbraucher",
            text("Consumer"),
            text("A consumer has rights that a firm has not, and no other cap can be agreed with him."),
        ),
        _spec(
            "firm.small",
            FactKind.YES_NO,
            "Kleinst- oder Kleinunternehmen",
            text("Micro or small firm"),
            text("It has the lump sum for complete outage since December 2021 (§ 71 (3) TKG)."),
        ),
        _spec(
            "firm.turnover",
            FactKind.MONEY,
            "Jahresumsatz",
            text("Turnover of a year"),
            text("Staff and turnover tell whether the firm is micro or small."),
        ),
        _spec(
            "line.rights_waived",
            FactKind.YES_NO,
            "Kundenschutz abbedungen",
            text("Waived customer protection expressly"),
            text("Who waived it expressly has no lump sum for complete outage (§ 71 (3) TKG)."),
        ),
        _spec(
            "line.all_dead",
            FactKind.YES_NO,
            "Alle Dienste des Vertrags ausgefallen",
            text("All services of the contract were dead"),
            text("One service of several is no complete outage (OLG Braunschweig 9 U 54/23)."),
        ),
        _spec(
            "line.missed_appointments",
            FactKind.NUMBER,
            "Versäumte Termine",
            text("Missed appointments"),
            text("Since December 2021 each appointment that the provider missed has a lump sum."),
        ),
        _spec(
            "line.individual_terms",
            FactKind.YES_NO,
            "Individuelle Haftungsvereinbarung",
            text("Liability agreed individually"),
            text("Only an individual agreement replaces the cap; general terms do not."),
        ),
        _spec(
            "line.publicly_available",
            FactKind.YES_NO,
            "Öffentlich zugänglicher Dienst",
            text("Publicly available service"),
            text("The cap protects only providers of publicly available services (§ 44a TKG 2004)."),
        ),
        _spec(
            "shop.margin",
            FactKind.SHARE,
            "Deckungsbeitrag",
            text("Contribution margin of the shop"),
            text("Lost sales count only with what would have been left of them."),
        ),
        _spec(
            "books.revenue",
            FactKind.MONEY,
            "BWA Umsatzerlöse",
            text("Annual accounts: revenue"),
            text("Revenue less variable cost is the contribution margin."),
        ),
        _spec(
            "books.goods",
            FactKind.MONEY,
            "BWA Wareneinsatz",
            text("Annual accounts: goods and services bought in"),
            text("They are saved when nothing is sold."),
        ),
        _spec(
            "books.delivery",
            FactKind.MONEY,
            "BWA Kosten der Warenabgabe",
            text("Annual accounts: cost of delivering goods"),
            text("Packing, freight and commission are saved when nothing is sold."),
        ),
        _spec(
            "books.chart",
            FactKind.TEXT,
            "Kontenrahmen",
            text("Chart of accounts (SKR03 or SKR04)"),
            text("It says which accounts are revenue and which are cost."),
        ),
        _spec(
            "books.variable",
            FactKind.TEXT,
            "Variable Konten",
            text("Accounts that are variable cost"),
            text("What is saved when nothing is sold comes off the takings."),
        ),
        _spec(
            "books.fixed",
            FactKind.TEXT,
            "Fixe Konten",
            text("Accounts that are fixed cost"),
            text("What is paid anyway is not saved."),
        ),
        _spec(
            "books.purchases_booked",
            FactKind.YES_NO,
            "Wareneinkauf als Wareneinsatz gebucht",
            text("Goods are booked when they are bought"),
            text("Then the margin of a single month is wrong by the change of stock."),
        ),
        _spec(
            "goodwill.stated",
            FactKind.MONEY,
            "Ansehensverlust geschätzt",
            text("Loss of goodwill, as estimated"),
            text("It is recorded; only concrete loss or cost counts (§ 253 BGB)."),
        ),
        _spec(
            "shop.customers_return",
            FactKind.YES_NO,
            "Kunden können später bestellen",
            text("Customers can order later"),
            text("Orders that came back later reduce the loss."),
        ),
        _spec(
            "outage.contradiction",
            FactKind.TEXT,
            "Widerspruch erklärt",
            text("What explains two statements that cannot both be right"),
            text("It is asked before a letter or dossier is built, and printed beside both."),
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
            "fault.share_low",
            FactKind.SHARE,
            "Mitverschulden mindestens",
            text("Contributory fault at least"),
            text("The share is a court's estimate; the range shows what it does to the claim."),
        ),
        _spec(
            "fault.share_high",
            FactKind.SHARE,
            "Mitverschulden höchstens",
            text("Contributory fault at most"),
            text("The share is a court's estimate; the range shows what it does to the claim."),
        ),
        _spec(
            "insurance.none",
            FactKind.YES_NO,
            "Keine eigene Versicherung",
            text("No own insurance"),
            text("Then nobody has to be notified and nothing passes to an insurer."),
        ),
        _spec(
            "suit.odds_low",
            FactKind.SHARE,
            "Erfolgsaussicht mindestens",
            text("Odds of success at least"),
            text("Your own estimate that the claim succeeds on the merits; Heller invents none."),
        ),
        _spec(
            "suit.odds_high",
            FactKind.SHARE,
            "Erfolgsaussicht höchstens",
            text("Odds of success at most"),
            text("Your own estimate that the claim succeeds on the merits; Heller invents none."),
        ),
        _spec(
            "suit.instances",
            FactKind.NUMBER,
            "Instanzen",
            text("Instances"),
            text("Two instances cost more than twice as much as one."),
        ),
        _spec(
            "suit.months",
            FactKind.NUMBER,
            "Dauer des Prozesses in Monaten",
            text("Months until a judgment"),
            text("Interest runs on, and money that comes later is worth less."),
        ),
        _spec(
            "suit.money_rate",
            FactKind.SHARE,
            "Kosten des Geldes im Jahr",
            text("What money costs the firm a year"),
            text("With it a sum that comes later is counted at what it is worth today."),
        ),
        _spec(
            "suit.funding_share",
            FactKind.SHARE,
            "Anteil des Prozessfinanzierers",
            text("Share of a litigation funder"),
            text("A funder bears the costs and takes this share of what is won."),
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
