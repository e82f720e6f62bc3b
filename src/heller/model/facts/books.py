"""The accounts that the margin is worked out of. One row, one fact."""

from __future__ import annotations

from heller.model.fact_spec import money, words, yes_no
from heller.model.text import text

PLACE = 5  # among the groups

REVENUE = money(
    "books.revenue",
    "BWA Umsatzerlöse",
    text("Annual accounts: revenue"),
    text("Revenue less variable cost is the contribution margin."),
)
GOODS = money(
    "books.goods",
    "BWA Wareneinsatz",
    text("Annual accounts: goods and services bought in"),
    text("They are saved where nothing comes in."),
)
DELIVERY = money(
    "books.delivery",
    "BWA Kosten der Warenabgabe",
    text("Annual accounts: cost of delivering goods"),
    text("What each of the {units} costs, such as {costs}, is saved where it does not come."),
)
CHART = words(
    "books.chart",
    "Kontenrahmen",
    text("Chart of accounts (SKR03 or SKR04)"),
    text("It says which accounts are revenue and which are cost."),
)
VARIABLE = words(
    "books.variable",
    "Variable Konten",
    text("Accounts that are variable cost"),
    text("What is saved where nothing comes in comes off the takings."),
)
FIXED = words(
    "books.fixed",
    "Fixe Konten",
    text("Accounts that are fixed cost"),
    text("What is paid anyway is not saved."),
)
PURCHASES_BOOKED = yes_no(
    "books.purchases_booked",
    "Wareneinkauf als Wareneinsatz gebucht",
    text("Goods are booked when they are bought"),
    text("Then the margin of a single month is wrong by the change of stock."),
)
