"""JSON as programs and their APIs give lists (incidents, checks, changes of state), as the rows of a table: each object
is a row, its fields the headings, inner objects by the names of their fields. What the rows mean is not known here.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

LONGEST = 200  # characters of a cell
_HARD = {"state_type", "hard_state"}  # who writes one of these writes states as Icinga's numbers: 0 is up
_CODES = ("state", "last_state", "hard_state", "previous_hard_state", "last_hard_state")
_CARRIED = ("entity_id",)  # fields that Home Assistant writes in the first of a run only


def as_csv(values: list[Any]) -> str:
    """The largest list of objects of the documents as CSV; '' where there is none."""
    lists = [found for value in values for found in _lists(value)]
    if len(values) > 1 and (objects := [value for value in values if isinstance(value, dict) and value]):
        lists.append(objects)
    # Runs of several sensors stand in lists beside each other: together they are one table.
    rows = [row for found in _alike(lists) for row in _filled(found)]
    heads = list(dict.fromkeys(key for row in rows for key in row))
    if not rows or len(heads) < 2:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows([[row.get(key, "") for key in heads] for row in rows])
    return out.getvalue()


def _alike(lists: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """The largest list, and those with the same fields."""
    if not lists:
        return []
    largest = max(lists, key=len)
    keys = set(largest[0])
    return [found for found in lists if keys & set(found[0]) == keys or set(found[0]) <= keys]


def _lists(value: Any) -> Iterator[list[dict[str, Any]]]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _lists(inner)
    elif isinstance(value, list):
        if value and all(isinstance(one, dict) and one for one in value):
            yield value
        for inner in value:
            yield from _lists(inner)


def _filled(found: list[dict[str, Any]]) -> Iterator[dict[str, str]]:
    """The rows flat; what only the first of a run says is carried on."""
    carried: dict[str, str] = {}
    for one in found:
        row = dict(_cells(one))
        carried |= {key: row[key] for key in _CARRIED if key in row}
        yield {**carried, **row}


def _cells(one: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The fields with a value; of inner objects their own names, where the outer object has no such field."""
    for key, value in one.items():
        if key in _CODES and _HARD & one.keys() and str(value).split(".")[0].isdigit():
            yield key, "up" if str(value).startswith("0") else "down"
        elif isinstance(value, dict):
            yield from ((k, v) for k, v in _cells(value) if k not in one)
        elif isinstance(value, bool):
            yield key, "true" if value else "false"
        elif isinstance(value, str | int | float):
            yield key, str(value)[:LONGEST]
