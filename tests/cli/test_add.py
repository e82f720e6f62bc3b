"""What heller add says of many files."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.big_case import make

from heller.cli import app


def test_alike_doubts_about_many_files_are_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ten papers that wait for a look are one doubt with an example; each by itself is listed by show."""
    case, files = tmp_path / "case", make(tmp_path / "files", 0.1)
    papers = [str(path) for path in files if path.suffix == ".pdf"]
    assert app.run(["open", str(case)]) == 0
    capsys.readouterr()
    assert app.run(["add", str(case), *papers]) == 0
    said = capsys.readouterr().out
    assert said.count("counts only after somebody has looked at it") == 1
    assert f"{len(papers) - 1} more like it" in said and "--every-doubt" in said
    assert app.run(["show", str(case), "--every-doubt"]) == 0
    assert capsys.readouterr().out.count("counts only after somebody has looked at it") == len(papers)
