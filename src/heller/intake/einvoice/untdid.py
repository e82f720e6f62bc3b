"""The codes of UNTDID 1001 (document name code), each with the class that it stands for.

The table `untdid_1001.csv` holds a row for every code of UN/CEFACT's list and of the code list of EN 16931
(BT-3): code, class, name in English. A code that it lacks is told as unknown, never taken for an invoice.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

from heller.model.document_class import DocumentClass


@cache
def table() -> Mapping[str, tuple[DocumentClass, str]]:
    """Class and name of each code."""
    written = (resources.files("heller.intake.einvoice") / "untdid_1001.csv").read_text("utf-8")
    rows = csv.DictReader(written.splitlines())
    return {row["code"]: (DocumentClass(row["class"]), row["name"]) for row in rows}


def class_of(code: str) -> DocumentClass | None:
    """The class that a code stands for; None where the list has no such code.

    >>> class_of("326"), class_of("270"), class_of("9999")
    (<DocumentClass.PARTIAL: 'partial_invoice'>, <DocumentClass.DELIVERY_NOTE: 'delivery_note'>, None)
    """
    found = table().get(code.lstrip("0"))
    return found[0] if found else None


def name_of(code: str) -> str:
    """The English name of a code as the list gives it, '' where it has none."""
    found = table().get(code.lstrip("0"))
    return found[1] if found else ""
