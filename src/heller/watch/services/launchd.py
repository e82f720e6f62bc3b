"""The text of a launchd agent of macOS that watches a case (launchd.plist(5)). Pure; nothing is written here."""

from __future__ import annotations

import plistlib
from collections.abc import Sequence
from pathlib import Path

from heller.watch.services.label import label

PREFIX = "org.heller."
AGAIN_S = 5  # seconds until it is started again


def name_of(case: Path) -> str:
    """The agent's file name; without its ending it is the agent's label."""
    return f"{PREFIX}{label(case)}.plist"


def agent(command: Sequence[str], case: Path) -> str:
    """The text of the agent; paths are absolute. It begins with the session of its user, and again whenever it ends."""
    said = {
        "Label": name_of(case).removesuffix(".plist"),
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "KeepAlive": True,
        "ThrottleInterval": AGAIN_S,
        "ProcessType": "Background",
    }
    return plistlib.dumps(said, sort_keys=False).decode()
