"""The words of a picture. What was recognised is kept by digest on a shelf, if there is one; the shelf may be
thrown away.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import structs

from heller.intake.paper import ocr_process, pictures
from heller.intake.paper.layout import Word
from heller.intake.paper.ocr_process import OcrQuestion, Recognition
from heller.model.errors import InputRefused
from heller.model.text import text

if TYPE_CHECKING:
    from PIL.Image import Image

_SHELF: ContextVar[Path | None] = ContextVar("shelf", default=None)
_FORM = "3"  # of what is kept
SURE = 95  # of 100, from which a line is not read again in the second look
RECENT = 14  # pictures whose words are kept in memory: the pages of one file


@contextmanager
def shelf(folder: Path) -> Iterator[None]:
    """Keep what is recognised in a folder while this lasts."""
    token = _SHELF.set(folder)
    try:
        yield
    finally:
        _SHELF.reset(token)


def see(data: bytes, page: int = 1) -> Recognition:
    """The words of a picture (PNG, JPEG, TIFF ...). Raises ocr_process.Absent, InputRefused."""
    kept = _from_shelf(data, page)
    if kept is not None:
        return kept
    seen = _seen_lately(data)
    words = tuple(structs.replace(word, page=page) for word in seen.words) if page != 1 else seen.words
    return _keep(data, page, structs.replace(seen, words=words))


@lru_cache(maxsize=RECENT)
def _seen_lately(data: bytes) -> Recognition:
    """A page that is found to be a document of its own is read once more, as a file: its words are known by then."""
    return _look(pictures.open_picture(data), 1)


def see_straight(data: bytes, seen: Recognition, page: int = 1) -> Recognition:
    """The words once more, of the paper alone, laid straight and in even light.

    Kept under the number of the page, negative. Raises ocr_process.Absent, InputRefused.
    """
    kept = _from_shelf(data, -page)
    if kept is not None:
        return kept
    from heller.intake.paper import straight

    upright = pictures.open_picture(data).rotate(seen.turned, expand=True)
    angle = straight.slope(upright.crop(straight.paper(upright)))
    turned = (seen.turned + angle) % 360
    picture = pictures.open_picture(data).rotate(turned, expand=True)
    left, top, right, bottom = straight.paper(picture)
    sure = _sure(seen, angle, picture.size, (left, top))
    again = _look(straight.even(picture.crop((left, top, right, bottom))), page, sure)
    moved = (
        structs.replace(word, x0=word.x0 + left, y0=word.y0 + top, x1=word.x1 + left, y1=word.y1 + top)
        for word in again.words
    )
    return _keep(data, -page, Recognition(tuple(moved), turned, picture.size))


def _sure(seen: Recognition, angle: int, size: tuple[int, int], corner: tuple[int, int]) -> tuple[Word, ...]:
    """What was surely read, where it stands once the picture was turned again and cropped: it is not read again."""
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))

    def placed(word: Word) -> Word:
        x, y = (word.x0 + word.x1 - seen.size[0]) / 2, (word.y0 + word.y1 - seen.size[1]) / 2
        x, y = cos * x + sin * y + size[0] / 2 - corner[0], cos * y - sin * x + size[1] / 2 - corner[1]
        wide, high = (word.x1 - word.x0) / 2, (word.y1 - word.y0) / 2
        return structs.replace(word, x0=x - wide, y0=y - high, x1=x + wide, y1=y + high)

    return tuple(placed(word) for word in seen.words if word.sure >= SURE)


def _look(picture: Image, page: int, known: tuple[Word, ...] = ()) -> Recognition:
    try:
        return ocr_process.ask(OcrQuestion(picture.width, picture.height, page, known), picture.tobytes())
    except ocr_process.Late as error:
        raise InputRefused(
            text(
                "Recognising the words of a page took more than {n} seconds of processor time.",
                n=ocr_process.SECONDS,
            ),
            text("Nothing was read from the picture."),
            text("Enter what it says by hand."),
        ) from error


@cache
def _by_what() -> str:
    return f"rapidocr {version('rapidocr')}"


def _place(data: bytes, page: int) -> Path | None:
    home = _SHELF.get()
    if home is None:
        return None
    key = sha256(f"{_FORM} {_by_what()} {page}\n".encode() + sha256(data).digest()).hexdigest()
    return home / f"{key}.json"


def _from_shelf(data: bytes, page: int) -> Recognition | None:
    place = _place(data, page)
    try:
        return msgspec.json.decode(place.read_bytes(), type=Recognition) if place else None
    except (OSError, msgspec.MsgspecError):
        return None


def _keep(data: bytes, page: int, seen: Recognition) -> Recognition:
    place = _place(data, page)
    if place:
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(msgspec.json.encode(seen))
        except OSError:  # a full or read-only disk costs time, not the reading
            return seen
    return seen
