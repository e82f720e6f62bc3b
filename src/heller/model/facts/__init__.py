"""The facts that a case may state: one row each in the files of this folder, one file per group.

A file that is added here is found; its rows are its constants.
"""

from __future__ import annotations

from typing import Any

from heller.model.fact_spec import FactSpec as FactSpec
from heller.model.fact_spec import Side as Side
from heller.model.scan import modules


def _rows() -> dict[str, FactSpec[Any]]:
    groups = sorted(modules(__name__), key=lambda group: group.PLACE)
    rows = [row for group in groups for row in vars(group).values() if isinstance(row, FactSpec)]
    return {row.key: row for row in rows}


FACTS: dict[str, FactSpec[Any]] = _rows()
