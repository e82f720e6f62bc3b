"""The message that goes beside files to a court: nachricht.gds.uebermittlungSchriftgutobjekte.0005005 of XJustiz.

It names the court, the parties and the subject (§ 2 (3) ERVV) and lists the files. Beyond what the schema checks,
its rules in Schematron are not run. Text has the characters of DIN 91379, in which others are written otherwise.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from lxml import etree
from msgspec import Struct

from heller.model.filing import FiledDocument
from heller.model.money import Money

NAME = "xjustiz_nachricht.xml"
SPACE = "http://www.xjustiz.de"
MESSAGE = "nachricht.gds.uebermittlungSchriftgutobjekte.0005005"
CLASSES = ("urn:xoev-de:xjustiz:codeliste:gds.dokumentklasse", "1.4")
ROLES = ("urn:xoev-de:xjustiz:codeliste:gds.rollenbezeichnung", "3.6")
CURRENCIES = ("urn:xoev-de:bund:kba:codeliste:waehrung", "2.0")
PLEADING, OTHER, ENCLOSED, AS_PDF = "003", "001", "002", "002"
CLAIMANT, DEFENDANT = "101", "028"
OUTSIDE = re.compile("[^\\x20-\\x7e\\xa1-\\xac\\xae-\\u017e\\u0218-\\u021b\\u1e9e\\u2019\\u20ac]")
PLAIN = str.maketrans({"–": "-", "—": "-", "−": "-", "„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "…": "...",
                       "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ", "\n": ", ", "\t": " "})  # fmt: skip


class Filing(Struct, frozen=True):
    """What the message says besides its files: court, parties, subject and value, the version, product and its own."""

    version: str
    at: datetime
    case: str
    court: str
    claimant: str
    defendant: str
    subject: str
    value: Money | None
    product: tuple[str, str, str]


def message(filing: Filing, documents: Sequence[FiledDocument]) -> bytes:
    """The message as XML; the same bytes for the same filing. The first document is the pleading."""
    root = etree.Element(f"{{{SPACE}}}{MESSAGE}", nsmap={"tns": SPACE})
    _head(root, filing, documents)
    _basis(root, filing)
    files = _under(root, "schriftgutobjekte")
    first = _id(filing, documents[0]) if documents else ""
    for number, one in enumerate(documents, 1):
        _document(files, filing, one, number, first)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def din_91379(said: str) -> str:
    """A text in the characters that a message may have."""
    plain = unicodedata.normalize("NFC", said.translate(PLAIN))
    return OUTSIDE.sub(lambda at: _nearest(at[0]), plain).strip() or "-"


def _nearest(letter: str) -> str:
    base = unicodedata.normalize("NFKD", letter)[:1]
    return "?" if OUTSIDE.match(base) or not base else base


def _under(parent: etree._Element, name: str, said: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{SPACE}}}{name}")
    if said is not None:
        child.text = din_91379(said)
    return child


def _code(parent: etree._Element, name: str, value: str, of: tuple[str, str] | None = None) -> None:
    child = _under(parent, name)
    if of is not None:
        child.set("listURI", of[0])
        child.set("listVersionID", of[1])
    etree.SubElement(child, "code").text = value  # in no namespace


def _head(root: etree._Element, filing: Filing, documents: Sequence[FiledDocument]) -> None:
    head = _under(root, "nachrichtenkopf")
    head.set("xjustizVersion", filing.version)
    _under(head, "erstellungszeitpunkt", filing.at.isoformat(timespec="seconds"))
    sender = _under(head, "absender")
    _partner(sender, filing.claimant)
    said = " ".join((filing.case, filing.at.isoformat(), *(one.digest for one in documents)))
    _under(sender, "eigeneNachrichtenID", str(uuid5(NAMESPACE_URL, said)))
    receiver = _under(head, "empfaenger")
    _partner(receiver, filing.court)
    _under(_under(receiver, "auswahl_aktenzeichen"), "aktenzeichen.neu").text = "true"
    product = _under(head, "herstellerinformation")
    for name, value in zip(
        ("nameDesProdukts", "herstellerDesProdukts", "version"), filing.product, strict=True
    ):
        _under(product, name, value)


def _partner(parent: etree._Element, name: str) -> None:
    informed = _under(parent, "informationen")
    _under(_under(informed, "auswahl_kommunikationspartner"), "sonstige", name)


def _basis(root: etree._Element, filing: Filing) -> None:
    case = _under(_under(root, "grunddaten"), "verfahrensdaten")
    stage = _under(case, "instanzdaten")
    _under(stage, "instanznummer", "1")
    _under(_under(stage, "auswahl_instanzbehoerde"), "sonstige", filing.court)
    _under(stage, "kurzrubrum", f"{filing.claimant} ./. {filing.defendant}")
    subject = _under(stage, "verfahrensgegenstand")
    _under(subject, "gegenstand", filing.subject)
    if filing.value is not None:
        worth = _under(subject, "gegenstandswert")
        _under(worth, "zahl", f"{filing.value.cents // 100}.{filing.value.cents % 100:02}")
        _code(_under(worth, "auswahl_waehrung"), "waehrung", filing.value.currency, CURRENCIES)
    for number, (name, role) in enumerate(((filing.claimant, CLAIMANT), (filing.defendant, DEFENDANT)), 1):
        taking_part = _under(case, "beteiligung")
        part = _under(taking_part, "rolle")
        _under(part, "rollennummer", str(number))
        _code(part, "rollenbezeichnung", role, ROLES)
        who = _under(_under(_under(taking_part, "beteiligter"), "auswahl_beteiligter"), "organisation")
        _under(_under(who, "bezeichnung"), "bezeichnung.aktuell", name)


def _document(parent: etree._Element, filing: Filing, one: FiledDocument, number: int, pleading: str) -> None:
    document = _under(parent, "dokument")
    known = _under(document, "identifikation")
    _under(known, "id", _id(filing, one))
    _under(known, "nummerImUebergeordnetenContainer", str(number))
    about = _under(document, "xjustiz.fachspezifischeDaten")
    _code(about, "dokumentklasse", PLEADING if number == 1 else OTHER, CLASSES)
    _under(about, "anzeigename", one.title)
    if number > 1:
        link = _under(about, "verweis")
        _code(link, "verweistyp", ENCLOSED)
        _under(_under(link, "bezugsdokument"), "ref.sgo", pleading)
    file = _under(about, "datei")
    _under(file, "dateiname", one.file)
    _code(file, "bestandteil", AS_PDF)


def _id(filing: Filing, one: FiledDocument) -> str:
    """The same for the same bytes, another one for others."""
    return str(uuid5(NAMESPACE_URL, f"{filing.case} {one.file} {one.digest}"))
