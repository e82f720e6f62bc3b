"""The event loop: who is told that a socket can be read or written, and that the person wants an end.

The selector loops of Linux, macOS and Windows tell the former; where a loop does not (Windows' proactor), a thread
of its own looks and hands the word over. Signals are caught by the loop where it can, else by Python.
"""

from __future__ import annotations

import asyncio
import selectors
import signal
import socket
import threading
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any, TypeVar

Act = Callable[..., object]
T = TypeVar("T")
MISSING = (NotImplementedError, AttributeError)  # what a loop says that cannot look at sockets or signals
LOOK = 0.2  # seconds between two looks at what is to be looked at


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run it to its end on a loop that can look at sockets."""
    with asyncio.Runner(loop_factory=asyncio.SelectorEventLoop) as runner:
        return runner.run(work)


def on_readable(made: socket.socket, act: Act, *args: object) -> None:
    """From now on `act` is called whenever something can be read."""
    loop = asyncio.get_running_loop()
    try:
        loop.add_reader(made, act, *args)
    except MISSING:
        _look_for(loop).add(made, selectors.EVENT_READ, lambda: act(*args))


def on_writable(made: socket.socket, act: Act, *args: object) -> None:
    """From now on `act` is called whenever it can be written, or a connect has ended."""
    loop = asyncio.get_running_loop()
    try:
        loop.add_writer(made, act, *args)
    except MISSING:
        _look_for(loop).add(made, selectors.EVENT_WRITE, lambda: act(*args))


def forget_readable(made: socket.socket) -> None:
    """Nobody is told any more."""
    loop = asyncio.get_running_loop()
    try:
        loop.remove_reader(made)
    except MISSING:
        _look_for(loop).drop(made, selectors.EVENT_READ)


def forget_writable(made: socket.socket) -> None:
    """Nobody is told any more."""
    loop = asyncio.get_running_loop()
    try:
        loop.remove_writer(made)
    except MISSING:
        _look_for(loop).drop(made, selectors.EVENT_WRITE)


def on_signals(numbers: Iterable[int], act: Callable[[], object]) -> None:
    """Call `act` in the loop when one of the signals comes; outside the main thread nobody is told."""
    loop = asyncio.get_running_loop()
    for number in numbers:
        with suppress(ValueError):
            try:
                loop.add_signal_handler(number, act)
            except MISSING:
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(act))


class _Looking:
    """A thread that looks at sockets for a loop that does not; it ends with the loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._lock = loop, threading.Lock()
        self._acts: dict[tuple[socket.socket, int], Act] = {}
        self._seen = threading.Event()
        threading.Thread(target=self._look, daemon=True, name="sockets").start()

    def add(self, made: socket.socket, what: int, act: Act) -> None:
        with self._lock:
            self._acts[made, what] = act

    def drop(self, made: socket.socket, what: int) -> None:
        with self._lock:
            self._acts.pop((made, what), None)

    def _look(self) -> None:
        while not self._loop.is_closed():
            ready = self._ready()
            self._seen.clear()
            with suppress(RuntimeError):  # the loop was closed meanwhile
                self._loop.call_soon_threadsafe(self._tell, ready)
                self._seen.wait(LOOK)

    def _ready(self) -> list[tuple[socket.socket, int]]:
        with selectors.DefaultSelector() as selector:
            with self._lock:
                wanted = list(self._acts)
            events: dict[socket.socket, int] = {}
            for made, what in wanted:
                events[made] = events.get(made, 0) | what
            for made, what in events.items():
                with suppress(ValueError, OSError):  # it was closed
                    selector.register(made, what)
            found = selector.select(0.01 if wanted else LOOK)
        return [(key.fileobj, one) for key, got in found for one in (1, 2) if got & one]  # type: ignore[misc]

    def _tell(self, ready: list[tuple[socket.socket, int]]) -> None:
        for one in ready:
            with self._lock:
                act = self._acts.get(one)
            if act is not None:
                act()
        self._seen.set()


_looking: dict[asyncio.AbstractEventLoop, _Looking] = {}


def _look_for(loop: asyncio.AbstractEventLoop) -> _Looking:
    for other in [known for known in _looking if known.is_closed()]:
        del _looking[other]
    if loop not in _looking:
        _looking[loop] = _Looking(loop)
    return _looking[loop]
