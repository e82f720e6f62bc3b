"""The house inside: no room of it has a circle, the two largest have six floors at most, no file is long."""

from __future__ import annotations

import ast
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src" / "heller"
MOST = {"intake": 6, "law": 6}
LINES = 300  # of a file


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """The script behind `make house`."""
    spec = importlib.util.spec_from_file_location("house_script", ROOT / "tools" / "house.py")
    assert spec is not None and spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module")
def named(script: ModuleType) -> dict[str, set[str]]:
    """Which module imports which."""
    known = script.modules(HOUSE)
    trees = {module: ast.parse(path.read_text()) for module, path in known.items()}
    return {module: set(script.imports(tree, known)) - {module} for module, tree in trees.items()}


@pytest.mark.parametrize("room", MOST)
def test_a_newcomer_can_tell_the_floors_of_a_room(
    room: str, script: ModuleType, named: dict[str, set[str]]
) -> None:
    """The longest chain of arrows inside goes through six rooms."""
    assert script.floors(script.arrows(f"heller.{room}", named)) <= MOST[room]


def test_no_room_has_a_circle_inside(script: ModuleType, named: dict[str, set[str]]) -> None:
    """Whoever changes a room knows which others can notice it."""
    rooms = sorted({module.split(".")[1] for module in named if module.count(".") > 1})
    assert {
        room: found for room in rooms if (found := script.circles(script.arrows(f"heller.{room}", named)))
    } == {}


def test_a_file_is_read_at_one_sitting() -> None:
    """No file has more than 300 lines; what grows is split by what it holds."""
    lines = {path: len(path.read_text("utf-8").splitlines()) for path in HOUSE.rglob("*.py")}
    assert {str(path.relative_to(HOUSE)): n for path, n in lines.items() if n > LINES} == {}
