"""`heller --help` says what it is for, at once and in any width."""

from __future__ import annotations

import subprocess
import sys

import pytest

from heller.cli import app, first_page, verbs


@pytest.mark.parametrize("argv", first_page.ASKED_FOR)
def test_every_verb_stands_on_the_first_page(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Each verb is listed with what it does, in the order of their places, in both languages."""
    for lang, usage in (("en", "Usage: heller COMMAND"), ("de", "Aufruf: heller BEFEHL")):
        assert app.run([*argv, "--lang", lang]) == 0
        said = capsys.readouterr().out
        listed = [line.split()[0] for line in said.splitlines() if line[:2] == "  " != line[2:4]]
        assert said.startswith(usage)
        assert listed == [*(verb.name for verb in verbs.found(app.HOME)), "--help", "--version"]


def test_a_narrow_terminal_folds_what_a_verb_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is wider than the terminal, and no word of what a verb does is lost."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "48")
    said = first_page.first_page(app.HOME)
    assert max(map(len, said.splitlines())) <= 48
    assert all(verb.does.id in " ".join(said.split()) for verb in verbs.found(app.HOME))


def test_the_first_page_loads_nothing_that_a_verb_needs() -> None:
    """Neither what parses a command line nor what lays out a terminal, nor the casefile."""
    found = _loaded("from heller.cli import app; app.run(['--help'])")
    assert not {"cyclopts", "rich", "heller.casefile", "heller.law", "polars"} & found


def test_a_kept_case_is_shown_without_what_works_it_out() -> None:
    """The verbs that take what is kept load no detection, no law of a country, no typesetting."""
    found = _loaded(
        "from heller.cli import show, claim, questions, deadlines, inbox, missing; "
        "from heller import casefile; casefile.claim, casefile.tasks"
    )
    assert not {"heller.pipeline", "heller.outage", "heller.law.country", "polars", "numpy", "typst"} & found


def test_a_case_is_shown_without_what_reads_many_files() -> None:
    """Where nothing is read anew no pool of threads is loaded, and nothing that asks what a process uses."""
    found = _loaded(
        "from heller.cli import show; from heller import pipeline; from heller.casefile import assembled"
    )
    assert not {"concurrent.futures", "logging", "psutil"} & found


def _loaded(code: str) -> set[str]:
    """The modules that a fresh interpreter has loaded after some code."""
    code += "; import sys; print('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split())
