"""Draws a specification. The only place that loads the drawing engine."""

from __future__ import annotations

from functools import cache
from importlib import resources

from heller.dossier.charts.style import Spec


@cache
def _fonts() -> None:
    """Register our fonts, once and before the first picture: later calls are ignored."""
    import vl_convert

    vl_convert.register_font_directory(str(resources.files("heller.dossier") / "fonts"))


def svg(spec: Spec, lang: str) -> str:
    """The picture as SVG, numbers and dates in the given language."""
    import vl_convert

    _fonts()
    if lang == "de":
        return vl_convert.vegalite_to_svg(spec, format_locale="de-DE", time_format_locale="de-DE")
    return vl_convert.vegalite_to_svg(spec, format_locale="en-GB", time_format_locale="en-GB")
