"""What a lawsuit would be worked out with. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import Side, money, number, share, yes_no
from heller.model.text import text

PLACE = 11  # among the groups

ODDS_LOW = share(
    "suit.odds_low",
    "Erfolgsaussicht mindestens",
    text("Odds of success at least"),
    text("Your own estimate that the claim succeeds on the merits; Heller invents none."),
    side=Side.US,
    asked=True,
)
ODDS_HIGH = share(
    "suit.odds_high",
    "Erfolgsaussicht höchstens",
    text("Odds of success at most"),
    text("Your own estimate that the claim succeeds on the merits; Heller invents none."),
    side=Side.US,
    asked=True,
)
INSTANCES = number(
    "suit.instances",
    "Instanzen",
    text("Instances"),
    text("Two instances cost more than twice as much as one."),
    side=Side.US,
    least=1,
    most=2,
)
MONTHS = number(
    "suit.months",
    "Dauer des Prozesses in Monaten",
    text("Months until a judgment"),
    text("Interest runs on, and money that comes later is worth less."),
    side=Side.US,
    most=240,
)
MONEY_RATE = share(
    "suit.money_rate",
    "Kosten des Geldes im Jahr",
    text("What money costs the firm a year"),
    text("With it a sum that comes later is counted at what it is worth today."),
    side=Side.US,
)
FUNDING_SHARE = share(
    "suit.funding_share",
    "Anteil des Prozessfinanzierers",
    text("Share of a litigation funder"),
    text("A funder bears the costs and takes this share of what is won."),
    side=Side.US,
)
OPEN_BILLS = money(
    "suit.open_bills",
    "Offene Rechnungen des Anbieters",
    text("Bills of the provider that are not paid yet"),
    text("A claim can be set off against them, even where it is time-barred by now."),
    side=Side.US,
)
LOCAL_COURT = yes_no(
    "suit.local_court",
    "Klage vor dem Amtsgericht",
    text("The lawsuit goes to the local court"),
    text("The wrong court costs time and money, even for who wins."),
    side=Side.US,
)
MONTHS_LOCAL = number(
    "suit.months_local",
    "Dauer ohne Anwalt vor dem Amtsgericht in Monaten",
    text("Months until a judgment, local court without a lawyer"),
    text("An assumption: where it comes from is said beside it."),
    side=Side.US,
    most=240,
)
MONTHS_ONLINE = number(
    "suit.months_online",
    "Dauer des Online-Verfahrens in Monaten",
    text("Months until a judgment, online procedure"),
    text("An assumption: where it comes from is said beside it."),
    side=Side.US,
    most=240,
)
MONTHS_ORDER = number(
    "suit.months_order",
    "Dauer des Mahnverfahrens mit Widerspruch in Monaten",
    text("Months until a judgment, payment order and objection"),
    text("An assumption: where it comes from is said beside it."),
    side=Side.US,
    most=240,
)
OWN_COST = money(
    "suit.own_cost",
    "Eigener Aufwand ohne Anwalt",
    text("Own cost of a way without a lawyer"),
    text("Own time and travel, at what they cost the firm: nobody pays them back."),
    side=Side.US,
)
