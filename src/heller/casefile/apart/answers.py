"""The process that works on foreign bytes: answers one request after another on standard input, until it ends.

What it can be asked stands in `JOBS`. It decides nothing about budgets but one: the system ends it where who asked
is no longer there to do so.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from heller.casefile.apart.frames import read_frame, write_frame
from heller.machine.processes import limit_seconds

Job = Callable[..., bytes | None]
OFTEN = 50_000  # new objects after which the collector looks; a reading makes many and drops few
GRACE = 5  # seconds of processor time after which the system ends what nobody watches any more

# What can be asked: module and function; it takes plain values and then bytes, and gives bytes.
JOBS = {
    "reading": ("heller.casefile.derived.reading_anew", "packed"),
    "pages": ("heller.dossier.printable", "packed_pages"),
    "page": ("heller.casefile.clip", "page"),
    "count": ("heller.casefile.clip", "count"),
    "clip": ("heller.casefile.clip", "clip"),
    "blackened": ("heller.casefile.bundle.blackened_pages", "blackened"),
    "named": ("heller.casefile.naming", "named"),
    "redacted": ("heller.casefile.writing.redacted_bytes", "redacted_bytes"),
    "own": ("heller.casefile.writing.own_files", "packed_kind"),
    "growth": ("heller.casefile.stamping.growth", "packed_growth"),
    "rules": ("heller.casefile.derived.broken_rules", "packed_rules"),
    "printed": ("heller.casefile.bundle.printed_figures", "packed_printed"),
}


class Request(msgspec.Struct, array_like=True):
    """What is asked: the job, its plain values, how many pieces of bytes follow, what it may cost."""

    job: str
    values: list[Any]
    pieces: int
    seconds: float
    output: int


class JobAnswer(msgspec.Struct, array_like=True):
    """What came of it: bytes or nothing, or the name of an error; `large` where it was too much to hand back."""

    data: bytes | None = None
    error: str = ""
    large: bool = False


def main() -> int:
    """Answer until nobody asks any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who asks decides when it ends
    gc.set_threshold(OFTEN)
    questions, answers = sys.stdin.buffer, _alone()
    while (asked := read_frame(questions)) is not None:
        request = msgspec.msgpack.decode(asked, type=Request)
        pieces = [read_frame(questions) or b"" for _ in range(request.pieces)]
        limit_seconds(request.seconds + GRACE)
        write_frame(answers, msgspec.msgpack.encode(_answer(request, pieces)))
    return 0


def _answer(request: Request, pieces: Sequence[bytes]) -> JobAnswer:
    module, name = JOBS[request.job]
    try:
        found = getattr(import_module(module), name)(*request.values, *pieces)
    except Exception as error:  # foreign bytes may break anything; who asked says what that means
        return JobAnswer(error=type(error).__name__)
    if found is not None and len(found) > request.output:
        return JobAnswer(large=True)
    return JobAnswer(found)


def _alone() -> BinaryIO:
    """Standard output for answers alone: what a library prints goes to nobody."""
    kept = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with Path(os.devnull).open("wb") as nobody:
        os.dup2(nobody.fileno(), sys.stdout.fileno())
    return kept


if __name__ == "__main__":
    sys.exit(main())
