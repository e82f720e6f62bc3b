"""heller install-desktop: an entry in the menu of the desktop that opens the browser where a case is begun."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from heller.cli import screen
from heller.cli.written_file import writing
from heller.model.text import text

PLACE = 292
VERB = text("Put Heller into the menu of the desktop.")
ENTRY = """[Desktop Entry]
Type=Application
Name=Heller
Comment=Proves an outage and works out the damage
Comment[de]=Weist einen Ausfall nach und berechnet den Schaden
Exec={command}
Icon={icon}
Terminal=true
Categories=Office;
"""
SCRIPT = "@echo off\r\n{command}\r\n"


def run() -> None:
    """An entry in the menu of the desktop."""
    place, content = entry(sys.platform, Path.home())
    why = text("Without that file the menu does not know Heller.")
    with writing(place, why, text("Check the folder, or start Heller with: heller")):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")
        if sys.platform == "darwin":
            place.chmod(0o755)
    screen.out().print(screen.words()(text("Written: {path}", path=str(place))), soft_wrap=True)


def entry(platform: str, home: Path) -> tuple[Path, str]:
    """Where the entry lies on a platform, and what stands in it: the interpreter of this Heller by its whole path."""
    words = [sys.executable, "-P", "-m", "heller", "start"]
    if platform == "win32":
        menu = (
            Path(os.environ.get("APPDATA", home / "AppData" / "Roaming"))
            / "Microsoft/Windows/Start Menu/Programs"
        )
        return menu / "Heller.cmd", SCRIPT.format(command=" ".join(f'"{word}"' for word in words))
    if platform == "darwin":
        command = " ".join("'" + word.replace("'", "'\\''") + "'" for word in words)
        return home / "Applications" / "Heller.command", f"#!/bin/sh\nexec {command}\n"
    icon = Path(__file__).parents[1] / "web" / "static" / "icon.svg"
    shared = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    command = " ".join(_quoted(word) for word in words)
    return shared / "applications" / "heller.desktop", ENTRY.format(command=command, icon=icon)


def _quoted(word: str) -> str:
    """A word of an Exec line: quoted, with what the Desktop Entry Specification reserves escaped."""
    for sign in ("\\", '"', "`", "$"):
        word = word.replace(sign, "\\" + sign)
    return '"' + word.replace("\\", "\\\\").replace("%", "%%") + '"'
