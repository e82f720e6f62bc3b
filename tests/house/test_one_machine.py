"""What only some operating systems have is called in one room, `machine/`, which has an answer for the others."""

from __future__ import annotations

import re
from pathlib import Path

HOUSE = Path(__file__).parents[2] / "src" / "heller"
APART = (HOUSE / "machine", HOUSE / "casefile" / "bundle" / "sheets")  # the latter travel with a bundle
ONLY_SOME = re.compile(
    r"\bfcntl\b|\bmsvcrt\b|\bimport (resource|pwd|grp|termios|winreg)\b|\bclock_gettime"
    r"|\bos\.(open|pread|pwrite|posix_fallocate|fdatasync|sync|link|killpg|fork|getuid|geteuid|sysconf|mkfifo)\b"
    r"|\.(add|remove)_(reader|writer|signal_handler)\b|\bsignal\.(SIGKILL|SIGHUP|SIGALRM|pthread_)"
)


def test_what_only_some_systems_have_is_called_in_one_room() -> None:
    """Locks, reading at an offset, handles of folders, the clock since boot, what a loop tells of sockets."""
    found = {
        f"{path.relative_to(HOUSE)}:{number}: {line.strip()}"
        for path in HOUSE.rglob("*.py")
        if not any(path.is_relative_to(room) for room in APART)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if ONLY_SOME.search(line.split("#")[0])
    }
    assert found == set()
