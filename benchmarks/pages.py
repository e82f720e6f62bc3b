"""How long the pages of a case take and how large they are, over many loads and with ten at once; memory.

`make bench-verbs` runs it on the whole case after the verbs. The first load of each page is shown apart.
"""

from __future__ import annotations

import resource
import statistics
import sys
import threading
import time
from pathlib import Path
from typing import Any
from wsgiref.util import setup_testing_defaults

from heller.web import app, memory
from heller.web.app import WSGI

PAGES = (
    "/",
    "/chronology/",
    "/worlds/",
    "/exhibits/",
    "/exhibits/3/",
    "/inbox/",
    "/note/",
    "/decide/",
    "/dossier/",
)
HOST = "127.0.0.1:8765"
LOADS, ABREAST = 1000, 10
ROUNDS = 3  # of so many loads: what ten threads take for themselves is there after the first


def took(serve: WSGI, page: str) -> tuple[float, int]:
    """Milliseconds and kilobytes of one load, as the web server asks for it."""
    environ: dict[str, Any] = {"PATH_INFO": page, "HTTP_HOST": HOST, "HTTP_COOKIE": "heller_day=2015-06-30"}
    setup_testing_defaults(environ)
    states: list[str] = []
    began = time.perf_counter()
    answer = serve(environ, lambda state, headers, failed=None: states.append(state))
    try:
        size = sum(map(len, answer))
    finally:
        if hasattr(answer, "close"):
            answer.close()
    assert states[0].startswith("200"), (page, states)
    return (time.perf_counter() - began) * 1000, size // 1000


def resident() -> int:
    """Megabytes that this process holds now."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def run(folder: Path) -> None:
    """Every page: first, middle of ten, size; then a thousand loads, ten at once."""
    memory.PATIENCE = 3600.0
    serve = app.application(folder)
    began = time.perf_counter()
    took(serve, "/")
    print(f"the case at hand after {time.perf_counter() - began:.2f} s")
    print(f"\n{'page':14} {'first':>9} {'again':>9} {'size':>7}")
    for page in PAGES:
        first, size = took(serve, page)
        again = statistics.median(took(serve, page)[0] for _ in range(10))
        print(f"{page:14} {first:6.0f} ms {again:6.0f} ms {size:4} kB")
    held = [resident()]
    for _ in range(ROUNDS):
        times = loads(serve)
        held.append(resident())
    print(
        f"\n{LOADS} loads, {ABREAST} at once: half under {times[LOADS // 2]:.0f} ms, 19 of 20 under "
        f"{times[LOADS * 19 // 20]:.0f} ms; memory before {held[0]} MB, after each {LOADS}: {held[1:]} MB"
    )


def loads(serve: WSGI) -> list[float]:
    """Milliseconds of many loads, some at once, the quickest first."""
    pages = [PAGES[n % len(PAGES)] for n in range(LOADS)]
    times: list[float] = []

    def visit(part: list[str]) -> None:
        times.extend(took(serve, page)[0] for page in part)

    threads = [threading.Thread(target=visit, args=(pages[n::ABREAST],)) for n in range(ABREAST)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(times)


if __name__ == "__main__":
    run(Path(sys.argv[1]))
