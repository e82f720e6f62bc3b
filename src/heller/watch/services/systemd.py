"""The text of a systemd user unit that watches a case, and its name. Pure; nothing is written here.

What confines it is what a user manager can do without privileges (systemd.exec(5)); what needs name spaces of
its own is ignored where the system allows none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from heller.watch.services.label import label

_UNIT = """\
# Written by: heller watch --install. Removed by: heller watch --uninstall
[Unit]
Description=Heller watches the line for {case}
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart={command}
Restart=always
RestartSec=5
KillMode=mixed
TimeoutStopSec=90
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
ProtectSystem=full
MemoryHigh=256M

[Install]
WantedBy=default.target
"""


def name_of(case: Path) -> str:
    """The unit's file name."""
    return f"{label(case)}.service"


def unit(command: Sequence[str], case: Path) -> str:
    """The text of the unit; paths are absolute."""
    words = " ".join(quote(word) for word in command)
    return _UNIT.format(command=words, case=plain(str(case)))


def quote(word: str) -> str:
    """One word of a command line as systemd reads it (systemd.service(5), "Command lines").

    >>> quote("/home/me/Fall 100 % $x")
    '"/home/me/Fall 100 %% $$x"'
    """
    inner = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{inner}"' if re.search(r"[^A-Za-z0-9_./=:,+@%-]", word) else inner


def plain(value: str) -> str:
    """A value in which no specifier is meant; a line end would begin another setting."""
    return re.sub(r"\s", " ", value).replace("%", "%%").rstrip("\\")
