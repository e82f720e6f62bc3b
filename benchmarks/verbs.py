"""What each verb costs on a large case, first, again, and after one note: processor time and peak memory.

`make bench-verbs` makes the case of `big_case` at a tenth, a third and whole and prints a table of each; flat
is what does not grow with the case. The figures are of this machine; the columns compare within one run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from benchmarks.big_case import make

DAY = ("--as-of", "2015-06-30")
VERBS = (
    ("show", *DAY),
    ("assess",),
    ("claim", *DAY),
    ("questions", *DAY),
    ("deadlines", *DAY),
    ("inbox", *DAY),
    ("missing", *DAY),
    ("outages",),
)
NOTE = ("contact", "Rückruf zugesagt", "--at", "20.02.2015 10:00", "--who", "Hotline")


class Cost(NamedTuple):
    """One run: processor time, time by the clock (seconds), peak memory (MB), exit code."""

    cpu: float
    wall: float
    peak: float
    code: int

    def __str__(self) -> str:
        return f"{self.cpu:6.2f} s {self.peak:5.0f} MB" + (f" exit {self.code}!" if self.code else "")


def heller(*words: str) -> Cost:
    """Run one command line in a process of its own; what it prints is thrown away."""
    began = time.monotonic()
    null = os.open(os.devnull, os.O_WRONLY)
    actions = [
        (os.POSIX_SPAWN_DUP2, null, 1),
        *([] if "-v" in sys.argv else [(os.POSIX_SPAWN_DUP2, null, 2)]),
    ]
    pid = os.posix_spawn(
        sys.executable, [sys.executable, "-m", "heller", *words], os.environ, file_actions=actions
    )
    os.close(null)
    _, status, used = os.wait4(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    return Cost(used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss / 1024, code)


def until_said(*words: str) -> float:
    """Processor time of one command line until it prints its first line; then it is ended."""
    with subprocess.Popen([sys.executable, "-m", "heller", *words], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
        process.kill()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def run(share: float, home: Path) -> None:
    """One size: what taking in costs, then every verb three times."""
    files, case = home / "files", home / "case"
    made = make(files, share)
    print(
        f"\n## {share:.0%} of the case: {len(made)} files, {sum(f.stat().st_size for f in made) >> 20} MB\n",
        flush=True,
    )
    heller("open", str(case))
    print(f"add                {heller('add', str(case), str(files))}", flush=True)
    columns: list[list[Cost]] = []
    for after in ("first", "again", "note"):
        if after == "note":
            print(f"note, until it is said  {until_said('note', str(case), *NOTE):6.2f} s", flush=True)
            print(f"note, with its sums     {heller('note', str(case), *NOTE)}", flush=True)
        columns.append([heller(verb[0], str(case), *verb[1:]) for verb in VERBS])
    print(f"\n{'verb':12} {'first':>18} {'again':>18} {'after a note':>18}")
    for n, verb in enumerate(VERBS):
        print(f"{verb[0]:12} " + " ".join(f"{column[n]!s:>18}" for column in columns))
    print(f"\ndossier            {heller('dossier', str(case), *DAY)}", flush=True)
    bundle = next((case / "derived").glob("bundle-*.zip"))
    print(f"verify             {heller('verify', str(bundle))}\n", flush=True)
    subprocess.run([sys.executable, "-m", "benchmarks.pages", str(case)], check=True)


def main() -> None:
    """A tenth, a third and whole, or the shares that are named."""
    shares = [float(word) for word in sys.argv[1:] if word[:1].isdigit()] or [0.1, 1 / 3, 1.0]
    print(f"--help             {heller('--help')}")
    with tempfile.TemporaryDirectory() as scratch:
        case = Path(scratch) / "empty"
        heller("open", str(case))
        print(f"show, empty case   {heller('show', str(case))}")
        for share in shares:
            run(share, Path(scratch) / f"{share:.3f}")


if __name__ == "__main__":
    main()
