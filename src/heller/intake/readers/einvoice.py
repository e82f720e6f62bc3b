"""E-invoices as XML: CII (ZUGFeRD 1.0, Factur-X, XRechnung) and UBL Invoice and CreditNote; and the orders, quotations,
delivery notes and reminders of the same families, which are no cost."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from heller.intake.einvoice import cii, other_documents, ubl
from heller.intake.einvoice.settle import partial, settle
from heller.intake.einvoice.xml import Source, canonical, local, parse, repaired, root_name
from heller.intake.reading import NO_INVOICE, NOT_MINE, Confidence, reading_of_error
from heller.model.document_class import NAMES
from heller.model.errors import InputRefused
from heller.model.finding import Finding, Locator, Weight
from heller.model.kinds.invoice import Invoice
from heller.model.kinds.paper import Paper
from heller.model.record import Blob, Reading
from heller.model.text import text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAME = "einvoice"

CII = frozenset({"CrossIndustryInvoice", "CrossIndustryDocument"})
UBL = frozenset({"Invoice", "CreditNote"})
KNOWN = CII | UBL | other_documents.CII.keys() | other_documents.UBL.keys()
ENVELOPE = "StandardBusinessDocument"
SPACES = (b"schema:xsd:Invoice-2", b"schema:xsd:CreditNote-2", b"CrossIndustryInvoice")  # of what it may hold
OASIS = "urn:oasis:names:specification:ubl:schema:xsd:"
DRAFT_OF_1 = "urn:ferd:invoice:rc"  # before 1.0: its sums stood elsewhere


def identify(head: bytes, name: str) -> Confidence:
    """By the root element: sure where its namespace is that of an e-invoice."""
    root, attributes = root_name(head)
    if root in CII or root in other_documents.CII:
        return Confidence(95, text("Its root is '{root}', that of an e-invoice.", root=root))
    if root == ENVELOPE and any(space in head for space in SPACES):
        return Confidence(95, text("Its root is '{root}', that of an e-invoice.", root=root))
    if root in other_documents.UBL and OASIS in attributes:
        return Confidence(95, text("Its root is '{root}', a document of UBL.", root=root))
    if root in UBL:
        sure = 95 if OASIS in attributes else 60
        return Confidence(sure, text("Its root is '{root}', that of an e-invoice.", root=root))
    return NOT_MINE


def read(blob: Blob, zone: ZoneInfo) -> Reading:
    """One invoice, with the places of its values and the proofs that the document holds in itself."""
    try:
        return extract(blob.data, Source(blob.digest), blob.name)
    except InputRefused as error:
        return reading_of_error(NAME, blob, error)


def extract(data: bytes, source: Source, name: str) -> Reading:
    """The reading of an XML document; raises InputRefused where it is no e-invoice or broken."""
    root = _inner(parse(data))
    kind = local(root)
    if kind in other_documents.CII or (kind in other_documents.UBL and OASIS in str(root.tag)):
        return _no_invoice(root, source, name)
    if kind in CII:
        draft = cii.draft(root, source)
    elif kind in UBL and OASIS in str(root.tag):
        draft = ubl.draft(root, source)
    else:
        raise _other(kind, data[:4096])
    invoice, findings = settle(draft)
    findings += (_repaired(source),) if repaired(data)[1] else ()
    if invoice:
        invoice = replace(invoice, canonical=canonical(root))
    rest = partial(draft) if invoice is None else None
    return Reading(
        NAME,
        title(invoice) if invoice else name,
        (invoice,) if invoice else (rest,) if rest else (),
        findings,
        rows=len(draft.lines),
        rows_rejected=len(draft.lines) - len(invoice.lines) if invoice else 0 if rest else len(draft.lines),
    )


def _no_invoice(root: Element, source: Source, name: str) -> Reading:
    in_cii = local(root) in other_documents.CII
    paper = other_documents.in_cii(root, source) if in_cii else other_documents.ubl(root, source)
    said = ", ".join(filter(None, (paper.said("seller"), paper.said("number"))))
    return Reading(NAME, said or name, (paper,), (_no_cost(paper),), rows=1)


def _no_cost(paper: Paper) -> Finding:
    return Finding(
        NO_INVOICE,
        text("{what}: no invoice, so it counts as no cost.", what=NAMES[paper.kind.of]),
        text("It supports the invoice that follows it; add that as well."),
        Weight.NOTE,
        paper.source,
    )


def _inner(root: Element) -> Element:
    """The invoice in an envelope (UN/CEFACT's Standard Business Document, as Peppol sends it)."""
    if local(root) != ENVELOPE:
        return root
    return next((child for child in root if isinstance(child.tag, str) and local(child) in KNOWN), root)


def _repaired(source: Source) -> Finding:
    return Finding(
        "encoding-repaired",
        text("The file says that it is in UTF-8 and is in Windows-1252; its signs were read as that."),
        text("Compare names and umlauts with the picture of the invoice."),
        source=Locator(source.digest, member=source.member),
    )


def title(invoice: Invoice) -> str:
    """Seller and number."""
    return ", ".join(filter(None, (invoice.seller, invoice.number)))


def _other(kind: str, head: bytes) -> InputRefused:
    if DRAFT_OF_1.encode() in head:
        what = text("This invoice follows a draft of ZUGFeRD from before version 1.0.")
    else:
        what = text("This XML file is not an e-invoice of a known kind (its root is '{root}').", root=kind)
    return InputRefused(
        what,
        text("Its values would stand in other places than those that are known."),
        text("Enter the invoice by hand."),
    )
