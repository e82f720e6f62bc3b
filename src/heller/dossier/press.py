"""Runs Typst in a process of its own, which can be left at any moment and takes its memory with it.

This file is run as a script: it imports nothing of Heller. It reads one request from standard input, writes
the PDF to standard output, and lays nothing on the disk. `typeset` is the other end of it.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from datetime import datetime
from typing import Any

REFUSED = 3  # the exit code with which Typst's own words come on standard error


def typeset(request: dict[str, Any]) -> bytes:
    """The PDF of a request: `main` and `root` paths, `fonts` a folder, `data` for the template as JSON, `day`,
    `standards` that the pages hold.

    Raises ValueError with Typst's words where it refuses. Ctrl-C ends it at once.
    """
    done = subprocess.run(
        [sys.executable, "-P", __file__], input=json.dumps(request).encode(), capture_output=True, check=False
    )
    if done.returncode:
        raise ValueError(done.stderr.decode(errors="replace") or f"the press ended with {done.returncode}")
    return done.stdout


def main() -> int:
    """Answer one request."""
    import typst

    signal.signal(signal.SIGINT, signal.SIG_DFL)
    request = json.load(sys.stdin)
    try:
        pdf = typst.compile(
            request["main"],
            root=request["root"],
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[request["fonts"]]),
            sys_inputs={"data": request["data"]},
            pdf_standards=request["standards"],
            timestamp=datetime.fromisoformat(request["day"]),
        )
    except typst.TypstError as error:
        sys.stderr.write(str(error))
        return REFUSED
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
