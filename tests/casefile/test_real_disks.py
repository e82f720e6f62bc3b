"""A disk that is really full, and a kernel that really grants no locks and no more of a quota: said in words, the
case unharmed, and the next writer clears what was left half done.

The full disk is a small tmpfs in a mount namespace of its own (root). Locks and quota are refused by the kernel itself,
through a filter of system calls (seccomp(2)): no library is replaced, and no network file system is needed.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

MOUNTED = """
import shutil, subprocess, sys
from pathlib import Path
home = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", home], check=True)
from heller import casefile
from heller.cli import app
from heller.journal import disk, store
case = home / "case"
casefile.open_case(case)
(home / "mail.eml").write_bytes(b"From: a@example.org\\nSubject: x\\nDate: Wed, 04 Feb 2015 09:00:00 +0100\\n\\nx\\n")
(home / "more.txt").write_bytes(b"Zeile\\n" * 60_000)
casefile.add(case, [home / "mail.eml"])
VERBS = {
    "add": ["add", str(case), str(home / "more.txt")],
    "note": ["note", str(case), "fact", "firm.name", "x" * 20_000],
    "dossier": ["dossier", str(case), "--as-of", "30.06.2015"],
    "anchor": ["journal", "anchor", str(case)],
    "erase": ["erase", str(case), "1", "--why", "x", "--yes"],
    "hand-over": ["hand-over", str(case), "--to", "Kanzlei"],
}
for room in (0, 8192, 131_072):
    for name, words in VERBS.items():
        free = shutil.disk_usage(home).free
        (home / "ballast").write_bytes(bytes(max(0, free - room)))
        before = disk.head(case)
        print(f"-- {name} {room}", flush=True)
        code = app.run([*words, "--lang", "en"])
        whole = store.inspect(case).breaches == () if store.end_of(case) is None else "unfinished"
        same = disk.head(case) == before
        print(f"== {name} {room} code={code} same={same} whole={whole}", flush=True)
        (home / "ballast").unlink()
        shutil.rmtree(home / "case-Kanzlei", ignore_errors=True)
        if store.end_of(case) is not None:
            assert app.run(["journal", "mend", str(case)]) == 0
        casefile.note(case, casefile.load(case).noted[0] if casefile.load(case).noted else fact())
        assert store.inspect(case).breaches == () and not list(case.rglob("*.part")), name
"""
NO_FACT = """
def fact():
    from heller.model.kinds.fact import Fact
    return Fact("firm.name", "x")
"""
# A filter for this process and its children: SYSCALL answers ERROR, where its first argument is over 2 for a write.
FILTERED = """
import ctypes, struct, sys
from pathlib import Path
from heller import casefile
from heller.cli import app
from heller.journal import disk
case = Path(sys.argv[1])
number, error = int(sys.argv[2]), int(sys.argv[3])
program = struct.pack("HBBI", 0x20, 0, 0, 0)  # the number of the call
program += struct.pack("HBBI", 0x15, 0, 3, number)
program += struct.pack("HBBI", 0x20, 0, 0, 16)  # its first argument
program += struct.pack("HBBI", 0x25, 0, 1, 2 if number == 1 else 0)
program += struct.pack("HBBI", 0x06, 0, 0, 0x00050000 | error)
program += struct.pack("HBBI", 0x06, 0, 0, 0x7FFF0000)
held = ctypes.create_string_buffer(program)
filter_ = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(held))
before = disk.head(case)
libc = ctypes.CDLL(None, use_errno=True)
assert libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, filter_, 0, 0) == 0
code = app.run(["note", str(case), "fact", "firm.name", "x", "--lang", "en"])
print(f"code={code} same={disk.head(case) == before}")
"""
CALLS = {"x86_64": {"flock": 73, "write": 1}, "aarch64": {"flock": 32, "write": 64}}.get(
    os.uname().machine, {}
)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with nothing in it."""
    from heller import casefile

    casefile.open_case(tmp_path / "case")
    return tmp_path / "case"


def namespaces() -> bool:
    """Whether file systems may be mounted in a namespace of one's own."""
    if sys.platform != "linux" or os.geteuid():
        return False
    asked = ["unshare", "-m", "true"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not namespaces(), reason="mounts a file system of its own: Linux, root")
def test_a_full_disk_is_said_by_every_verb_that_writes(tmp_path: Path) -> None:
    """With no room, with room for an entry, with room for some of it: refused in words or done, never a defect, and
    with room again the next writer goes on."""
    asked = [
        "unshare",
        "-m",
        "--propagation",
        "private",
        sys.executable,
        "-c",
        NO_FACT + MOUNTED,
        str(tmp_path),
    ]
    more = {"TMPDIR": str(tmp_path.parent)}
    done = subprocess.run(
        asked, env=os.environ | more, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    said = [line for line in done.stdout.splitlines() if line.startswith("==")]
    assert len(said) == 18
    assert "defect" not in done.stdout + done.stderr
    for line in said:
        assert "whole=True" in line or "whole=unfinished" in line, line
        assert "code=0" in line or "code=1 " not in line, line
    assert sum("code=0" not in line for line in said) >= 6, "nothing was refused: the disk was not full"
    unharmed = sum("same=True" in line for line in said)
    assert (
        6 <= done.stderr.count("is as it was") <= unharmed
        and "was acknowledged before is kept" in done.stderr
    )


@pytest.mark.skipif(sys.platform != "linux" or not CALLS, reason="filters system calls of Linux by number")
@pytest.mark.parametrize(
    ("call", "error", "words"), [("flock", 37, "knows no locks"), ("write", 122, "is full")]
)
def test_what_the_kernel_refuses_is_said(case: Path, call: str, error: int, words: str) -> None:
    """ENOLCK at flock(2), EDQUOT at write(2) into a file: no entry is written."""
    asked = [sys.executable, "-c", FILTERED, str(case), str(CALLS[call]), str(error)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=60)
    assert "same=True" in done.stdout and "code=0" not in done.stdout, done.stdout + done.stderr
    assert words in done.stderr.replace("\n", " "), done.stderr
