"""Asks a process of its own, watches what it uses, and ends it where a file costs more than it may.

A process is started once and asked for file after file. It is not a copy of this one, which may have threads, and
it does not look for modules where the person stands: there lie foreign files.
"""

from __future__ import annotations

import atexit
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any, cast

import msgspec

from heller.casefile.apart.answers import JobAnswer, Request
from heller.casefile.apart.budget import MB, Budget, Excess, OverBudget
from heller.casefile.apart.frames import read_frame, write_frame
from heller.machine.processes import end_with_all
from heller.machine.spent import spent

TICK = 0.02  # seconds between two looks at what is used
LATER = 0.05  # and where something takes longer than a second
PIPE = 1 << 20  # bytes on their way to a process and back
WAITING = 30  # times its processor time that an answer may take by the clock, on a busy machine
FAT = 384 * MB  # a process that holds more than that when it is done is not asked again
_idle: list[Process] = []


class Broken(Exception):
    """The work failed over the bytes; the argument is the name of the error."""


class Process:
    """One process that is asked; it ends when this one does."""

    def __init__(self) -> None:
        quiet = None if os.environ.get("HELLER_DEBUG") else subprocess.DEVNULL
        command = [sys.executable, "-P", "-m", "heller.casefile.apart.answers"]
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=quiet,
            start_new_session=True,
            pipesize=PIPE,
        )

    def ask(self, job: str, values: Sequence[Any], pieces: Sequence[bytes], budget: Budget) -> bytes | None:
        """What a job gives. Raises OverBudget, Broken; after OverBudget the process is gone."""
        request = Request(job, list(values), len(pieces), budget.seconds, budget.output)
        found: list[JobAnswer] = []
        asking = threading.Thread(target=self._exchange, args=(request, pieces, found), daemon=True)
        asking.start()
        try:
            self._wait(asking, budget)
        except BaseException:
            self.end()
            raise
        if not found:
            raise OverBudget(self._end_of())
        if found[0].large:
            raise OverBudget(Excess.OUTPUT)
        if found[0].error:
            raise Broken(found[0].error)
        return found[0].data

    def _exchange(self, request: Request, pieces: Sequence[bytes], found: list[JobAnswer]) -> None:
        assert self._process.stdin and self._process.stdout
        with suppress(OSError, ValueError, msgspec.MsgspecError):  # it is gone: no answer is found
            for frame in (msgspec.msgpack.encode(request), *pieces):
                write_frame(cast(Any, self._process.stdin), frame)
            answer = read_frame(cast(Any, self._process.stdout))
            if answer is not None:
                found.append(msgspec.msgpack.decode(answer, type=JobAnswer))

    def _wait(self, asking: threading.Thread, budget: Budget) -> None:
        """Until the answer is there; raises OverBudget as soon as something is used up."""
        asking.join(TICK)  # most files are read by then
        if not asking.is_alive():
            return
        before, began = spent(self._process.pid), time.monotonic()
        while asking.is_alive():
            now = spent(self._process.pid)
            if now.memory > budget.memory:
                raise OverBudget(Excess.MEMORY)
            took = time.monotonic() - began
            late = took > WAITING * budget.seconds
            recognised = now.programs - before.programs
            if now.seconds - before.seconds > budget.seconds or recognised > budget.recognition or late:
                raise OverBudget(Excess.TIME)
            asking.join(TICK if took < 1 else LATER)

    def _end_of(self) -> Excess:
        """Why it ended by itself: the system ends what used up its time."""
        self._process.wait()
        timed_out = -getattr(signal, "SIGXCPU", 0)
        return Excess.TIME if timed_out and self._process.returncode == timed_out else Excess.ENDED

    @property
    def fit(self) -> bool:
        """Whether it can be asked again."""
        return self._process.poll() is None and spent(self._process.pid).memory < FAT

    def end(self) -> None:
        """End it and the programs that it called, whatever they do."""
        with suppress(ProcessLookupError, PermissionError):
            if self._process.poll() is None:
                end_with_all(self._process)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):
                cast(Any, pipe).close()


@contextmanager
def _one() -> Iterator[Process]:
    """A process that nobody else asks meanwhile: one that is there, else a new one."""
    process = _idle_process() or Process()
    try:
        yield process
    finally:
        if process.fit:
            _idle.append(process)
        else:
            process.end()


def _idle_process() -> Process | None:
    """One that waits and lives; None where there is none. Another thread may have taken the last."""
    with suppress(IndexError):
        while not (process := _idle.pop()).fit:
            process.end()
        return process
    return None


def start() -> None:
    """Have one ready, so that it starts while something else is done."""
    if not _idle:
        _idle.append(Process())


def ask(
    job: str, values: Sequence[Any], pieces: Sequence[bytes], budget: Budget | None = None
) -> bytes | None:
    """What a job gives, done apart. Raises OverBudget, Broken."""
    size = sum(map(len, pieces))
    with _one() as process:
        return process.ask(job, values, pieces, (budget or Budget()).for_size(size))


def ask_or_none(job: str, values: Sequence[Any], pieces: Sequence[bytes]) -> bytes | None:
    """What a job gives; None where it gives nothing, costs too much or breaks."""
    try:
        return ask(job, values, pieces)
    except (OverBudget, Broken):
        return None


def end_all() -> None:
    """End those that wait."""
    with suppress(IndexError):
        while True:
            _idle.pop().end()


atexit.register(end_all)
