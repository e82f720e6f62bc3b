"""The documents cannot drift: their examples run, their verbs exist, their links lead somewhere."""

import re
from inspect import signature
from pathlib import Path

import pytest

from heller.cli import verbs
from heller.cli.note import forms, ordered

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
    """One form, one kind: what a policy takes is no option of a contact; no command lists itself."""
    known = {form.name: forms.made(kind, form) for kind, form in forms.found()}
    assert {"contact", "offer", "fact", "purpose", "policy", "customer-claim", "measure"} <= set(known)
    assert [verb.name for verb in verbs.found("heller.cli.note")] == ["correct", "restore", "zone"]
    assert "deductible" in signature(known["policy"]).parameters
    assert "deductible" not in signature(known["contact"]).parameters
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
    assert "due 12,902.95" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    """Every link to a file of the project finds it."""
    for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
        if "://" not in target:
            assert (page.parent / target).exists(), target


def test_every_page_stands_in_the_index_once() -> None:
    """Learn, do, look up, understand: each page under `docs/` is in one of the four, and four there are."""
    index = (ROOT / "docs" / "README.md").read_text()
    assert re.findall(r"^## (\w+(?: \w+)?):", index, re.MULTILINE) == ["Learn", "Do", "Look up", "Understand"]
    listed = re.findall(r"\]\(([\w-]+\.md)\)", index)
    pages = {page.name for page in (ROOT / "docs").glob("*.md")} - {"README.md"}
    assert sorted(listed) == sorted(pages)


def terms() -> list[tuple[str, str, str, str]]:
    """The rows of the glossary: English word, meaning, German word, meaning."""
    page = (ROOT / "docs" / "glossary.md").read_text()
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in page.splitlines()
        if line[:1] == "|"
    ]
    return [row for row in rows if len(row) == 4 and row[0] != "English" and not row[0].startswith("---")]


def test_the_glossary_has_one_word_for_each_thing() -> None:
    """No English word stands for two German ones, no German for two English ones, no cell is empty."""
    english, _, german, _ = zip(*terms(), strict=True)
    assert len(english) > 40
    assert len(set(english)) == len(english) and len(set(german)) == len(german)
    assert all(cell for row in terms() for cell in row)


def test_the_words_of_the_glossary_are_those_that_the_program_says() -> None:
    """Each German word is in the catalogue, each English one in what is said or in the pages."""
    catalogue = (ROOT / "src/heller/locale/de/LC_MESSAGES/heller.po").read_text()
    said = (catalogue + "".join(page.read_text() for page in PAGES if page.name != "glossary.md")).lower()
    assert [german for _, _, german, _ in terms() if german.lower() not in catalogue.lower()] == []
    assert [english for english, *_ in terms() if english.lower() not in said] == []
