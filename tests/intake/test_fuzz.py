"""A few hundred broken files in every test run; `make fuzz` runs as long as one likes."""

from __future__ import annotations

import random

from tests.intake import fuzz
from tests.intake.samples import blob

TRIES = 150


def test_broken_files_cost_a_finding_and_nothing_else() -> None:
    """No reader raises, breaks or rejects more rows than there are, whatever file it is given."""
    dice = random.Random(2015)
    files = [file for file in fuzz.seeds() if not file.name.endswith(fuzz.SELDOM)]
    assert len(files) > 30
    for _ in range(TRIES):
        one, other = dice.choice(files), dice.choice(files)
        data = fuzz.broken(one.data, other.data, dice)
        assert list(fuzz.faults(blob(one.name, data))) == [], one.name
