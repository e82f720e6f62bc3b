"""The sample case, made once and copied for each test that writes."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from heller import casefile

sys.path.insert(0, str(Path(__file__).parents[2]))  # what tests share is imported as `tests.web`

from tests.web import web_sample

from heller.web import memory


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow machine pages wait for the case, but where a test looks at that."""
    monkeypatch.setattr(memory, "PATIENCE", 60.0)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample case; nobody may write into it."""
    return web_sample.case_in(tmp_path_factory.mktemp("sample"))


@pytest.fixture
def own(sample: Path, tmp_path: Path) -> Path:
    """A copy of the sample case that a test may change."""
    return Path(shutil.copytree(sample, tmp_path / "case"))


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A case in which nothing is yet."""
    casefile.open_case(tmp_path / "empty")
    return tmp_path / "empty"
