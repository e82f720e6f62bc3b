"""What is asked of the customer in several questions, in the same words."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from heller.law.book.query import QuerySpec
from heller.law.de.who import Kind
from heller.model.money import Money
from heller.model.text import text

Customer: TypeAlias = Annotated[
    Kind | None,
    QuerySpec(
        text("The customer: consumer, micro, small, larger or non-profit."),
        why=text("Which rights the Act gives depends on whether he is a consumer, and on his size."),
    ),
]
State: TypeAlias = Annotated[str, QuerySpec(text("The German state in which the line lies, such as NW."))]
Catholic: TypeAlias = Annotated[
    bool, QuerySpec(text("The place is mainly Catholic: its own public holidays count."))
]
Waived: TypeAlias = Annotated[
    bool, QuerySpec(text("The firm expressly agreed to go without (§ 71 (3) TKG)."))
]
Fee: TypeAlias = Annotated[Money, QuerySpec(text("The monthly fee of the contract."))]
