"""The process that recognises the words of pictures: started once, it keeps its models and is asked page after page.

A question is a line of JSON and then the shades of grey, one byte a pixel; an answer is a line of JSON. It ends when
who asks does. Its time and memory are counted with those of who asks (`machine.spent`).
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from heller.intake.paper.layout import Word

SECONDS = 30  # of the processor, for one page


class OcrQuestion(Struct, frozen=True):
    """A picture: its size in pixels, the number of its page, and words that are known of it."""

    width: int
    height: int
    page: int
    known: tuple[Word, ...] = ()


class Recognition(Struct, frozen=True):
    """What was recognised: words in pixels of the turned picture, and by how many degrees it was turned."""

    words: tuple[Word, ...]
    turned: int
    size: tuple[int, int]


class OcrAnswer(Struct, frozen=True):
    """What came of a question; nothing where it took too long."""

    seen: Recognition | None = None


class Absent(Exception):
    """The recogniser does not run on this machine."""


class Late(Exception):
    """A page took more than `SECONDS` of the processor."""


_asking = threading.Lock()
_running: list[subprocess.Popen[bytes]] = []


def ask(asked: OcrQuestion, grey: bytes) -> Recognition:
    """What stands on a picture. Raises Absent, Late."""
    with _asking:
        process = _process()
        assert process.stdin and process.stdout
        answer = b""
        with suppress(OSError):
            process.stdin.write(msgspec.json.encode(asked) + b"\n" + grey)
            process.stdin.flush()
            answer = process.stdout.readline()
        if not answer:
            _end()
            raise Absent
    seen = msgspec.json.decode(answer, type=OcrAnswer).seen
    if seen is None:
        raise Late
    return seen


def _process() -> subprocess.Popen[bytes]:
    """The one that waits, else a new one."""
    if _running and _running[0].poll() is None:
        return _running[0]
    _running.clear()
    quiet = None if os.environ.get("HELLER_DEBUG") else subprocess.DEVNULL
    command = [sys.executable, "-P", "-m", "heller.intake.paper.ocr_process"]
    threads = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS")}
    _running.append(
        subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=quiet,
            env={**os.environ, **threads},
        )
    )
    return _running[0]


def _end() -> None:
    for process in _running:
        with suppress(OSError):
            process.kill()
        process.communicate()
    _running.clear()


atexit.register(_end)


def main() -> None:
    """Answer until nobody asks any more."""
    import numpy as np

    from heller.intake.paper import recogniser

    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    with Path(os.devnull).open("wb") as nobody:  # what a library prints is no answer
        os.dup2(nobody.fileno(), sys.stdout.fileno())
    recogniser.models()
    while head := questions.readline():
        asked = msgspec.json.decode(head, type=OcrQuestion)
        data = questions.read(asked.width * asked.height)
        grey = np.frombuffer(data, dtype=np.uint8).reshape(asked.height, asked.width)
        try:
            colours = np.repeat(grey[..., None], 3, axis=2)
            seen = Recognition(*_three(recogniser.look(colours, asked.page, SECONDS, asked.known)))
        except recogniser.Late:
            seen = None
        answers.write(msgspec.json.encode(OcrAnswer(seen)) + b"\n")
        answers.flush()


def _three(found: tuple[list[Word], int, tuple[int, int]]) -> tuple[tuple[Word, ...], int, tuple[int, int]]:
    return tuple(found[0]), found[1], found[2]


if __name__ == "__main__":
    main()
