"""Forms of a PDF (ISO 32000-1, 8.10): where one lies as it is drawn, one laid over another; small PDFs of parts."""

from __future__ import annotations

import io
from typing import Final

import pikepdf
from pikepdf import Array

PACKED: Final = 2  # of 9: packed fast, half the time of the sixth level for a tenth more bytes


def packed(pdf: pikepdf.Pdf) -> bytes:
    """A PDF of parts, its streams deflated by qpdf: the same bytes on every machine, whatever was made before."""
    pikepdf.settings.set_flate_compression_level(PACKED)
    out = io.BytesIO()
    pdf.save(out, static_id=True)
    return out.getvalue()


def box(form: pikepdf.Object) -> pikepdf.Rectangle:
    """The box that a form covers where it is drawn, turned as its matrix turns it."""
    return _matrix(form).transform(pikepdf.Rectangle(*(float(side) for side in form.BBox)))


def lay(form: pikepdf.Object, width: float, height: float) -> None:
    """Change a form so that it covers a rectangle of this size at the origin."""
    turn, old = _matrix(form), box(form)
    across, down = width / old.width, height / old.height
    form.Matrix = Array(
        [
            turn.a * across,
            turn.b * down,
            turn.c * across,
            turn.d * down,
            (turn.e - old.llx) * across,
            (turn.f - old.lly) * down,
        ]
    )


def _matrix(form: pikepdf.Object) -> pikepdf.Matrix:
    return pikepdf.Matrix(*(float(one) for one in form.get("/Matrix", Array([1, 0, 0, 1, 0, 0]))))
