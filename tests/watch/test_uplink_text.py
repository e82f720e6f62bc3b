"""Uplinks changed in the text of a watch.toml: nothing else of it moves."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heller.watch.config import Config, UplinkTable
from heller.watch.uplink_text import uplinks_of, with_uplinks

FILE = """# ours
deadline = 2.0   # late

[[uplink]]  # the old line
name = "main"
interface = "eth0"

[[target]]
address = "192.0.2.1"  # a witness
name = "our [server]"

[[uplink]]
name = "mobile"
budget_mb = 500

[[router]]
name = "box"
kind = "fritzbox"
address = "192.168.178.1"
secret = "~/box"
"""
NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)


@pytest.mark.parametrize("raw", ["", "deadline = 2.0\n", FILE])
def test_only_the_uplinks_change(raw: str) -> None:
    """Comments, targets and routers stay where they are; the same change once more changes nothing."""
    made = with_uplinks(
        raw, [UplinkTable("main", "", "eth1"), UplinkTable("LTE", budget_mb=250.5, raised=True)]
    )
    assert [one.name for one in uplinks_of(made)] == ["main", "LTE"]
    kept = [line for line in raw.splitlines() if line and "uplink" not in line]
    own = {'name = "main"', 'interface = "eth0"', 'name = "mobile"', "budget_mb = 500"}
    assert [line for line in kept if line not in own and line not in made] == []
    assert with_uplinks(made, uplinks_of(made)) == made
    before, after = (msgspec.structs.asdict(msgspec.toml.decode(one, type=Config)) for one in (raw, made))
    assert {**before, "uplink": ()} == {**after, "uplink": ()}


@given(st.lists(NAMES, min_size=1, max_size=4, unique=True), st.floats(0, 1e8))
def test_every_name_and_budget_comes_back(names: list[str], budget: float) -> None:
    """What is written is read as it was said, with quotes, brackets and signs of any script."""
    said = tuple(UplinkTable(name, budget_mb=budget) for name in names)
    assert uplinks_of(with_uplinks(FILE.partition("[[router]]")[0], said)) == said


@pytest.mark.parametrize(
    "raw",
    [
        'deadline = 2.0\nuplink = [{ name = "main" }]\n',
        '[[target]]\naddress = "192.0.2.1"\nname = """\n[[uplink]]\nname = "x"\n"""\n',
        "deadline = \n",
    ],
)
def test_what_it_cannot_change_is_refused(raw: str) -> None:
    """An uplink written in another way, or inside a string: the file is left to its owner."""
    with pytest.raises(ValueError, match=r".+"):
        with_uplinks(raw, [UplinkTable("main")])


def test_a_plan_that_could_not_run_is_refused() -> None:
    """Two of one name, an address that is none."""
    for said in ([UplinkTable("a"), UplinkTable("a")], [UplinkTable("a", source="x")]):
        with pytest.raises(ValueError, match=r".+"):
            with_uplinks("", said)
