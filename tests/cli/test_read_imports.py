"""What `heller read FILE --json` does without: a cold start is quick because of what is not imported.

The file is read in a process of its own, so both are looked at: the one that asks and the one that reads.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

CASE = Path(__file__).parents[2] / "examples" / "2015-companyconnect"
NEVER = {
    "babel", "django", "hypothesis", "heller.casefile.fold", "heller.damage", "heller.dossier.names", "heller.law",
    "heller.web", "holidays", "icalendar", "jinja2", "numpy", "olefile", "openpyxl", "PIL", "pikepdf",
    "python_calamine", "rich.console", "saxonche", "typst", "yaml",
}  # fmt: skip
OF_PAPER = {"pypdfium2", "heller.intake.paper.sums"}  # what the pages of a PDF are read with
WHOLE_PAPER = {"heller.intake.paper.ocr", "heller.intake.paper.parties", "heller.intake.paper.reading"}
OF_MAIL = {"email.message", "html.parser"}
# The layouts of bank tables are YAML, and any table may be one.
WITHOUT = {
    "rechnung-datenvolumen.xml": NEVER | OF_PAPER | WHOLE_PAPER | OF_MAIL,
    "rechnung-lte-router.pdf": NEVER | WHOLE_PAPER | OF_MAIL,
    "kontoauszug-2015-02.xml": NEVER | OF_PAPER | WHOLE_PAPER | OF_MAIL,
    "bestellungen.csv": NEVER - {"yaml"} | OF_PAPER | WHOLE_PAPER | OF_MAIL | {"lxml.etree"},
    "router-syslog.log": NEVER - {"numpy"} | OF_PAPER | WHOLE_PAPER | OF_MAIL | {"lxml.etree"},
}
CODE = (
    "import sys; from heller.cli import app; code = app.run(sys.argv[1:]); "
    "print(' '.join(sorted(sys.modules)), file=sys.stderr); sys.exit(code)"
)
READING = (
    "import sys; from pathlib import Path; from heller.casefile.derived.reading_anew import packed; "
    "path = Path(sys.argv[1]); packed(path.name, 'd', '', [], 'Europe/Berlin', {}, '', path.read_bytes()); "
    "print(' '.join(sorted(sys.modules)))"
)


@pytest.mark.parametrize("name", WITHOUT)
def test_a_file_is_read_with_what_it_needs_and_no_more(name: str) -> None:
    """Every reader is asked about every file; only the one that reads it loads its libraries."""
    done = subprocess.run(
        [sys.executable, "-c", READING, str(CASE / name)], check=True, capture_output=True, text=True
    )
    loaded = set(done.stdout.split())
    assert "heller.intake.readers.pdf" in loaded  # it was asked
    assert sorted(WITHOUT[name] & loaded) == []


def test_who_asks_loads_no_reader() -> None:
    """The process of `heller read` shows what was read; no library that reads is loaded in it."""
    done = subprocess.run(
        [sys.executable, "-c", CODE, "read", str(CASE / "rechnung-lte-router.pdf"), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    loaded = set(done.stderr.split())
    assert [one for one in loaded if one.startswith("heller.intake.readers.")] == []
    assert sorted((NEVER - {"yaml"} | OF_PAPER | WHOLE_PAPER | OF_MAIL | {"lxml.etree"}) & loaded) == []
    assert '"picture"' in done.stdout


def test_a_hybrid_is_compared_with_its_pages() -> None:
    """The pages are read, though less of them: the sums on them bear the data out."""
    command = [sys.executable, "-c", READING, str(CASE / "rechnung-lte-router.pdf")]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert OF_PAPER | {"heller.intake.einvoice.against_picture"} <= set(done.stdout.split())
