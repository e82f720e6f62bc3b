"""Opens pictures: in shades of grey, upright as the camera says, no larger than is of use, within a limit of size."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

from heller.model.errors import InputRefused
from heller.model.text import text

if TYPE_CHECKING:
    from PIL.Image import Image

PIXELS = 80_000_000  # of one picture
LONG_SIDE = 3600  # pixels: A4 at about 300 dots an inch
SHORT = 1500  # pixels of the long side below which a picture is enlarged


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


@cache
def _knows_heic() -> None:
    """Let the library open photos of phones in HEIC."""
    import pi_heif

    pi_heif.register_heif_opener()


def _sized(picture: Image) -> Image:
    """Shrunk to about 300 dots an inch; small pictures are enlarged, for letters need 20 pixels."""
    long = max(picture.size)
    if long > LONG_SIDE:
        factor = LONG_SIDE / long
    elif long < SHORT:
        factor = min(2.0, SHORT / max(long, 1))
    else:
        return picture
    size = (max(1, round(picture.width * factor)), max(1, round(picture.height * factor)))
    return picture.resize(size, 3)  # bicubic
