"""Attacks beside a bundle: on stamped copies of the dossier, on openings of closed fields, on what is handed over.

`heller verify` alone looks at these; the bundle itself is honest. And what somebody learns who tries out values.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pikepdf
from msgspec import Struct
from tests.lab.pages import annotated, grown, hidden, hidden_and_replaced, replaced
from tests.lab.versions import PDF
from tests.lab.world import World

from heller.casefile.bundle.verify import Verification, verify_bytes
from heller.casefile.stamping.paper import stamp_pdf
from heller.journal.closed_fields import opening, salt

MORE = (
    b"<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:source>Gericht</dc:source>"
    b"</rdf:Description>"
)
Given = dict[str, Any]  # what verify_bytes is given beside the bundle


class Beside(Struct, frozen=True):
    """One kind: its name, its sentence, and what is handed over with the honest bundle."""

    name: str
    sentence: str
    make: Callable[[World, bytes], Given]


def stamped(world: World) -> bytes:
    """An honest stamped copy of the dossier."""
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "dossier.pdf"
        plain.write_bytes(world.files[PDF])
        return stamp_pdf(world.folder, plain).read_bytes()


def paper(data: bytes) -> Given:
    """A stamped copy, handed over."""
    return {"papers": [("copy.pdf", data)]}


def _after(change: Callable[[bytes], bytes]) -> Callable[[World, bytes], Given]:
    return lambda world, copy: paper(change(copy))


def _before(change: Callable[[bytes], bytes]) -> Callable[[World, bytes], Given]:
    """The change waits in the PDF when it is stamped."""

    def make(world: World, copy: bytes) -> Given:
        with TemporaryDirectory() as folder:
            plain = Path(folder) / "dossier.pdf"
            plain.write_bytes(change(world.files[PDF]))
            return paper(stamp_pdf(world.folder, plain).read_bytes())

    return make


def _written_anew(copy: bytes) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        pdf.save(out, static_id=True)
    return out.getvalue()


def _range_moved(copy: bytes) -> bytes:
    """The stamp says that it leaves out more of the file than itself."""
    at = copy.rindex(b"/ByteRange")
    end = copy.index(b"]", at)
    numbers = copy[at:end].split(b"[")[1].split()
    moved = b" ".join([*numbers[:2], b"%d" % (int(numbers[2]) + 500), b"%d" % (int(numbers[3]) - 500)])
    return copy[: at + 10] + (b"[" + moved).ljust(end - at - 10) + copy[end:]


def _signature_emptied(copy: bytes) -> bytes:
    at = copy.rindex(b"/Contents")
    end = copy.index(b">", at)
    start = copy.index(b"<", at) + 1
    return copy[:start] + b"0" * (end - start) + copy[end:]


def _metadata(copy: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        number = pdf.Root.Metadata.objgen[0]
        data = pdf.Root.Metadata.read_bytes().replace(
            b"</rdf:RDF>",
            b"<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' dc:source='another case' />"
            b"</rdf:RDF>",
        )
    head = b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n" % len(data)
    return grown(copy, {number: head + data + b"\nendstream"})


PAPERS: tuple[tuple[str, str, Callable[[World, bytes], Given]], ...] = (
    ("copy: shadow, hide", "After the stamp an update covers the sum of a page.", _after(hidden)),
    ("copy: shadow, replace", "After the stamp an update takes the words of a page away.", _after(replaced)),
    ("copy: shadow, hide and replace", "After the stamp another catalogue counts.", _after(hidden_and_replaced)),
    ("copy: note laid over a page", "After the stamp a note with a face lies over a page.", _after(annotated)),
    ("copy: shadow prepared, hide", "The cover waits in the PDF when it is stamped.", _before(hidden)),
    ("copy: shadow prepared, replace", "The other words wait in the PDF when it is stamped.", _before(replaced)),
    ("copy: shadow prepared, hide and replace", "Both documents lie in the PDF when it is stamped.",
     _before(hidden_and_replaced)),
    ("copy: other metadata", "After the stamp the metadata say something else.", _after(_metadata)),
    ("copy written anew", "The copy was written anew by another tool: other bytes.", _after(_written_anew)),
    ("copy: stamp leaves out more than itself", "The range of the stamp has a hole.", _after(_range_moved)),
    ("copy: stamp emptied", "The stamp holds zeros (universal forgery).", _after(_signature_emptied)),
    ("copy: stamp cut off", "The untouched dossier is said to be a stamped copy.",
     lambda world, copy: paper(world.files[PDF])),
    ("copy: bytes behind the end", "Something hangs behind the last stamp.", _after(lambda copy: copy + b"%PDF-1.7\n")),
    ("copy of another dossier", "A stamped PDF is handed over that is none of this bundle.",
     lambda world, copy: paper(b"%PDF-1.4\n" + copy[9:])),
)  # fmt: skip


def fields(world: World) -> Iterator[tuple[int, str, str]]:
    """Entry, place and mark of every closed cell of the bundle."""
    for line in world.files["data/closed.jsonl"].splitlines():
        one = json.loads(line)
        yield from ((one["entry"], cell["place"], cell["mark"]) for cell in one["cells"])


def _opening(world: World, value: str, *, place: str = "", salted: bytes = bytes(32)) -> Given:
    of = place or next(place for _, place, _ in fields(world) if "Kosten" in place)
    return {"openings": [opening(salt(salted, of), of, value)]}


OPENINGS: tuple[tuple[str, str, Callable[[World, bytes], Given]], ...] = (
    ("opening with another value", "A line opens a wage with a value of the forger's.",
     lambda world, _: _opening(world, "99,99")),
    ("opening of a field that is not closed", "A line opens a field that no bundle closed.",
     lambda world, _: _opening(world, "43,17", place="1 row 9, Bonus (9)")),
    ("opening that is no line", "Words are handed over as an opening.", lambda world, _: {"openings": [b"43,17"]}),
    ("tree head of another case", "A tree head that somebody kept is of another case.",
     lambda world, _: {"kept": [("kept.txt", world.kept.replace(b"origin ", b"origin 0", 1))]}),
    ("root of somebody else", "Whoever checks trusts another root than the stamps lead to.",
     lambda world, _: {"roots": [_other_root()]}),
)  # fmt: skip


def _other_root() -> bytes:
    from tests.lab.heads import make_root

    return make_root()


BESIDE = [Beside(name, sentence, make) for name, sentence, make in PAPERS]
BESIDE_CLOSED = [Beside(name, sentence, make) for name, sentence, make in OPENINGS]


def judged(world: World, given: Given) -> Verification:
    """What `heller verify` says of the honest bundle with what is handed over."""
    return verify_bytes(world.bundle.read_bytes(), **given)


def hexes(*parts: bytes) -> str:
    """The SHA-256 of parts that are put together."""
    return sha256(b"".join(parts)).hexdigest()


GUESSES: dict[str, str] = {
    "guessed value alone": "The SHA-256 of the value, bare and as JSON.",
    "guessed value with a salt that is shown": "The value with the salt of each body that lies open.",
    "guessed value with a salt that follows from one that is shown": "The same by way of the field's own salt.",
    "guessed body with a salt that is shown": "The whole body, with each salt, as its line commits to it.",
    "original put together with the guessed values": "What is shown, with the values in the place of marks.",
    "digest of what was made before": "The digests of the open bundle's pages, figures and lists.",
    "guessed value with the marks as salts": "The value with each mark and each place.",
    "length of what is closed": "Whether what is shown is as long as the value.",
}


def guessed(opened: World, shut: World, values: Iterator[str]) -> dict[str, set[str]]:
    """For each way of trying a value out, the digests that it gives, whatever the bundle shows of salts."""
    salts = [bytes.fromhex(json.loads(line)["salt"]) for line in shut.files["data/bodies.jsonl"].splitlines()]
    found: dict[str, set[str]] = {name: set() for name in GUESSES}
    bare, with_salt, derived, bodies, original, before, marks, _ = found.values()
    for value in values:
        data = value.encode()
        bare |= {hexes(data), hexes(json.dumps(value).encode()), hexes(data + b"\n")}
        for one in salts:
            with_salt |= {hexes(one, data), hexes(data, one), hexes(one.hex().encode(), data)}
            bodies |= {
                hexes(b"heller-commit/1\n", one, sha256(json.dumps({"value": value}).encode()).digest())
            }
        for _, place, mark in fields(shut):
            marks |= {
                hexes(mark.encode(), data),
                hexes(place.encode(), data),
                hexes(place.encode(), mark.encode(), data),
            }
            derived |= {hexes(opening(salt(one, place), place, value)) for one in salts}
            derived |= {hexes(opening(one.hex(), place, value)) for one in (*salts, bytes(32))}
    same = {sha256(data).hexdigest() for data in shut.files.values()}
    original |= {name[-64:] for name in opened.files if name.startswith("data/objects/")} - same
    before |= {sha256(data).hexdigest() for data in opened.files.values()} - same
    before |= {sha256(opened.bundle.read_bytes()).hexdigest()}
    return found
