"""The documents of a file that holds several, each as a file of its own: pages of a PDF, frames of a TIFF.

Which page begins a document is told by `heller.intake.paper.several`.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from heller.intake.attachments import pdf_in
from heller.model.record import Blob


def of_pdf(blob: Blob, parts: Sequence[range]) -> tuple[Blob, ...]:
    """Ranges of the pages of a PDF, from 0, as PDFs. Raises InputRefused where qpdf cannot open it."""
    import pikepdf

    files = []
    with pdf_in(blob.data) as whole:
        for part in parts:
            cut, out = pikepdf.new(), io.BytesIO()
            cut.pages.extend(whole.pages[part.start : part.stop])
            cut.save(out, deterministic_id=True)
            files.append(Blob(_name(part, "pdf"), out.getvalue(), blob.digest))
    return tuple(files)


def of_frames(frames: Sequence[bytes], parts: Sequence[range], digest: str) -> tuple[Blob, ...]:
    """Ranges of the frames of a TIFF: a single one as the picture that it is, several as a TIFF."""
    return tuple(
        Blob(_name(part, "png"), frames[part.start], digest)
        if len(part) == 1
        else Blob(_name(part, "tif"), _tiff(frames[part.start : part.stop]), digest)
        for part in parts
    )


def _tiff(frames: Sequence[bytes]) -> bytes:
    from PIL import Image

    first, *more = [Image.open(io.BytesIO(frame)) for frame in frames]
    out = io.BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=more, compression="tiff_deflate")
    return out.getvalue()


def _name(part: range, ending: str) -> str:
    """
    >>> _name(range(1, 2), "pdf"), _name(range(1, 3), "pdf")
    ('page-2.pdf', 'pages-2-3.pdf')
    """
    first, last = part.start + 1, part.stop
    return f"page-{first}.{ending}" if first == last else f"pages-{first}-{last}.{ending}"
