"""Whether a page of a PDF may stand in an archive's PDF as it is; what may be left away is left away.

A page that passes keeps its letters and lines. The list is of what is allowed (ISO 19005-3, 6.2, and
ISO 14289-1, 7.21): whatever is not on it makes the page one that is drawn as a picture instead. Not checked
is what lies inside a font: widths and shapes are taken as the sender's program wrote them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Name

MOST_BYTES = 4_000_000  # of drawing on one page: a plan of more is drawn as a picture
DEEPEST = 4  # forms within forms
MOST_NESTED = 20  # saved states of a page; an archive's PDF has 28
DEVICE = (Name.DeviceGray, Name.DeviceRGB)
MODES = {"/Normal", "/Compatible", "/Multiply", "/Screen", "/Overlay", "/Darken", "/Lighten", "/ColorDodge",
         "/ColorBurn", "/HardLight", "/SoftLight", "/Difference", "/Exclusion", "/Hue", "/Saturation", "/Color",
         "/Luminosity"}  # fmt: skip
STATE = {"/Type", "/LW", "/LC", "/LJ", "/ML", "/D", "/ca", "/CA", "/BM", "/SMask", "/AIS", "/SA", "/OP", "/op",
         "/OPM", "/FL", "/SM", "/TK"}  # fmt: skip
FILTERS = {
    "/FlateDecode",
    "/DCTDecode",
    "/CCITTFaxDecode",
    "/RunLengthDecode",
    "/ASCII85Decode",
    "/ASCIIHexDecode",
}
OPERATORS = frozenset(
    b"b B b* B* BT c cm cs CS d d0 d1 Do ET f F f* g G gs h i j J l m M n q Q re rg RG ri s S sc SC scn SCN T* Tc "
    b"Td TD Tf Tj TJ TL Tm Tr Ts Tw Tz v w W W* y ' \"".split()
)
STRING = rb"\((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*+\))*+\)|<[0-9A-Fa-f\s]*+>"
STRINGS = re.compile(STRING, re.DOTALL)
MARKS = re.compile(
    rb"(" + STRING + rb")"
    rb"|/[^\s/<>\[\]()]++\s*+(?:<<(?:[^()<>]|"
    + STRING
    + rb")*+>>|/[^\s/<>\[\]()]++)\s*+(?:BDC|DP)(?![^\s/\[(<])"
    rb"|/[^\s/<>\[\]()]++\s++(?:BMC|MP)(?![^\s/\[(<])|(?<![^\s\])>])EMC(?![^\s/\[(<])",
    re.DOTALL,
)
WORD = re.compile(rb"/[^\s/<>\[\](){}%]*|[^\s/<>\[\](){}%]+")
NUMBER = re.compile(rb"[+-]?(?:\d{1,9}(?:\.\d{0,20})?|\.\d{1,20})")
UNSURE = re.compile(rb">\s*<(?:0000|FEFF|FFFE|feff|fffe)>")  # letters that stand for none
UNNEEDED = (
    "/Metadata",
    "/PieceInfo",
    "/LastModified",
    "/StructParents",
    "/StructParent",
    "/Thumb",
    "/Intent",
)


def clean(pdf: pikepdf.Pdf, page: pikepdf.Page, fonts: dict[tuple[int, int], bool]) -> bool:
    """Whether a page may stand as it is; then it has lost its marks, metadata and notes. `fonts` keeps answers.

    The page is changed where it lies in memory.
    """
    try:
        return _clean(pdf, page, fonts)
    except (pikepdf.PdfError, ArithmeticError, TypeError, ValueError, AttributeError, KeyError, IndexError):
        return False


def _clean(pdf: pikepdf.Pdf, page: pikepdf.Page, fonts: dict[tuple[int, int], bool]) -> bool:
    notes = page.obj.get("/Annots", pikepdf.Array())
    if any(note.get("/Subtype") != Name.Link for note in notes):
        return False
    resources = _inherited(page.obj, "/Resources") or pikepdf.Dictionary()
    drawn = page.obj.get("/Contents", pikepdf.Array())
    parts = list(drawn) if isinstance(drawn, pikepdf.Array) else [drawn]
    drawing = _without_marks(b"\n".join(_decoded(part) for part in parts), resources)
    if drawing is None or not _group(page.obj) or not _resources(resources, fonts, DEEPEST):
        return False
    page.obj.Contents = pdf.make_stream(drawing)
    page.obj.Resources = resources
    page.obj.TrimBox = page.cropbox  # all that a reader sees
    _without(page.obj, (*UNNEEDED, "/Annots"))
    return True


def _inherited(node: pikepdf.Object, key: str) -> pikepdf.Object | None:
    for _ in range(32):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            return None
        node = node.Parent
    return None


def _decoded(stream: pikepdf.Object) -> bytes:
    data = stream.read_bytes()
    if len(data) > MOST_BYTES:
        raise ValueError("more than a page's drawing")
    return data


def _without(thing: pikepdf.Object, keys: tuple[str, ...]) -> None:
    for key in keys:
        if key in thing:
            del thing[key]


def _without_marks(drawing: bytes, resources: pikepdf.Object) -> bytes | None:
    """The drawing without marked content, which points to a structure that stays behind; None where it holds
    anything that is not on the list."""
    if len(drawing) > MOST_BYTES:
        return None
    plain = MARKS.sub(rb"\1", drawing)
    bare = STRINGS.sub(b" ", plain)
    if b"(" in bare or b")" in bare or b"<" in bare or b"%" in bare:
        return None
    deep, name = 0, b""
    used: dict[bytes, set[bytes]] = {}  # names by the operator that calls them
    for word in WORD.findall(bare):
        if word[:1] == b"/":
            name = word
        elif word in OPERATORS:
            deep += (word == b"q") - (word == b"Q")
            if not 0 <= deep <= MOST_NESTED:
                return None
            used.setdefault(word, set()).add(name)
        elif not NUMBER.fullmatch(word):
            return None
    return plain + b"\nQ" * deep if _has_all_resources(used, resources) else None


def _has_all_resources(used: dict[bytes, set[bytes]], resources: pikepdf.Object) -> bool:
    """Whether everything that is called by name is there."""
    for operator, kind in (
        (b"Tf", "/Font"),
        (b"Do", "/XObject"),
        (b"gs", "/ExtGState"),
        (b"cs", "/ColorSpace"),
        (b"CS", "/ColorSpace"),
    ):
        there = resources.get(kind, pikepdf.Dictionary())
        for name in used.get(operator, ()):
            plain = name.decode("latin-1")
            if plain not in there and not (kind == "/ColorSpace" and plain in ("/DeviceGray", "/DeviceRGB")):
                return False
    return True


def _group(thing: pikepdf.Object) -> bool:
    group = thing.get("/Group")
    return group is None or "/CS" not in group or _colours(group.CS)


def _resources(resources: pikepdf.Object, fonts: dict[tuple[int, int], bool], deeper: int) -> bool:
    if "/Pattern" in resources or "/Shading" in resources or "/Properties" in resources:
        _without(resources, ("/Properties",))  # of marked content, which is gone
        if len(resources.get("/Pattern", ())) or len(resources.get("/Shading", ())):
            return False
    return (
        all(_font_kept(font, fonts) for font in _values(resources, "/Font"))
        and all(_colours(space) for space in _values(resources, "/ColorSpace"))
        and all(_state(state) for state in _values(resources, "/ExtGState"))
        and all(_drawn(thing, fonts, deeper) for thing in _values(resources, "/XObject"))
    )


def _values(resources: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    if kind in resources:
        for _, value in resources[kind].items():
            yield value


def _drawn(thing: pikepdf.Object, fonts: dict[tuple[int, int], bool], deeper: int) -> bool:
    """An image, or a form with all that it draws."""
    _without(thing, UNNEEDED)
    if "/OC" in thing or "/OPI" in thing or "/Alternates" in thing or "/Ref" in thing or "/PS" in thing:
        return False
    if thing.Subtype == Name.Image:
        return _image(thing)
    if thing.Subtype != Name.Form or deeper == 0 or not _group(thing):
        return False
    inner = thing.get("/Resources", pikepdf.Dictionary())
    drawing = _without_marks(_decoded(thing), inner)
    if drawing is None or not _resources(inner, fonts, deeper - 1):
        return False
    thing.write(drawing)
    return True


def _image(image: pikepdf.Object) -> bool:
    filters = image.get("/Filter", pikepdf.Array())
    named = {str(one) for one in filters} if isinstance(filters, pikepdf.Array) else {str(filters)}
    if not named <= FILTERS or bool(image.get("/Interpolate", False)) or "/SMaskInData" in image:
        return False
    if bool(image.get("/ImageMask", False)):
        return True
    masks = [image[key] for key in ("/SMask", "/Mask") if isinstance(image.get(key), pikepdf.Stream)]
    return _colours(image.ColorSpace) and all(_image(mask) for mask in masks)


def _colours(space: pikepdf.Object) -> bool:
    """Grey and RGB: of a device, calibrated, by profile, or a list of such colours."""
    if isinstance(space, pikepdf.Name):
        return space in DEVICE
    kind = space[0]
    if kind == Name.ICCBased:
        return int(space[1].N) in (1, 3) and _profile(space[1].read_bytes())
    if kind == Name.Indexed:
        return _colours(space[1])
    return kind in (Name.CalGray, Name.CalRGB)


def _profile(data: bytes) -> bool:
    """A profile of version 2 to 4, of a device, for grey or RGB."""
    return (
        len(data) > 128
        and data[36:40] == b"acsp"
        and 2 <= data[8] <= 4
        and data[12:16] in (b"mntr", b"scnr", b"prtr", b"spac")
        and data[16:20] in (b"GRAY", b"RGB ")
    )


def _state(state: pikepdf.Object) -> bool:
    mask = state.get("/SMask", Name("/None"))
    mode = state.get("/BM", Name.Normal)
    modes = {str(one) for one in mode} if isinstance(mode, pikepdf.Array) else {str(mode)}
    return set(state.keys()) <= STATE and mask == Name("/None") and modes <= MODES


def _font_kept(font: pikepdf.Object, kept: dict[tuple[int, int], bool]) -> bool:
    key = font.objgen
    if key == (0, 0):
        return _font(font)
    if key not in kept:
        kept[key] = _font(font)
    return kept[key]


def _font(font: pikepdf.Object) -> bool:
    """Inside the file, with a letter for each shape (ISO 14289-1, 7.21.7)."""
    if font.Subtype == Name.Type0:
        inner = font.DescendantFonts[0]
        mapped = inner.Subtype == Name.CIDFontType0 or "/CIDToGIDMap" in inner
        encoded = font.Encoding in (Name("/Identity-H"), Name("/Identity-V"))
        return encoded and mapped and _embedded(inner) and _letters(font)
    if font.Subtype not in (Name.TrueType, Name.Type1) or "/Widths" not in font or not _embedded(font):
        return False
    flags = int(font.FontDescriptor.get("/Flags", 0))
    plain = font.get("/Encoding") in (Name.WinAnsiEncoding, Name.MacRomanEncoding)
    if font.Subtype == Name.TrueType:
        return plain and flags & 36 == 32  # of letters; what symbols mean, only the font itself says
    return plain or (_letters(font) and "/Encoding" in font)


def _embedded(font: pikepdf.Object) -> bool:
    about = font.FontDescriptor
    _without(about, ("/CharSet", "/CIDSet"))  # may be missing, must not be wrong
    return any(key in about for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def _letters(font: pikepdf.Object) -> bool:
    return "/ToUnicode" in font and not UNSURE.search(font.ToUnicode.read_bytes())
