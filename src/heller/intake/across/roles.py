"""What the firm of the case is on a document: buyer, seller, or neither.

Pure. Names are compared by their words; a tax number decides before a name does. Who the firm is comes from a
stated fact, else from the documents themselves: the name that buys on most of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from msgspec import Struct

from heller.intake.across.identity import DOTTED_FORM, LEGAL_FORMS, letters
from heller.model.document_class import FirmRole
from heller.model.kinds.invoice import Invoice

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
SPLIT = 2  # words that a name must have before a longer one is taken for the same firm with an addition


class Firm(Struct, frozen=True):
    """The firm of the case: its name, the tax numbers that documents give it, and whether a person named it."""

    name: str
    ids: frozenset[str] = frozenset()
    stated: bool = True


def firm_of(stated: str | None, documents: Iterable[Invoice]) -> Firm | None:
    """The firm; a name that nobody stated is presumed where it buys on more documents than any other.

    Its tax numbers are those of the buyer on documents that name it as their buyer.
    """
    said = list(documents)
    name = (stated or "").strip()
    if not name:
        buyers = Counter(_key(invoice.buyer) for invoice in said if invoice.buyer)
        (best, most), second = (*buyers.most_common(2), ("", 0), ("", 0))[:2]
        if not most or most == second[1]:
            return None
        name = next(invoice.buyer for invoice in said if _key(invoice.buyer) == best)
    ids = frozenset(i for invoice in said if same_party(invoice.buyer, name) for i in invoice.buyer_ids)
    return Firm(name, ids, bool(stated and stated.strip()))


def role_of(invoice: Invoice, firm: Firm | None) -> FirmRole:
    """The firm's role. A presumed firm may be told as the seller, but nobody is called a stranger to it."""
    if firm is None:
        return FirmRole.UNKNOWN
    if firm.ids & set(invoice.seller_ids) or same_party(invoice.seller, firm.name):
        return FirmRole.SELLER
    if firm.ids & set(invoice.buyer_ids) or same_party(invoice.buyer, firm.name):
        return FirmRole.BUYER
    return FirmRole.STRANGER if invoice.buyer and firm.stated else FirmRole.UNKNOWN


def same_party(one: str, other: str) -> bool:
    """Whether two names are of one firm: the same words, or the same with an addition behind them.

    Two legal forms that differ are two firms.

    >>> same_party("Muster Versand GmbH", "Muster-Versand GmbH, Buchhaltung"), same_party("Muster GmbH", "Muster KG")
    (True, False)
    """
    first, second = _words(one), _words(other)
    if not first[0] or not second[0] or (first[1] and second[1] and first[1] != second[1]):
        return False
    short, long = sorted((first[0], second[0]), key=len)
    same = long[: len(short)] == short
    return "".join(short) == "".join(long) or (same and len(short) >= SPLIT)


@lru_cache(4096)
def _words(name: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words of a name up to its legal form, as compared, and the forms."""
    plain = "".join(c if c.isalnum() or c == "." else " " for c in name.casefold().translate(_UMLAUTS))
    found, forms = list[str](), set[str]()
    for word in map(letters, DOTTED_FORM.sub(r"e\1", plain).split()):
        if word in LEGAL_FORMS - {"und", "and"}:
            forms.add(word)
        elif word and word not in ("und", "and"):
            found.append(word)
    return tuple(found), frozenset(forms)


def _key(name: str) -> str:
    return "".join(_words(name)[0])
