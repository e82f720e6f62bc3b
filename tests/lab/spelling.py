"""Attacks by how things are written: what programs read differently, or one of them not at all.

Numbers, digests, times and names have one form in a bundle. Each of these has another one that many programs take for
the same, or stumble over; commitments, chain, tree heads and lists are made to fit it, and nobody had stamped it.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Callable
from hashlib import sha256

import pikepdf
from tests.lab.attack import MISSED, attack
from tests.lab.container import rebuilt
from tests.lab.forger import A, B, J, Forger, opened
from tests.lab.pages import edited
from tests.lab.versions import NOT_TYPESET, PDF, named

from heller.journal.archive import CENTRAL, END
from heller.journal.archive import end as ending

GROUP = "other ways of writing"


def respelled(f: Forger, edit: Callable[[bytes], bytes], name: str = J, at: int = 1) -> bytes:
    """Edit one line of the journal, or of what entries say, as bytes; all else is made to fit it."""
    lines = f.lines(name)
    before = lines[at]
    lines[at] = edit(before)
    assert lines[at] != before
    f.put_lines(lines, name)
    f.reanchor()
    return f.seal()


def said(f: Forger, edit: Callable[[bytes], bytes], kind: str = "note") -> bytes:
    """Edit what the first entry of a kind says, as bytes."""
    ending_ = b'"seq":%d}\n' % f.find(kind)
    at = next(n for n, line in enumerate(f.lines(B)) if line.endswith(ending_))
    return respelled(f, edit, B, at)


def headed(f: Forger, edit: Callable[[bytes], bytes]) -> bytes:
    """Write the first tree head differently; its entry and all after it are made to fit."""
    name = f.anchors()[0]
    f.change(name, edit)
    digest = sha256(f.files[name]).hexdigest()
    items = f.items()
    one = next(item for item in items if item.kind == "anchor")
    one.body = {**(one.body or {}), "digest": digest}
    f.rewrite(items)
    return f.seal()


@attack(GROUP, "number written as true", plain=True)
def true_number(f: Forger) -> bytes:
    """The number of the second line is `true`, which many programs take for 1."""
    return respelled(f, lambda line: line.replace(b'"seq":1,', b'"seq":true,'))


@attack(GROUP, "number of a line with a point", plain=True)
def pointed_number(f: Forger) -> bytes:
    """The number of the second line is 1.0."""
    return respelled(f, lambda line: line.replace(b'"seq":1,', b'"seq":1.0,'))


@attack(GROUP, "version written as true", plain=True)
def true_version(f: Forger) -> bytes:
    """The version of a line is `true`."""
    return respelled(f, lambda line: line.replace(b'"v":1,', b'"v":true,'))


@attack(GROUP, "minus nought", plain=True)
def minus_nought(f: Forger) -> bytes:
    """A size is -0."""
    return said(f, lambda line: re.sub(rb'"size":\d+', b'"size":-0', line), "exhibit")


@attack(GROUP, "no number", plain=True)
def not_a_number(f: Forger) -> bytes:
    """A size is NaN."""
    return said(f, lambda line: re.sub(rb'"size":\d+', b'"size":NaN', line), "exhibit")


@attack(GROUP, "number with an exponent", plain=True)
def exponent(f: Forger) -> bytes:
    """A size is 1e2."""
    return said(f, lambda line: re.sub(rb'"size":\d+', b'"size":1e2', line), "exhibit")


@attack(GROUP, "number of five thousand digits", plain=True)
def endless_number(f: Forger) -> bytes:
    """A size has more digits than Python turns into a number."""
    return said(f, lambda line: re.sub(rb'"size":\d+', b'"size":' + b"9" * 5000, line), "exhibit")


@attack(GROUP, "body a hundred thousand deep", plain=True)
def deep_body(f: Forger) -> bytes:
    """A note's words are lists in lists, deeper than programs can count."""
    deep = b"[" * 100_000 + b"]" * 100_000
    return said(f, lambda line: line.replace(b'"body":{', b'"body":{"a":' + deep + b","))


@attack(GROUP, "key of a line doubled", plain=True)
def doubled_key(f: Forger) -> bytes:
    """A line says its kind twice, with two values."""
    return respelled(f, lambda line: line.replace(b'"kind":"', b'"kind":"stamp","kind":"', 1))


@attack(GROUP, "salt doubled", plain=True)
def doubled_salt(f: Forger) -> bytes:
    """What an entry says has two salts, and the line commits to the last."""
    return said(f, lambda line: line.replace(b',"salt":"', b',"salt":"' + b"0" * 64 + b'","salt":"'))


@attack(GROUP, "salt in capitals", plain=True)
def capital_salt(f: Forger) -> bytes:
    """A salt is written in capitals: the same bytes to who reads it, another line."""
    return said(f, lambda line: re.sub(rb'(?<="salt":")\w+', lambda m: m[0].upper(), line))


@attack(GROUP, "salt with blanks", plain=True)
def blank_salt(f: Forger) -> bytes:
    """Between the digits of a salt stand blanks, which Python steps over."""
    return said(f, lambda line: re.sub(rb'("salt":")(\w\w)', rb"\1\2 ", line))


@attack(GROUP, "digest in capitals", plain=True)
def capital_digest(f: Forger) -> bytes:
    """A line names the one before it in capitals."""
    lines = f.lines()
    prev = re.search(rb'"prev":"(\w+)"', lines[1])
    assert prev
    lines[1] = lines[1].replace(prev[1], prev[1].upper())
    f.put_lines(lines)
    return f.seal()


@attack(GROUP, "day that there is not", plain=True)
def no_such_day(f: Forger) -> bytes:
    """A line was written on the 30th of February."""
    return respelled(f, lambda line: re.sub(rb'"wall":"\d{4}-\d\d-\d\d', b'"wall":"2026-02-30', line))


@attack(GROUP, "clock of another zone", plain=True)
def other_zone(f: Forger) -> bytes:
    """The wall clock of a line is written with an offset in the place of Z."""
    return respelled(f, lambda line: re.sub(rb'(?<=\d)Z"', b'+00:00"', line))


@attack(GROUP, "clock in words", plain=True)
def clock_in_words(f: Forger) -> bytes:
    """The wall clock of a line says 'tomorrow'."""
    return respelled(f, lambda line: re.sub(rb'"wall":"[^"]+', b'"wall":"tomorrow', line))


@attack(GROUP, "number in Arabic digits", plain=True)
def arabic_digits(f: Forger) -> bytes:
    """The size in a tree head is written in other digits, which Python takes for a number."""
    arabic = "٠١٢٣٤٥٦٧٨٩"
    turn = lambda m: "".join(arabic[int(d)] for d in m[0].decode()).encode()  # noqa: E731
    return headed(f, lambda data: re.sub(rb"(?<=\nsize )\d+", turn, data))


@attack(GROUP, "nought before a number", plain=True)
def leading_nought(f: Forger) -> bytes:
    """The size in a tree head has a nought in front."""
    return headed(f, lambda data: data.replace(b"\nsize ", b"\nsize 0"))


@attack(GROUP, "line ends of a tree head", plain=True)
def head_ends(f: Forger) -> bytes:
    """A tree head in the bundle ends its lines as Windows does."""
    return headed(f, lambda data: data.replace(b"\n", b"\r\n"))


@attack(GROUP, "tree head replayed", plain=True)
def replayed_head(f: Forger) -> bytes:
    """The first tree head lies there again as the newest, with an entry of its own."""
    items, names = f.items(), f.anchors()
    first = next(item for item in items if item.kind == "anchor")
    number = len(names) + 1
    f.files[f"{A}{number:06}.txt"] = f.files[names[0]]
    at = f.find("dossier")
    items.insert(at, type(first)("anchor", {**(first.body or {}), "number": number}, first.clock))
    for one in items[at + 1 :]:
        if one.body and "files" in one.body:
            one.body["entries"] += 1
    f.rewrite(items)
    return f.seal()


@attack(GROUP, "list with carriage returns")
def list_ends(f: Forger) -> bytes:
    """The manifest ends its lines as Windows does, the list over it is adjusted."""
    return _listed(f, lambda data: data.replace(b"\n", b"\r\n"))


@attack(GROUP, "list with a star")
def list_star(f: Forger) -> bytes:
    """The manifest marks its files as binary, as sha256sum -b does."""
    return _listed(f, lambda data: data.replace(b"  ", b" *"))


@attack(GROUP, "list with a dot before names")
def list_dots(f: Forger) -> bytes:
    """The manifest names ./data/ in the place of data/."""
    return _listed(f, lambda data: data.replace(b"  data/", b"  ./data/"))


@attack(GROUP, "line of a list doubled")
def list_doubled(f: Forger) -> bytes:
    """The manifest names a file twice."""
    return _listed(f, lambda data: data + data.splitlines(keepends=True)[-1])


def _listed(f: Forger, edit: Callable[[bytes], bytes]) -> bytes:
    """Write the manifest differently and adjust what lists it."""
    f.files = opened(f.seal())
    before = f.files["manifest-sha256.txt"]
    f.files["manifest-sha256.txt"] = edit(before)
    _relist(f, "manifest-sha256.txt", before, "tagmanifest-sha256.txt")
    return rebuilt(f)


def _relist(f: Forger, name: str, old: bytes, *lists: str) -> None:
    import base64

    was, now = sha256(old).hexdigest(), sha256(f.files[name]).hexdigest()
    for one in lists:
        f.files[one] = f.files[one].replace(was.encode(), now.encode())
    asic = "META-INF/ASiCManifest001.xml"
    b64 = lambda digest: base64.b64encode(bytes.fromhex(digest))  # noqa: E731
    f.files[asic] = f.files[asic].replace(b64(was), b64(now))
    tag = "tagmanifest-sha256.txt"
    f.files["META-INF/seal-sha256.txt"] = "".join(
        f"{sha256(f.files[n]).hexdigest()}  {n}\n" for n in sorted(f.files) if n in (asic, tag)
    ).encode()


@attack(GROUP, "bag that names two cases")
def two_cases(f: Forger) -> bytes:
    """bag-info.txt has two lines for the number of the case; programs take the first or the last."""
    return _informed(f, lambda data: data + b"External-Identifier: " + b"ab" * 16 + b"\n")


@attack(GROUP, "line of the bag goes on", plain=True)
def folded(f: Forger) -> bytes:
    """The number of the case goes on in the next line, behind a blank, as BagIt allows."""
    return _informed(f, lambda data: re.sub(rb"(External-Identifier: \w+\n)", rb"\1  und Landgericht\n", data))


@attack(GROUP, "byte order mark before the bag's words")
def marked_info(f: Forger) -> bytes:
    """bag-info.txt begins with a byte order mark."""
    return _informed(f, lambda data: b"\xef\xbb\xbf" + data)


@attack(GROUP, "bag of an older kind")
def older_bag(f: Forger) -> bytes:
    """bagit.txt names another version and another encoding."""
    f.files = opened(f.seal())
    before = f.files["bagit.txt"]
    f.files["bagit.txt"] = before.replace(b"1.0", b"0.97").replace(b"UTF-8", b"UTF-16")
    assert f.files["bagit.txt"] != before
    return _retagged(f, "bagit.txt", before)


def _informed(f: Forger, edit: Callable[[bytes], bytes]) -> bytes:
    f.files = opened(f.seal())
    before = f.files["bag-info.txt"]
    f.files["bag-info.txt"] = edit(before)
    assert f.files["bag-info.txt"] != before
    return _retagged(f, "bag-info.txt", before)


def _retagged(f: Forger, name: str, before: bytes) -> bytes:
    import base64

    tag = f.files["tagmanifest-sha256.txt"]
    _relist(f, name, before, "tagmanifest-sha256.txt")
    asic = "META-INF/ASiCManifest001.xml"
    was, now = (base64.b64encode(sha256(d).digest()) for d in (tag, f.files["tagmanifest-sha256.txt"]))
    f.files[asic] = f.files[asic].replace(was, now)
    f.files["META-INF/seal-sha256.txt"] = "".join(
        f"{sha256(f.files[n]).hexdigest()}  {n}\n" for n in (asic, "tagmanifest-sha256.txt")
    ).encode()
    return rebuilt(f)


@attack(GROUP, "extra field in the list alone")
def extra_central(f: Forger) -> bytes:
    """The list at the end carries an extra field; the header before the file does not."""
    only = "data/claim.json"

    def more(name: str, head: bytes) -> bytes:
        return head[:30] + struct.pack("<H", 8) + head[32:] + b"\xfe\xca\4\0abcd" if name == only else head

    return rebuilt(f, central=more)


@attack(GROUP, "size of the list altered")
def list_size(f: Forger) -> bytes:
    """The end of the archive says that the list is a byte shorter."""
    at = f.raw.rindex(b"PK\5\6")
    size = struct.unpack("<I", f.raw[at + 12 : at + 16])[0]
    return f.raw[: at + 12] + struct.pack("<I", size - 1) + f.raw[at + 16 :]


@attack(GROUP, "gap before the list")
def gap(f: Forger) -> bytes:
    """Bytes lie between the last file and the list, which offsets step over."""
    at = f.raw.rindex(b"PK\5\6")
    start = struct.unpack("<I", f.raw[at + 16 : at + 20])[0]
    end = f.raw[at : at + 16] + struct.pack("<I", start + 6) + f.raw[at + 20 :]
    return f.raw[:start] + b"hidden" + f.raw[start:at] + end


@attack(GROUP, "files counted in two ways")
def two_counts(f: Forger) -> bytes:
    """The end counts a file fewer on this disk than in all."""
    at = f.raw.rindex(b"PK\5\6")
    count = struct.unpack("<H", f.raw[at + 8 : at + 10])[0]
    return f.raw[: at + 8] + struct.pack("<H", count - 1) + f.raw[at + 10 :]


@attack(GROUP, "folder among the files")
def folder(f: Forger) -> bytes:
    """The archive lists data/ itself."""
    f.files = opened(f.raw)
    f.files["data/"] = b""
    return rebuilt(f)


@attack(GROUP, "NUL in a name")
def nul_name(f: Forger) -> bytes:
    """A file is called claim.json, NUL and more: some programs stop there."""
    f.files = opened(f.raw)
    f.files["data/claim.json\0.txt"] = b"{}"
    return rebuilt(f)


def elsewhere(pdf: pikepdf.Pdf) -> None:
    """A link over the page that leads to somebody else."""
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 595, 842], Border=[0, 0, 0],
        A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://example.test/zahlen")),
    )  # fmt: skip
    page = pdf.pages[0].obj
    page.Annots = pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(link)])


@attack(GROUP, "older program named: link to somebody else", script=MISSED, shell=MISSED, why=NOT_TYPESET, unchecked="figures, pages", plain=True)  # fmt: skip
def link_elsewhere(f: Forger) -> bytes:
    """Over a page lies a link to somebody else's address. An older Heller is said to have typeset it."""
    f.files[PDF] = edited(f.files[PDF], elsewhere)
    return named(f)


def bookmarked(pdf: pikepdf.Pdf) -> None:
    """Bookmarks that say another sum."""
    with pdf.open_outline() as outline:
        outline.root.insert(0, pikepdf.OutlineItem("Anerkannt: 99.999,99 Euro", 0))


@attack(GROUP, "older program named: bookmark with a sum", script=MISSED, shell=MISSED, why=NOT_TYPESET, unchecked="figures, pages", plain=True)  # fmt: skip
def bookmark(f: Forger) -> bytes:
    """A bookmark says that a sum was accepted. An older Heller is said to have typeset it."""
    f.files[PDF] = edited(f.files[PDF], bookmarked)
    return named(f)


def relabelled(pdf: pikepdf.Pdf) -> None:
    """Pages that are counted from another number."""
    pdf.Root.PageLabels = pikepdf.Dictionary(
        Nums=[0, pikepdf.Dictionary(S=pikepdf.Name.D, St=40)]
    )


@attack(GROUP, "older program named: pages counted from another number", script=MISSED, shell=MISSED, why=NOT_TYPESET, unchecked="figures, pages", plain=True)  # fmt: skip
def page_labels(f: Forger) -> bytes:
    """Viewers count the pages from 40, so that whoever cites one cites another. An older Heller is said to have made it."""
    f.files[PDF] = edited(f.files[PDF], relabelled)
    return named(f)


def turned(pdf: pikepdf.Pdf) -> None:
    """Pages that are shown upside down, in another size."""
    for page in pdf.pages:
        page.obj.Rotate = 180
        page.obj.UserUnit = 40


@attack(GROUP, "older program named: pages turned and blown up", script=MISSED, shell=MISSED, why=NOT_TYPESET, unchecked="figures, pages", plain=True)  # fmt: skip
def pages_turned(f: Forger) -> bytes:
    """Every page stands on its head, forty times as large. An older Heller is said to have typeset it."""
    f.files[PDF] = edited(f.files[PDF], turned)
    return named(f)


def titled(pdf: pikepdf.Pdf) -> None:
    """A title and an author that the pages do not have."""
    pdf.docinfo["/Title"] = "Dossier: Landgericht Musterstadt, Urteil"
    pdf.docinfo["/Author"] = "Landgericht Musterstadt"


@attack(GROUP, "older program named: another title", script=MISSED, shell=MISSED, why=NOT_TYPESET, unchecked="figures, pages", plain=True)  # fmt: skip
def other_title(f: Forger) -> bytes:
    """Title and author say that a court wrote it. An older Heller is said to have typeset it."""
    f.files[PDF] = edited(f.files[PDF], titled)
    return named(f)
