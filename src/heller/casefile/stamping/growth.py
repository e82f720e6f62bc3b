"""Whether a stamped PDF is another one with nothing but stamps and signatures on top.

Digests and stamps can all be right and yet other pages lie over the first ones: an incremental update may
replace any object. So every object of the untouched file is compared, and what may differ is named here.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree
from msgspec import Struct

from heller.casefile.apart import process
from heller.casefile.apart.budget import Budget, Excess, OverBudget
from heller.casefile.derived.nouns import Nouns
from heller.journal.asn1 import cms
from heller.journal.stamps import token
from heller.journal.stamps.chain import Trust
from heller.journal.stamps.refusal import TokenRefused
from heller.journal.stamps.signature import digest_of
from heller.model.text import Text, text

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
WRITTEN = {f"{RDF}about", f"{RDF}parseType"}  # how a property is written, not what it says
SAFE = etree.XMLParser(resolve_entities=False, no_network=True)
NOUNS = Nouns(lambda column: column, lambda raw: raw)
PATIENCE = 3  # times the budget of a file: whole dossiers, on a machine that may be slow
ROOT = {"/AcroForm", "/DSS", "/Extensions", "/Version"}  # what a stamp may add to the catalogue
FORM = {"/Fields", "/SigFlags"}
INFO = {"/ModDate", "/Producer"}  # and the same in the XMP metadata
XMP = {
    "{http://ns.adobe.com/xap/1.0/}ModifyDate",
    "{http://ns.adobe.com/xap/1.0/}MetadataDate",
    "{http://ns.adobe.com/pdf/1.3/}Producer",
}


class Grown(Struct, frozen=True):
    """The stamps and signatures that hold, by name and time, and what does not hold."""

    stamps: tuple[str, ...]
    breaches: tuple[Text, ...]


def growth_of(stamped: bytes, plain: bytes, trust: Trust) -> Grown:
    """Compare a stamped PDF with the one that it should have grown from, and check what was put on it. Somebody
    handed it in, so it is opened by the process that opens foreign files."""
    trusted = tuple(getattr(trust, name) for name in Trust.__struct_fields__)
    try:
        found = process.ask("growth", (trusted,), [stamped, plain], Budget().times(PATIENCE))
    except (OverBudget, process.Broken) as error:
        excess = error.excess if isinstance(error, OverBudget) else Excess.ENDED
        return Grown((), (text("The stamped PDF cannot be read: {reason}.", reason=excess.said),))
    grown: Grown = NOUNS.decode(found or b"", Grown)
    return grown


def packed_growth(trusted: Sequence[Sequence[bytes]], stamped: bytes, plain: bytes) -> bytes:
    """The same, compared here and now, as bytes."""
    return NOUNS.encode(_growth(stamped, plain, Trust(*map(tuple, trusted))), Grown)


def _growth(stamped: bytes, plain: bytes, trust: Trust) -> Grown:
    whole = plain if plain.endswith(b"\n") else plain + b"\n"
    if not stamped.startswith(whole):
        return Grown((), (text("The stamped PDF does not begin with the dossier."),))
    try:
        changed = list(_changed(whole, stamped))
        stamps, bad = _stamps_that_hold(stamped, trust)
    except Exception as error:  # two readers meet whatever somebody made of the bytes
        return Grown((), (text("The stamped PDF cannot be read: {reason}.", reason=type(error).__name__),))
    if not stamped.rstrip(b"\r\n ").endswith(b"%%EOF"):
        bad.append(text("Something hangs behind the end of the PDF."))
    if changed:
        bad.append(text("More than stamps and signatures was added to the dossier: {what}", what=changed[0]))
    if not stamps and not bad:
        bad.append(text("The PDF bears no time stamp and no signature."))
    return Grown(tuple(stamps), tuple(bad))


def _changed(plain: bytes, stamped: bytes) -> Iterator[str]:
    """Every object that another one took the place of, but for what a stamp needs."""
    import pikepdf

    with pikepdf.open(io.BytesIO(plain)) as old, pikepdf.open(io.BytesIO(stamped)) as new:
        may_grow: dict[Any, set[str]] = {old.Root.objgen: ROOT, old.docinfo.objgen: INFO}
        may_grow |= {page.objgen: {"/Annots"} for page in old.pages}
        pages = {page.objgen for page in old.pages}
        metadata = old.Root.Metadata.objgen if "/Metadata" in old.Root else None
        if len(old.pages) != len(new.pages):
            yield "pages"
        for before in old.objects:
            if not isinstance(before, pikepdf.Object) or not before.is_indirect:
                continue
            name, after = before.objgen, new.get_object(before.objgen)
            if name in may_grow:
                yield from _keys(before, after, may_grow[name])
            elif name != metadata and _bytes(before) != _bytes(after):
                yield f"{name[0]} {name[1]} obj"
            if name in pages:
                yield from _annotations(before, after)
        yield from (key for key, _ in _xmp(old) ^ _xmp(new) if key not in XMP)
        yield from _form(new.Root.get("/AcroForm", pikepdf.Dictionary()))


def _xmp(pdf: Any) -> set[tuple[str, tuple[str, ...]]]:
    """The properties of the metadata, each with all that it says in order of the alphabet: whether a property is an
    element or an attribute, and the blanks between, are the taste of whoever wrote it."""
    if "/Metadata" not in pdf.Root:
        return set()
    root = etree.fromstring(pdf.Root.Metadata.read_bytes().strip(b"\0 \n"), SAFE)
    found: set[tuple[str, tuple[str, ...]]] = set()
    for description in root.iterfind(f"{RDF}RDF/{RDF}Description"):
        found |= {
            (str(key), (str(said),)) for key, said in description.attrib.items() if key != f"{RDF}about"
        }
        found |= {(str(one.tag), tuple(sorted(_words(one)))) for one in description}
    return found


def _words(property_: Any) -> Iterator[str]:
    """Texts and attributes in an element, without those that only say how it is written."""
    for one in property_.iter():
        yield from filter(None, ((one.text or "").strip(), (one.tail or "").strip()))
        yield from (said for key, said in one.attrib.items() if key not in WRITTEN and said)


def _bytes(what: Any) -> bytes:
    import pikepdf

    stream = what.read_raw_bytes() if isinstance(what, pikepdf.Stream) else b""
    return bytes(what.unparse(resolved=True)) + stream


def _text_of(what: Any) -> str:
    """A value as it stands in the file, references as references; plain numbers come as Python's. Text is
    compared as text, for it may be written in two ways."""
    import pikepdf

    if isinstance(what, pikepdf.String):
        return str(what)
    return repr(what.unparse() if hasattr(what, "unparse") else what)


def _keys(before: Any, after: Any, may_grow: set[str]) -> Iterator[str]:
    """Keys of a dictionary that changed, went, or came without leave."""
    for key in before.keys() | after.keys():
        same = key in before and key in after and _text_of(before[key]) == _text_of(after[key])
        if not same and key not in may_grow:
            yield key


def _annotations(before: Any, after: Any) -> Iterator[str]:
    """Old annotations stay in their order; new ones are signature fields that nobody sees."""
    import pikepdf

    old = [_text_of(one) for one in before.get("/Annots", pikepdf.Array())]
    new = list(after.get("/Annots", pikepdf.Array()))
    if [_text_of(one) for one in new[: len(old)]] != old:
        yield "/Annots"
    for one in new[len(old) :]:
        if one.get("/FT") != "/Sig" or any(float(side) for side in one["/Rect"]):
            yield "/Annots"


def _form(form: Any) -> Iterator[str]:
    yield from (key for key in form.keys() if key not in FORM)  # noqa: SIM118
    for field in form.get("/Fields", ()):
        if field.get("/FT") != "/Sig" or "/Kids" in field:
            yield "/Fields"


def _stamps_that_hold(stamped: bytes, trust: Trust) -> tuple[list[str], list[Text]]:
    """The stamps that hold, and why others do not. A signer's certificate is shown, not judged."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    stamps: list[str] = []
    bad: list[Text] = []
    for one in PdfFileReader(io.BytesIO(stamped)).embedded_signatures:
        signature: Any = one
        start, first, second, last = signature.byte_range
        over = stamped[start : start + first] + stamped[second : second + last]
        if start or first + 2 * len(signature.pkcs7_content) + 2 != second:
            bad.append(text("A stamp leaves out more of the PDF than itself."))
            continue
        try:
            stamps.append(_stamp(signature, over, trust))
        except TokenRefused as refused:
            bad.append(refused.why)
    return stamps, bad


def _stamp(signature: Any, over: bytes, trust: Trust) -> str:
    from pyhanko.sign.validation.generic_cms import validate_sig_integrity

    if signature.sig_object_type == "/DocTimeStamp":
        bare = cms.ContentInfo.load(bytes(signature.pkcs7_content)).dump()  # without the room left behind it
        _, info = token.open_token(bare)
        algorithm = info["message_imprint"]["hash_algorithm"]["algorithm"].native
        got = token.verify(bare, digest_of(algorithm, over), algorithm, trust)
        return f"{got.signer}, {got.time.isoformat()}"
    digest = digest_of(signature.md_algorithm, over)
    holds = validate_sig_integrity(signature.signer_info, signature.signer_cert, "data", digest)
    if not all(holds):
        raise TokenRefused("signature", text("The signature does not hold."))
    return str(signature.signer_cert.subject.human_friendly)
