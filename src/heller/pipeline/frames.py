"""The tree of a working as two polars frames: its nodes, and the places that they stand in."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from heller.model.case import Case
from heller.model.text import Text
from heller.model.working_tree import WorkingTree

if TYPE_CHECKING:
    from polars import DataFrame


class WorkingFrames(NamedTuple):
    """`nodes`: path ('' is the root, '0.2' the third part of its first), depth, label, low, likely and high in cents
    (null without a figure), reason, rule, mark. `places`: path, number and name of the exhibit (null where it is none),
    sha256, place, raw."""

    nodes: DataFrame
    places: DataFrame


def frames(tree: WorkingTree, case: Case, say: Callable[[Text], str]) -> WorkingFrames:
    """The frames of a tree; `say` says its texts in a language, as `heller.dossier.wording.Words` does."""
    import polars as pl

    nodes, places = [], []
    for steps, node in tree.walk():
        path = ".".join(map(str, steps))
        amount = node.amount
        cents = (amount.low.cents, amount.likely.cents, amount.high.cents) if amount else (None, None, None)
        reason = say(node.reason) if node.reason else None
        rule = (node.norm.cite, node.norm.mark) if node.norm else (None, None)
        nodes.append((path, len(steps), say(node.label), *cents, reason, *rule))
        for source in node.sources:
            exhibit = case.exhibit_of(source.object)
            known = (exhibit.number, exhibit.name) if exhibit else (None, None)
            places.append((path, *known, source.object, source.place, source.raw))
    whole, words = pl.Int64, pl.String
    return WorkingFrames(
        pl.DataFrame(
            nodes,
            schema={
                "path": words,
                "depth": whole,
                "label": words,
                "low": whole,
                "likely": whole,
                "high": whole,
                "reason": words,
                "rule": words,
                "mark": words,
            },
            orient="row",
        ),
        pl.DataFrame(
            places,
            schema={
                "path": words,
                "exhibit": whole,
                "file": words,
                "sha256": words,
                "place": words,
                "raw": words,
            },
            orient="row",
        ),
    )
