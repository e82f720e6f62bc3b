"""The words of a picture, recognised by tesseract as a program of its own, within limits of size and time.

Where it is not installed, `Absent` says so. What was recognised is kept by digest on a shelf, if there is
one; the shelf may be thrown away.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct, structs

from heller.intake.paper import recogniser
from heller.intake.paper.layout import Word
from heller.model.errors import InputRefused
from heller.model.text import text

if TYPE_CHECKING:
    from PIL.Image import Image

LANGUAGES = ("deu", "eng")
SECONDS = 45  # for one page
PIXELS = 80_000_000  # of one picture
LONG_SIDE = 3600  # pixels: A4 at about 300 dots an inch
SMALL_SIDE = 1300  # for finding out which side is up
UPRIGHT = 70  # mean sureness above which a page is not turned
_SHELF: ContextVar[Path | None] = ContextVar("shelf", default=None)
ONE_BLOCK = "6"  # tesseract's mode of page segmentation
_VERSION = "1"  # of what is kept


class Absent(Exception):
    """Tesseract is not installed."""


class Recognition(Struct, frozen=True):
    """What was recognised: words in pixels of the turned picture, and by how many degrees it was turned."""

    words: tuple[Word, ...]
    turned: int
    size: tuple[int, int]


@contextmanager
def shelf(folder: Path) -> Iterator[None]:
    """Keep what is recognised in a folder while this lasts."""
    token = _SHELF.set(folder)
    try:
        yield
    finally:
        _SHELF.reset(token)


@cache
def program() -> tuple[str, str] | None:
    """The program and its languages, None where it is not installed or knows none of ours."""
    found = shutil.which("tesseract")
    if found is None:
        return None
    try:
        said = subprocess.run([found, "--list-langs"], capture_output=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    known = set((said.stdout + said.stderr).decode("utf-8", "replace").split())
    ours = [name for name in LANGUAGES if name in known]
    return (found, "+".join(ours)) if ours else None


def by_what() -> str:
    """What recognises here, '' where nothing does."""
    if recogniser.engine() is not None:
        return "rapidocr"
    known = program()
    return known[1] if known else ""


def see(data: bytes, page: int = 1) -> Recognition:
    """The words of a picture (PNG, JPEG, TIFF ...). Raises Absent, InputRefused."""
    kept = _from_shelf(data, page)
    if kept is not None:
        return kept
    picture = open_picture(data)
    return _keep(data, page, look(picture, page))


def see_straight(data: bytes, seen: Recognition, page: int = 1) -> Recognition:
    """The words once more, of the paper alone, laid straight, in even light and taken as one block.

    A photo of a slip that lies crooked loses whole columns when its page is taken apart into blocks; scans of
    pages lose more this way. Kept under the number of the page, negative. Raises Absent, InputRefused.
    """
    if recogniser.engine() is not None and program() is None:
        return seen
    kept = _from_shelf(data, -page)
    if kept is not None:
        return kept
    from heller.intake.paper import straight

    upright = open_picture(data).rotate(seen.turned, expand=True)
    angle = straight.slope(upright.crop(straight.paper(upright)))
    turned = (seen.turned + angle) % 360
    picture = open_picture(data).rotate(turned, expand=True)
    left, top, right, bottom = straight.paper(picture)
    words = _words(straight.even(picture.crop((left, top, right, bottom))), page, ONE_BLOCK)
    moved = (
        structs.replace(word, x0=word.x0 + left, y0=word.y0 + top, x1=word.x1 + left, y1=word.y1 + top)
        for word in words
    )
    return _keep(data, -page, Recognition(tuple(moved), turned, picture.size))


def look(picture: Image, page: int) -> Recognition:
    """The words of an opened picture, turned upright: by RapidOCR where it is installed, else by tesseract."""
    if recogniser.engine() is not None:
        words, turned, size = recogniser.look(picture, page)
        return Recognition(tuple(words), turned, size)
    if program() is None:
        raise Absent
    best, turned = _words(picture, page), 0
    if _mean(best) < UPRIGHT or len(best) < 8:
        turned = _upright(picture)
        if turned:
            picture = picture.rotate(turned, expand=True)
            best = _words(picture, page)
    return Recognition(tuple(best), turned, picture.size)


def open_picture(data: bytes) -> Image:
    """A picture in shades of grey, no larger than is of use. Raises InputRefused."""
    from PIL import Image, ImageOps

    if data[4:8] == b"ftyp":
        _knows_heic()
    try:
        with Image.open(io.BytesIO(data)) as found:
            if found.width * found.height > PIXELS:
                raise InputRefused(
                    text("The picture has {n} million pixels.", n=found.width * found.height // 1_000_000),
                    text("A picture of that size is not opened: it may be made to exhaust the memory."),
                    text("Scan it again with 300 dots per inch, or save it smaller."),
                )
            found.draft("L", (LONG_SIDE, LONG_SIDE))
            grey = ImageOps.exif_transpose(found).convert("L")
    except InputRefused:
        raise
    except Exception as error:  # the library answers broken pictures with many kinds of errors
        raise InputRefused(
            text("The picture is broken and cannot be opened."),
            text("Nothing can be read from it, and it cannot be shown in the dossier."),
            text("Take the photo again, or ask the sender for the file again."),
        ) from error
    return _sized(grey)


def _knows_heic() -> None:
    """Let the library open photos of phones in HEIC. Raises InputRefused where what decodes them is not installed."""
    try:
        import pi_heif
    except ImportError as error:
        raise InputRefused(
            text("The photo is in HEIC, and what decodes it is not installed."),
            text("Nothing can be read from it, and it cannot be shown in the dossier."),
            text("Save it as JPEG and hand that in as well, or install Heller with the extra 'heic'."),
        ) from error
    pi_heif.register_heif_opener()


def _sized(picture: Image) -> Image:
    """Shrunk to about 300 dots an inch; small pictures are enlarged, for letters need 20 pixels."""
    long = max(picture.size)
    if long > LONG_SIDE:
        factor = LONG_SIDE / long
    elif long < 1500:
        factor = min(2.0, 1500 / max(long, 1))
    else:
        return picture
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return picture.resize(size, 3)  # bicubic


def _upright(picture: Image) -> int:
    """By how many degrees a picture has to be turned: the side on which the words are surest."""
    factor = SMALL_SIDE / max(picture.size)
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    small = picture.resize(size) if factor < 1 else picture
    sure = {angle: _mean(_words(small.rotate(angle, expand=True), 1)) for angle in (0, 90, 180, 270)}
    return max(sure, key=lambda angle: (sure[angle], -angle))


def _mean(words: Sequence[Word]) -> float:
    """Mean sureness of words of some letters; one that stands upright counts nothing, for the page lies then."""
    long = [word for word in words if sum(c.isalnum() for c in word.text) > 2]
    sure = sum(word.sure for word in long if word.x1 - word.x0 > word.y1 - word.y0)
    return sure / len(long) if len(long) > 3 else 0.0


def _words(picture: Image, page: int, mode: str = "") -> list[Word]:
    known = program()
    if known is None:
        raise Absent
    out = io.BytesIO()
    picture.save(out, "PPM")
    command = [known[0], "stdin", "stdout", "-l", known[1], "--dpi", "300", "--psm", mode or _mode(picture)]
    command.append("tsv")
    env = {"PATH": os.environ.get("PATH", ""), "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"}
    if "TESSDATA_PREFIX" in os.environ:
        env["TESSDATA_PREFIX"] = os.environ["TESSDATA_PREFIX"]
    try:
        done = subprocess.run(
            command, input=out.getvalue(), capture_output=True, timeout=SECONDS, check=False, env=env
        )
    except subprocess.TimeoutExpired as error:
        raise InputRefused(
            text("Recognising the words of a page took longer than {n} seconds.", n=SECONDS),
            text("Nothing was read from the picture."),
            text("Enter what it says by hand."),
        ) from error
    return list(_rows(done.stdout.decode("utf-8", "replace"), page))


def _mode(picture: Image) -> str:
    """Slips of a till are one column; other pages are taken apart into blocks first."""
    return "4" if picture.height > 1.9 * picture.width else "3"


def _rows(tsv: str, page: int) -> Iterator[Word]:
    """The words of tesseract's table: level, page, block, paragraph, line, word, box, sureness, text.

    A word is given the height of its line, so that letters with and without tails stand level.
    """
    lines: dict[tuple[str, ...], tuple[int, int]] = {}
    for row in tsv.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12:
            continue
        left, top, width, height = map(int, cells[6:10])
        if cells[0] == "4":
            lines[tuple(cells[1:5])] = (top, height)
        elif cells[0] == "5" and cells[11].strip():
            line_top, line_height = lines.get(tuple(cells[1:5]), (top, height))
            if line_height > 2.2 * height or line_height > 90:
                line_top, line_height = top, height
            yield Word(
                cells[11].strip(),
                page,
                left,
                line_top,
                left + width,
                line_top + line_height,
                int(float(cells[10])),
            )


def _place(data: bytes, page: int) -> Path | None:
    home, known = _SHELF.get(), by_what()
    if home is None or not known:
        return None
    key = sha256(f"{_VERSION} {known} {page}\n".encode() + sha256(data).digest()).hexdigest()
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
