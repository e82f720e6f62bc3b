"""What Heller stands on is listed, and none of it is under a licence that may not be there at run time."""

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_the_bill_of_materials_is_that_of_the_lock() -> None:
    """Every package with its licence, none under GPL or AGPL, both pages up to date."""
    command = [sys.executable, "tools/bill_of_materials.py", "--check"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "licence", ["GPL-3.0-only", "AGPL-3.0", "GNU General Public License v2 (GPLv2)", "MIT OR GPL-2.0"]
)
def test_a_licence_that_may_not_be_there_is_found(licence: str) -> None:
    """Also where it is one of two; LGPL is another matter."""
    tool = runpy.run_path(str(ROOT / "tools" / "bill_of_materials.py"))
    part = tool["Part"]("x", "1", "", (), licence)
    assert tool["faults"]([part]) and not tool["faults"]([part._replace(licence="LGPL-2.1")])
