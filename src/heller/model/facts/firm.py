"""The firm that has the loss. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import PARTY, day, decimal, money, share, words, yes_no
from heller.model.text import text

PLACE = 1  # among the groups

NAME = words("firm.name", "Firma", text("Firm"), PARTY)
ADDRESS = words("firm.address", "Anschrift", text("Address of the firm"), PARTY)
TRADE = words(
    "firm.trade",
    "Branche",
    text("Trade"),
    text("Letters and dossier call things as the trade does; some trades must not say whom they serve."),
    asked=True,
)
SECRECY = yes_no(
    "firm.secrecy",
    "Berufsgeheimnis",
    text("Bound to professional secrecy"),
    text("Then the names of those whom the firm serves stay closed in dossier and bundle."),
)
STATE = words(
    "firm.state",
    "Bundesland",
    text("Federal state of the line"),
    text("Public holidays and working days follow the state of the line."),
    region=True,
)
LOCAL_HOLIDAYS = yes_no(
    "firm.local_holidays",
    "Feiertage katholischer Gemeinden",
    text("15 August is a public holiday in the municipality of the line"),
    text("Assumption Day is one only in the mainly Catholic municipalities of Bavaria; in Saxony and Thuringia some "
         "have Corpus Christi."),
    also=("Mariä Himmelfahrt ist Feiertag",),
)  # fmt: skip
DEDUCTS_INPUT_VAT = yes_no(
    "firm.deducts_input_vat",
    "Vorsteuerabzug",
    text("Deducts input VAT"),
    text("Who deducts input VAT claims net amounts."),
)
SMALL_BUSINESS = yes_no(
    "firm.small_business",
    "Kleinunternehmer",
    text("Small business without VAT"),
    text("A small business deducts no input VAT and claims gross amounts."),
)
INPUT_VAT_SHARE = share(
    "firm.input_vat_share",
    "Vorsteuerquote",
    text("Share of input VAT that is deducted"),
    text("What is not deducted of the VAT is borne and claimed."),
)
INPUT_VAT_SINCE = day(
    "firm.input_vat_since",
    "Vorsteuer ab",
    text("Input VAT is deducted from"),
    text("Invoices of earlier days count gross."),
)
STAFF = decimal(
    "firm.staff",
    "Beschäftigte",
    text("Number of staff"),
    text("Micro and small firms have further rights since December 2021."),
)
CONSUMER = yes_no(
    "firm.consumer",
    "Verbraucher",
    text("Consumer"),
    text("A consumer has rights that a firm has not, and no other cap can be agreed with him."),
)
SMALL = yes_no(
    "firm.small",
    "Kleinst- oder Kleinunternehmen",
    text("Micro or small firm"),
    text("In Germany it has the lump sum for complete outage since December 2021."),
)
TURNOVER = money(
    "firm.turnover",
    "Jahresumsatz",
    text("Turnover of a year"),
    text("Staff and turnover tell whether the firm is micro or small."),
)
NATURAL = yes_no(
    "firm.natural",
    "Natürliche Person",
    text("The owner is a natural person"),
    text("A sole trader or freelancer may ask the provider for his own data, a company may not."),
)
OWNERS = words(
    "firm.owners",
    "Inhaber",
    text("Owners who work in the firm"),
    text(
        "An owner draws no wage: his own hours cost nothing, what they would have earned is a loss of its own."
    ),
)
HEAD = text("It stands in the head of every letter.")
PHONE = words("firm.phone", "Telefon", text("Phone"), HEAD, letterhead=True)
MAIL = words("firm.mail", "E-Mail", text("E-mail"), HEAD, letterhead=True)
REPRESENTED = words(
    "firm.represented",
    "Vertreten durch",
    text("Represented by"),
    text("A company names who represents it on its letters; a statement of claim needs it."),
    letterhead=True,
)
REGISTER = words(
    "firm.register",
    "Registergericht und Nummer",
    text("Register"),
    text("A company names its seat, court and number of the register on its letters."),
    letterhead=True,
)
VAT_ID = words("firm.vat_id", "USt-IdNr.", text("VAT number"), HEAD, letterhead=True)
ACCOUNT = words(
    "firm.account",
    "Bankverbindung",
    text("Bank details"),
    text("Whoever pays has to know where to."),
    letterhead=True,
)
