"""Erasing a person: redacted copies take the sheets' place with the same sums, then the sheets are gone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.web import web_sample

from heller import casefile
from heller.casefile.echo import sums
from heller.casefile.writing.redact import named_in, redact
from heller.model.case_change import ChangeKind
from heller.model.errors import InputRefused

DAY = date(2015, 6, 30)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A small case whose hours, wages and contacts name people."""
    return web_sample.case_in(tmp_path, "ping.log")


def test_the_sums_stay_and_the_name_is_gone(case: Path) -> None:
    """Hours, wages and contacts are replaced together, so hours and wages still find each other."""
    before, names = sums(casefile.claim(case, DAY)), {e.number: e.name for e in casefile.load(case).exhibits}
    found = named_in(case, casefile.load(case), "Herr Probe")
    assert {names[number] for number in found} == {"kontakte.csv", "stunden.csv", "loehne.csv"}
    done = redact(case, "Herr Probe", "Antrag einer Person", "Art. 17 DSGVO", DAY)
    assert sums(casefile.claim(case, DAY)) == before
    assert set(done.replaced) == set(found) and done.left == ()
    left = b"".join(p.read_bytes() for p in case.rglob("*") if p.is_file() and "derived" not in p.parts)
    assert b"Herr Probe" not in left
    erased = [
        one.exhibit for one in casefile.load(case).changes if one.kind is ChangeKind.ERASED and one.exhibit
    ]
    assert set(erased) == set(done.replaced), "the register says so"


def test_where_a_sum_would_move_nothing_is_erased(case: Path) -> None:
    """A name that is more than a name, such as the firm's or the head of a column, is refused."""
    before, entries = sums(casefile.claim(case, DAY)), len(casefile.load(case).exhibits)
    with pytest.raises(InputRefused):
        redact(case, "Mitarbeiter", "x", "", DAY)
    assert sums(casefile.claim(case, DAY)) == before
    assert not [one for one in casefile.load(case).changes if one.kind is ChangeKind.ERASED]
    assert len([e for e in casefile.load(case).exhibits if not e.withdrawn]) == entries
    with pytest.raises(InputRefused):
        redact(case, "Nemo Niemand", "x", "", DAY)
