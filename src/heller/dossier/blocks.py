"""What a dossier is made of: parts of few kinds of blocks, everything already said in one language.

The templates know these names and nothing of a claim.
"""

from __future__ import annotations

from datetime import date
from typing import Any, TypeAlias

from msgspec import Struct


class Ref(Struct, frozen=True):
    """A pointer to an exhibit: its number and what is printed, 'Anlage K 3, Zeile 12'."""

    number: int
    label: str


class Cell(Struct, frozen=True):
    """A cell of a table: text, a smaller note under it, pointers after it."""

    text: str = ""
    note: str = ""
    refs: tuple[Ref, ...] = ()


class TableRow(Struct, frozen=True):
    """A row. `kind` is plain, group (its first cell spans all), sum, total or muted."""

    cells: tuple[Cell, ...]
    kind: str = "plain"


class TableColumn(Struct, frozen=True):
    """A column: its title, `align` left, right or center, `width` as Typst writes it."""

    title: str
    align: str = "left"
    width: str = "auto"


class Para(Struct, frozen=True, tag="para"):
    """A paragraph. `style` is plain, lead or small."""

    text: str
    refs: tuple[Ref, ...] = ()
    style: str = "plain"


class Heading(Struct, frozen=True, tag="heading"):
    """A heading below the part's own; `tail` stands at the right end of its line."""

    text: str
    tail: str = ""


class Table(Struct, frozen=True, tag="table"):
    """A table whose head repeats on every page and whose rows do not break."""

    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    note: str = ""
    size: str = "normal"  # or small, for long tables


class Figure(Struct, frozen=True, tag="figure"):
    """A picture: a Vega-Lite specification, its caption, and what it shows for who cannot see it."""

    chart: dict[str, Any]
    caption: str
    alt: str


class KeyFigure(Struct, frozen=True):
    """A figure that is seen first."""

    label: str
    value: str
    note: str = ""


class Keys(Struct, frozen=True, tag="keys"):
    """Key figures side by side."""

    figures: tuple[KeyFigure, ...]


class Definitions(Struct, frozen=True, tag="terms"):
    """Names and what stands for them, as 'line: CompanyConnect'."""

    items: tuple[tuple[str, Cell], ...]


class Note(Struct, frozen=True, tag="note"):
    """A boxed remark: a reading that is not summed, a doubt."""

    title: str
    text: str
    refs: tuple[Ref, ...] = ()


class Code(Struct, frozen=True, tag="code"):
    """Lines to type into a terminal."""

    lines: tuple[str, ...]


Block: TypeAlias = Para | Heading | Table | Figure | Keys | Definitions | Note | Code


class Part(Struct, frozen=True):
    """A part of the dossier, which starts on a new page where `fresh`."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    fresh: bool = False


class Letter(Struct, frozen=True):
    """A letter after DIN 5008, form B. `info` are label and value pairs of the block at the right, `letterhead` what
    stands at the foot: phone, register, account."""

    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    info: tuple[tuple[str, str], ...]
    subject: tuple[str, ...]
    blocks: tuple[Block, ...]
    closing: tuple[str, ...]
    enclosed_title: str
    enclosed: tuple[str, ...]
    letterhead: tuple[str, ...] = ()


class Plate(Struct, frozen=True):
    """An exhibit as it is shown: stamp, caption, what it says, which of its rows the claim rests on."""

    number: int
    label: str
    stamp: str
    name: str
    what: str
    taken_in: str
    digest: str
    size: int
    attachment: str
    cited: tuple[int, ...] = ()
    says: tuple[tuple[str, str], ...] = ()
    body: str = ""
    closed: str = ""  # `fields` or `whole` where it is closed


class Dossier(Struct, frozen=True):
    """A whole dossier in one language. `labels` are the template's own words; `data` is the
    machine-readable claim that is attached."""

    lang: str
    title: str
    subtitle: str
    author: str
    reference: str
    as_of: date
    parties: tuple[tuple[str, str], ...]
    labels: dict[str, str]
    parts: tuple[Part, ...]
    letter: Letter | None = None
    plates: tuple[Plate, ...] = ()
    data: str = ""
