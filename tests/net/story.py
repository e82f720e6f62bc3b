"""What happened to a watched line, told step by step, and what Heller makes of it afterwards."""

from __future__ import annotations

import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.net import watcher
from tests.net.emulated import Network
from tests.net.faults import Cut
from tests.net.watching import config, heller

from heller import casefile, pipeline
from heller.model.outage import Detection, OpenEnd, OpenStart, Outage
from heller.model.span import Bounds, Span
from heller.watch.keeping import store

SECOND = 1_000_000
READY_S = 30.0


@dataclass
class Story:
    """A case in which a line was watched, and the truth about it."""

    network: Network
    folder: Path
    mobile: str = ""  # what `watch.toml` says of the second uplink
    toml: str | None = None  # the whole of it, nothing of ours where it is empty
    cuts: list[Cut] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None
    killed: int = 0  # when the watcher was killed, microseconds since 1970
    wire: int = 0  # bytes that were on the mobile line
    judged: list[Any] = field(default_factory=list)  # what a benchmark makes of it

    @property
    def case(self) -> Path:
        """The case folder."""
        return self.folder / "case"

    @contextmanager
    def watched(self) -> Iterator[None]:
        """`heller watch` runs in the client for as long as the block lasts, then ends and seals."""
        self.begin()
        yield
        self.end()

    def end(self) -> None:
        """Ctrl-C: the watch ends and seals."""
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        said, _ = self.process.communicate(timeout=60)
        assert self.process.returncode == 0, said

    def begin(self) -> None:
        """Start the watch and wait until it has kept its first seconds."""
        toml = self.folder / "watch.toml"
        if self.toml is None:
            config(self.folder, mobile=self.mobile)
        else:
            toml.write_text(self.toml)
        ticks = self._ticks()
        said: list[str | Path] = ["--config", toml] if self.toml != "" else []
        self.process = heller(self.network, "watch", self.case, *said, "--json")
        end = time.monotonic() + READY_S
        while self._ticks() < ticks + 3:
            if time.monotonic() > end:
                raise OSError("the watch did not begin")
            time.sleep(0.1)

    def _ticks(self) -> int:
        db = store.reading(self.case / store.HOME)
        if db is None:
            return 0
        try:
            return int(db.execute("SELECT count(*) FROM tick").fetchone()[0])
        except Exception:  # the file is just being made
            return 0
        finally:
            db.close()

    def suffer(self, fault: str, seconds: float, then: float) -> None:
        """A fault for a while, then peace for a while."""
        with self.network.fault(fault) as cut:
            time.sleep(seconds)
        self.cuts.append(cut)
        time.sleep(then)

    def freeze(self, seconds: float, then: float) -> None:
        """The watcher stands still for a while."""
        assert self.process is not None
        with watcher.suspended(self.process) as cut:
            time.sleep(seconds)
        self.cuts.append(cut)
        time.sleep(then)

    def told(self) -> Detection:
        """What Heller makes of the case."""
        return pipeline.detect(casefile.load(self.case))

    def cut(self, fault: str) -> Cut:
        """The truth about one fault."""
        return next(cut for cut in self.cuts if cut.fault == fault)


def of(detection: Detection, cut: Cut) -> list[Outage]:
    """The outages that lie at least in part within a cut."""
    return [
        o
        for o in detection.outages
        if micros(o.widest.end) > cut.on[0] and micros(o.widest.start) < cut.off[1]
    ]


def holds(bounds: Bounds | OpenStart | OpenEnd, truth: tuple[int, int]) -> bool:
    """Whether what is known of the truth (a few milliseconds wide) meets the bounds; an open edge has none."""
    if not isinstance(bounds, Bounds):
        return False
    return micros(bounds.earliest) <= truth[1] and truth[0] <= micros(bounds.latest)


def covered(spans: tuple[Span, ...], start: int, end: int) -> bool:
    """Whether one of the spans holds all of [start, end]."""
    return any(micros(s.start) <= start and end <= micros(s.end) for s in spans)


def micros(moment: datetime) -> int:
    """Microseconds since 1970."""
    return round(moment.timestamp() * SECOND)


Act = Callable[[Story], None]


def lived(folder: Path, act: Act, mobile: str = "", toml: str | None = None) -> Story:
    """A story in a network of its own, from the first second of the watch to the sealed case."""
    folder.mkdir(parents=True)
    network = Network(folder)
    try:
        story = Story(network, folder, mobile, toml)
        act(story)
        return story
    finally:
        network.close()
