"""What others' programs do for us is done by them alone, and what is kept as data has one source."""

import ast
from pathlib import Path

HOUSE = Path(__file__).parents[2] / "src" / "heller"


def imported() -> dict[str, set[str]]:
    """Which files import which packages, by the first part of the name."""
    found: dict[str, set[str]] = {}
    for path in sorted(HOUSE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for name in names:
                found.setdefault(name.partition(".")[0], set()).add(path.relative_to(HOUSE).as_posix())
    return found


def test_public_holidays_have_one_source() -> None:
    """The days that the law keeps: nobody asks the library, whose next version may know others."""
    assert "holidays" not in imported()


def test_calendars_are_written_and_read_by_icalendar() -> None:
    """One writer for both verbs, one reader for calendars; nobody writes BEGIN:VEVENT by hand."""
    assert imported()["icalendar"] == {"dossier/calendar_file.py", "intake/readers/calendar.py"}
    written = (path for room in ("cli", "dossier", "web") for path in (HOUSE / room).rglob("*.py"))
    assert not any("BEGIN:VEVENT" in path.read_text() for path in written)
