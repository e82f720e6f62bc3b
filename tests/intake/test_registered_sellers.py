"""The number of a register behind a seller's name is no part of the name."""

from __future__ import annotations

import pytest

from heller.intake.paper.parties import _unregistered


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("MUSTER TRADING SDN BHD (123456-K)", "MUSTER TRADING SDN BHD"),
        ("MUSTER (KL) SDN BHD (139386 X)", "MUSTER (KL) SDN BHD"),
        ("MUSTER S/B (519537-X", "MUSTER S/B"),
        ("MUSTER (M) BHD 12345-K)", "MUSTER (M) BHD"),
        ("Muster Ltd (Co. No.: 12345-X)", "Muster Ltd"),
        ("Muster Ltd Co. No.: 12345-X", "Muster Ltd"),
        ("MUSTER LTD 01234567", "MUSTER LTD"),
        ("Müller GmbH 12345", "Müller GmbH"),
        ("Studio 1848", "Studio 1848"),
        ("Muster Ltd Co No 1848", "Muster Ltd"),
        ("Muster 24 GmbH", "Muster 24 GmbH"),
        ("Muster (2015) GmbH", "Muster (2015) GmbH"),
        ("12345", "12345"),
        ("(12345)", "(12345)"),
    ],
)
def test_the_name_stays_whole(printed: str, name: str) -> None:
    """Only the number goes, never a letter of the name."""
    assert _unregistered(printed) == name


def test_a_long_line_costs_no_square() -> None:
    """Whatever is printed there, all of it comes back where no number ends it."""
    assert _unregistered(" " * 100_000 + "\x01") == "\x01"
