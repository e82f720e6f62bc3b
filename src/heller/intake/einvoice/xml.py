"""XML by local names: parsed without entities and network, and with the place of every value."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from heller.intake.written.numbers import head_text
from heller.model.errors import InputRefused
from heller.model.finding import Locator
from heller.model.text import Text, text

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

BOM = b"\xef\xbb\xbf"
LIMIT = 20 * 1024 * 1024  # bytes of one XML document
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)", re.DOTALL)
_ROOT = re.compile(r"\s*<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])([^>]*)", re.DOTALL)


class XmlValue(Struct, frozen=True):
    """A value as a document states it: its characters and where they stand."""

    raw: str
    at: Locator

    @property
    def value(self) -> str:
        """The characters with blanks and line breaks made single blanks."""
        return " ".join(self.raw.split())


def root_name(head: bytes) -> tuple[str, str]:
    """Local name and attributes of the root element, ('', '') where the file is no XML."""
    bare = head if head[:2] in (b"\xff\xfe", b"\xfe\xff") else head.rstrip(b"\0")
    found, at = head_text(bare).lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"), 0
    while skipped := _BEFORE_ROOT.match(found, at):
        at = skipped.end()
    match = _ROOT.match(found, at)
    return (match[1], match[2]) if match else ("", "")


def parse(data: bytes) -> Element:
    """The root of an XML document. Raises InputRefused where it is broken, too large or has a DTD."""
    from lxml import etree

    if len(data) > LIMIT:
        raise _refuse(text("The XML file is too large ({size} bytes).", size=len(data)))
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(repaired(data)[0], parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        raise _refuse(text("The XML file is broken near line {line}.", line=line)) from error
    if root is None:
        raise _refuse(text("The XML file is empty."))
    if root.getroottree().docinfo.internalDTD is not None:
        raise _refuse(
            text("The XML file brings its own document type, which invoices and statements never do.")
        )
    return root


def repaired(data: bytes) -> tuple[bytes, bool]:
    """The document without zeros and marks around it; Windows characters under the name of UTF-8 become UTF-8, and
    it is said that they were."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:4]:
        return data.strip(), False  # UTF-16: zeros are halves of its signs
    bare = data.strip(b"\x00 \t\r\n")
    while bare.startswith(BOM):
        bare = bare[len(BOM) :]
    head = bare[:200].split(b"?>")[0].lower()
    if b"encoding" in head and b"utf-8" not in head:
        return bare, False
    try:
        bare.decode("utf-8")
    except UnicodeDecodeError:
        return bare.decode("cp1252", "replace").encode(), True
    return bare, False


def canonical(root: Element) -> str:
    """SHA-256 in hex of the document in canonical form (C14N 1.0, no comments): the same for every encoding,
    order of attributes and wrapping; '' where namespaces are such that there is no canonical form."""
    from lxml import etree

    try:
        return hashlib.sha256(etree.tostring(root, method="c14n", with_comments=False)).hexdigest()
    except etree.C14NError:
        return ""


def _refuse(what: Text) -> InputRefused:
    return InputRefused(
        what,
        text("Values cannot be taken from a file that cannot be read with certainty."),
        text("Ask the sender for the file again, or enter the amount by hand."),
    )


def local(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def children(element: Element, names: str) -> Iterator[Element]:
    """The children with one of the local names 'A|B', in order."""
    wanted = _wanted(names)
    # A comment's tag is a function; the part behind the brace is the local name (the most often run line here).
    return (c for c in element if isinstance(tag := c.tag, str) and tag[tag.rfind("}") + 1 :] in wanted)


@lru_cache(maxsize=256)
def _wanted(names: str) -> frozenset[str]:
    return frozenset(names.split("|"))


def every(element: Element, *steps: str) -> Iterator[Element]:
    """All elements reached by the steps; each step is a local name or alternatives 'A|B'."""
    if not steps:
        yield element
        return
    for child in children(element, steps[0]):
        yield from every(child, *steps[1:])


def first(element: Element | None, *steps: str) -> Element | None:
    """The first element reached by the steps that has text or children."""
    if element is None:
        return None
    return next((e for e in every(element, *steps) if len(e) or (e.text and e.text.strip())), None)


def words(element: Element | None, *steps: str) -> str:
    """The text of the first element reached, blanks made single, '' where there is none."""
    found = first(element, *steps)
    return "" if found is None else " ".join((found.text or "").split())


class Source(Struct, frozen=True):
    """Where an XML document lies: the digest of the original and its member inside a container."""

    digest: str
    member: str = ""

    def at(self, element: Element, under: Under | None = None) -> Locator:
        """The place of an element and its characters as found."""
        return Locator(self.digest, place(element, under), (element.text or "").strip(), self.member)

    def stated(self, element: Element | None, under: Under | None = None) -> XmlValue | None:
        """An element's text with its place, None where there is no text."""
        if element is None or not (element.text or "").strip():
            return None
        found = self.at(element, under)
        return XmlValue(found.raw, found)


class Under(NamedTuple):
    """An element whose place is known already: long lists are numbered once, not for each value."""

    element: Element
    path: str


def elements(parent: Element, names: str) -> Iterator[Under]:
    """The children with one of the local names, each with its place."""
    found = list(children(parent, names))
    base, seen = place(parent), Counter(local(child) for child in found)
    count: Counter[str] = Counter()
    for child in found:
        name = local(child)
        count[name] += 1
        yield Under(child, f"{base}/{name}" + (f"[{count[name]}]" if seen[name] > 1 else ""))


def place(element: Element, under: Under | None = None) -> str:
    """The XPath of an element by local names, numbered where it has brothers of the same name."""
    steps: list[str] = []
    at: Element | None = element
    while at is not None and (under is None or at is not under.element):
        tag = str(at.tag)
        before = len(list(at.itersiblings(tag, preceding=True)))
        alone = not before and next(at.itersiblings(tag), None) is None
        steps.append(local(at) if alone else f"{local(at)}[{before + 1}]")
        at = at.getparent()
    return "/".join([under.path if under else "", *reversed(steps)])
