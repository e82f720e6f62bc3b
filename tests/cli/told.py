"""What `heller outages` tells a machine."""

from __future__ import annotations

import json
from typing import Any

import pytest

from heller.cli import app


def outages(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> Any:
    """The JSON that `heller outages` prints."""
    assert app.run(["outages", *words, "--json", "--lang", "en"]) == code
    return json.loads(capsys.readouterr().out)


def codes(found: Any) -> set[str]:
    """The codes of the findings."""
    return {finding["code"] for finding in found["findings"]}
