"""The claim for programs fits its schema, and its sums can be recomputed from it."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.dossier import fixture

from heller import dossier

SCHEMA = Path(dossier.__file__).parent / "heller-claim-1.schema.json"


@pytest.fixture(scope="module")
def claim() -> dict[str, Any]:
    """The claim made by hand, as a program gets it."""
    loaded: dict[str, Any] = json.loads(json.dumps(dossier.claim_json(fixture.claim())))
    return loaded


def test_it_fits_the_schema_that_is_shipped(claim: dict[str, Any]) -> None:
    """Draft 2020-12, nothing beyond what the schema names."""
    schema = json.loads(SCHEMA.read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(claim, schema)


@pytest.mark.parametrize("key", ["positions", "flows", "outages", "waterfall", "exhibits"])
def test_the_schema_misses_what_is_left_out(claim: dict[str, Any], key: str) -> None:
    """Leaving out a main part is refused: the schema is not empty words."""
    schema = json.loads(SCHEMA.read_text())
    cut = {name: value for name, value in claim.items() if name != key}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(cut, schema)


def numbers(value: Any) -> Any:
    """Every number in it."""
    if isinstance(value, dict):
        for inner in value.values():
            yield from numbers(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from numbers(inner)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield value


def test_money_is_in_whole_cents(claim: dict[str, Any]) -> None:
    """No amount is a float: a program on another machine gets the same cents."""

    def cents(value: Any) -> Any:
        if isinstance(value, dict):
            if "cents" in value:
                yield value["cents"]
            for inner in value.values():
                yield from cents(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from cents(inner)

    found = list(cents(claim))
    assert found
    assert all(type(c) is int for c in found)


def test_it_is_the_same_when_made_again(claim: dict[str, Any]) -> None:
    """The order of everything in it is fixed."""
    again = json.dumps(dossier.claim_json(fixture.claim()))
    assert again == json.dumps(claim)


def test_degrees_of_fault_stand_beside_the_steps(claim: dict[str, Any]) -> None:
    """Each column has one figure for each step; an older claim without them still fits the schema."""
    assert [one["key"] for one in claim["scenarios"]] == ["simple", "intent"]
    assert all(len(one["running"]) == len(claim["waterfall"]) for one in claim["scenarios"])
    assert claim["scenarios"][1]["cap"] is None
    older = {key: value for key, value in claim.items() if key != "scenarios"}
    jsonschema.validate(older, json.loads(SCHEMA.read_text()))
