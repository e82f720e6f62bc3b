"""The documents cannot drift: their examples run, their verbs exist, their links lead somewhere."""

import re
from inspect import signature
from pathlib import Path

import pytest

from heller.cli import verbs
from heller.cli.note import contact, ordered, policy

VERBS = [verb.name for verb in verbs.found("heller.cli")]
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


def test_no_use_of_a_verb_is_explained_twice() -> None:
    """Two rows for one thing drift apart: the first cell of each row is there once."""
    rows = re.findall(r"^\| (`heller .*?`) \|", (ROOT / "docs" / "commands.md").read_text(), re.MULTILINE)
    assert sorted({row for row in rows if rows.count(row) > 1}) == []


def test_a_verb_is_found_by_what_its_file_says() -> None:
    """Every file with a `run` at the door is a verb, in the order of its place; no list names them."""
    folder = ROOT / "src" / "heller" / "cli"
    doors = {path.stem for path in folder.glob("*.py") if "\ndef run(" in path.read_text()} - {"app"}
    doors |= {path.parent.name for path in folder.glob("*/__init__.py")}
    assert {verb.replace("-", "_") for verb in VERBS} == doors
    assert VERBS[0] == "open" and VERBS[-1] == "demo"


def test_the_forms_of_a_note_have_their_own_options() -> None:
    """One form, one file: what a policy takes is no option of a contact; no command lists itself."""
    forms = {verb.name for verb in verbs.found("heller.cli.note")}
    assert forms == {"contact", "fact", "purpose", "policy", "customer-claim", "measure", "correct"}
    assert "deductible" in signature(policy.run).parameters
    assert "deductible" not in signature(contact.run).parameters
    assert ordered(["note", "c", "angabe", "x", "y"]) == ["note", "fact", "c", "x", "y"]
    assert ordered(["note", "c", "promise", "x"]) == ["note", "contact", "c", "promise", "x"]
    assert ordered(["note", "c", "customer_claim", "x"]) == ["note", "customer-claim", "c", "x"]


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
