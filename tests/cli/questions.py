"""Single questions of law, asked as a person at the command line asks them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from heller.cli import app


def asked(question: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """The JSON answer to a question."""
    assert app.run(["law", *question.split(), "--json", "--lang", "en"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found
