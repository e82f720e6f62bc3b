"""The words of a picture. What was recognised is kept by digest on a shelf, if there is one; the shelf may be
thrown away.
"""

from __future__ import annotations

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
from heller.intake.paper.ocr_process import Recognition
from heller.model.errors import InputRefused
from heller.model.text import text

if TYPE_CHECKING:
    from PIL.Image import Image

_SHELF: ContextVar[Path | None] = ContextVar("shelf", default=None)
_FORM = "2"  # of what is kept
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
    again = _look(straight.even(picture.crop((left, top, right, bottom))), page)
    moved = (
        structs.replace(word, x0=word.x0 + left, y0=word.y0 + top, x1=word.x1 + left, y1=word.y1 + top)
        for word in again.words
    )
    return _keep(data, -page, Recognition(tuple(moved), turned, picture.size))


def _look(picture: Image, page: int) -> Recognition:
    try:
        return ocr_process.ask(picture.width, picture.height, picture.tobytes(), page)
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
