"""The documents cannot drift: their examples run, their verbs exist, their links lead somewhere."""

import re
from pathlib import Path

import pytest

from heller.cli.app import VERBS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_explained(verb: str) -> None:
    """Nobody meets a command that the manual does not know."""
    assert f"heller {verb}" in (ROOT / "docs" / "commands.md").read_text()


def test_no_verb_is_explained_that_is_not_there() -> None:
    """What isn't there isn't offered."""
    offered = set(re.findall(r"`heller ([\w-]+)", (ROOT / "docs" / "commands.md").read_text()))
    assert offered <= set(VERBS)


def test_the_example_of_the_library_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The code on the page, as it stands."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    (code,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "library.md").read_text(), re.DOTALL)
    exec(compile(code, "library.md", "exec"), {})
    assert "due 12,649.95" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of the project finds it."""
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target
