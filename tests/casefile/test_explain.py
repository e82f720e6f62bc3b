"""Every figure, bound and verdict of the shipped case can be taken apart, down to the exhibits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from heller import casefile, pipeline
from heller.cli import app, demo
from heller.dossier.wording import Words
from heller.model.claim import Claim


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped case."""
    folder = tmp_path_factory.mktemp("explain") / "case"
    casefile.open_case(folder)
    casefile.add(folder, demo.inputs(demo.EXAMPLE))
    return folder


@pytest.fixture(scope="module")
def claim(case: Path) -> Claim:
    """Its claim."""
    return casefile.claim(case, demo.AS_OF)


def test_each_name_is_explained_in_both_languages(claim: Claim) -> None:
    """No name leads nowhere, and each node of each tree is said."""
    names = pipeline.explicable(claim)
    assert {"due", "damage", "overtime", "cap", "interest", "outage.1.start", "outage.1.cause"} <= set(names)
    for what in names:
        for lang in ("de", "en"):
            say = Words(lang, claim.case.tz, claim.case.trade)
            assert all(say(node.label) for _, node in pipeline.explain(claim, what).walk()), what
    with pytest.raises(LookupError):
        pipeline.explain(claim, "moon")


def test_the_tree_of_what_is_due_adds_up_and_ends_in_exhibits(claim: Claim) -> None:
    """The steps lead to the sum, the heads to the damage, the flows of a head to the head."""
    due = pipeline.explain(claim, "due")
    assert due.amount == claim.waterfall.due == due.parts[-1].parts[1].amount
    damage = pipeline.explain(claim, "damage")
    likely = sum(
        part.amount.likely.cents
        for part, head in zip(
            damage.parts, dict.fromkeys(p.head for p in claim.assessment.positions), strict=True
        )
        if part.amount and any(p.recoverable for p in claim.assessment.positions if p.head == head)
    )
    assert likely == claim.assessment.total.likely.cents
    places = {source.object for _, node in due.walk() for source in node.sources}
    cited = {source.object for one in claim.assessment.positions for source in one.sources}
    assert cited <= places


def test_a_bound_names_who_saw_it(claim: Claim) -> None:
    """The end of the outage rests on the probes, and names the ends that others claim."""
    end = pipeline.explain(claim, "outage.1.end")
    numbers = {
        exhibit.number
        for _, node in end.walk()
        for source in node.sources
        if (exhibit := claim.case.exhibit_of(source.object))
    }
    assert len(end.parts) >= 2 + len(claim.outages[0].ends) and {8, 17} <= numbers


def test_the_frames_hold_the_same(claim: Claim) -> None:
    """As many rows as nodes, the root first, the cents of each, a row for each place."""
    tree = pipeline.explain(claim, "overtime")
    nodes, places = pipeline.frames(tree, claim.case, Words("en", claim.case.tz, claim.case.trade))
    assert nodes.height == len(list(tree.walk())) and nodes["path"][0] == ""
    assert nodes["likely"][0] == 278113 and nodes["rule"][0] == "§ 249 BGB"
    assert places.height == sum(len(node.sources) for _, node in tree.walk())
    assert set(places["exhibit"].drop_nulls()) >= {7, 21}


def test_the_verb_prints_the_tree(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As text with the exhibits, as JSON with all parts, and the list of names without one."""
    day = f"--as-of={demo.AS_OF}"
    assert app.run(["explain", str(case), "overtime", day, "--lang", "en"]) == 0
    assert "Exhibit\N{NO-BREAK SPACE}K\N{NO-BREAK SPACE}21" in capsys.readouterr().out
    assert app.run(["explain", str(case), "cap", day, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rule"]["cite"]
    assert app.run(["explain", str(case), day]) == 0
    assert "outage.1.start" in capsys.readouterr().out.splitlines()
    assert app.run(["explain", str(case), "moon", day]) == 3
