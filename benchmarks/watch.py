"""What a probe costs, store, sync and sealing counted in: Heller's watch and fping on the same loopback targets, turn
by turn in one run.

    python benchmarks/watch.py [--rounds N] [--seconds S] [--json]

Both are whole processes, each pinned to one core, asking the same 3,000 addresses of 127.0.0.0/8 at the same
pace. Heller keeps what it measures in its SQLite file, a commit a second with `synchronous=FULL`, and a process of
its own seals it at the end; the loop alone, with a sink that keeps nothing, stands beside it. Processor time is the
kernel's (getrusage of children, the sealing process among them). What both need once, to start and to read
3,000 targets, is taken off: a run of 20 probes per target less a run of one. fping ends a run that sends more
than 65,535 probes in ten seconds; 60,000 stay below it. Nothing leaves the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import queue
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

TARGETS, MANY, PACE_MS = 3000, 20, 50
TRIES = 5  # of a round in which fping lost probes
DAEMON = 7  # probes a second
ADDRESSES = [f"127.0.{n // 250 + 1}.{n % 250 + 1}" for n in range(TARGETS)]


class Queue:
    """A sink as the store has one: every row on a queue that a writer empties."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.row = self.tick = self.upset = self.phases = self.target = self.carrier = self.queue.put


def plan_of(addresses: list[str], every: float) -> object:
    """Echo to each address once in `every` seconds."""
    from heller.model.sample import Depth, Target
    from heller.watch.plan import Plan, Probe, Uplink

    probes = [
        Probe(Target(n, "main", Depth.OUTSIDE, address, address), every=every)
        for n, address in enumerate(addresses, 1)
    ]
    return Plan((Uplink("main", gateway="", hop=""),), tuple(probes))


def child(addresses: int, every: float, seconds: float) -> None:
    """In a process of its own: watches for so long, then says what came and what was used."""
    from heller.model.sample import Outcome
    from heller.watch.loop import run
    from heller.watch.rows import ProbeRow

    sink = Queue()

    async def watch() -> None:
        stop = asyncio.Event()
        plan = plan_of(ADDRESSES[:addresses], every)
        task = asyncio.create_task(run(plan, sink, stop))  # type: ignore[arg-type]
        await asyncio.sleep(seconds)
        stop.set()
        await task

    begun, used = time.perf_counter(), time.process_time()
    asyncio.run(watch())
    used, took = time.process_time() - used, time.perf_counter() - begun
    rows = []
    while not sink.queue.empty():
        item = sink.queue.get_nowait()
        if isinstance(item, ProbeRow):
            rows.append(item)
    status = Path("/proc/self/status").read_text()
    print(
        json.dumps(
            {
                "rows": len(rows),
                "answered": sum(row.outcome == Outcome.OK for row in rows),
                "cpu": used,
                "took": took,
                "rss": int(status.split("VmRSS:")[1].split()[0]) / 1024,
            }
        )
    )


def keeping(addresses: int, every: float, seconds: float) -> None:
    """The same with the store, and sealed by a process of its own."""
    from heller.model.sample import VERSION, Outcome, SampleHeader
    from heller.watch import clocks
    from heller.watch.keeping import packed, store
    from heller.watch.keeping.keeper import Keeper
    from heller.watch.loop import run

    plan = plan_of(ADDRESSES[:addresses], every)
    with TemporaryDirectory(dir=os.environ.get("HELLER_BENCH", None)) as folder:
        home = Path(folder)
        session = clocks.begin()
        head = SampleHeader(VERSION, session.name, (), (), plan.step)  # type: ignore[attr-defined]
        keeper = Keeper(home, head)

        async def watch() -> None:
            stop = asyncio.Event()
            task = asyncio.create_task(run(plan, keeper, stop, session=session))  # type: ignore[arg-type]
            await asyncio.sleep(seconds)
            stop.set()
            await task

        begun, used = time.perf_counter(), time.process_time()
        asyncio.run(watch())
        used, took = time.process_time() - used, time.perf_counter() - begun
        keeper.close()
        subprocess.run([sys.executable, __file__, "--seal", str(home)], check=True)
        db = store.reading(home)
        assert db is not None
        kept = packed.frame(db.execute("SELECT first, body FROM block").fetchall())
        rows, good = len(kept), int((kept["outcome"] == int(Outcome.OK)).sum())
        db.close()
    print(json.dumps({"rows": rows, "answered": good, "cpu": used, "took": took, "rss": 0}))


def seal(home: Path) -> None:
    """What `heller watch CASE --seal` does with the file of a watch, without the journal's entry."""
    from heller.watch.keeping import segment, store
    from heller.watch.keeping.store import Marks

    db = store.reading(home)
    assert db is not None
    for piece in segment.pieces(db, Marks(), running=False):
        segment.seal(db, piece, home / "samples", set())


def cpu_of(command: list[str], feed: str | None = None) -> tuple[float, str]:
    """Processor seconds of a process pinned to one core, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    core = str(max(os.sched_getaffinity(0)))
    done = subprocess.run(
        ["taskset", "-c", core, *command], input=feed, capture_output=True, text=True, check=False
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout + done.stderr


def ours(probes: int, what: str = "--keep") -> tuple[float, dict[str, float]]:
    """Heller, so many probes per target."""
    seconds = probes * PACE_MS / 1000
    cpu, out = cpu_of([sys.executable, __file__, what, str(TARGETS), str(PACE_MS / 1000), str(seconds)])
    return cpu, json.loads(out)


def fping(probes: int, *more: str) -> tuple[float, int]:
    """fping, so many probes per target; what it takes and how many were answered."""
    command = ["fping", *more, f"-c{probes}", "-i0", f"-p{PACE_MS}", "-f", "-"]
    cpu, out = cpu_of(command, "\n".join(ADDRESSES) + "\n")
    answered = sum(int(line.split("= ")[1].split("/")[1]) for line in out.splitlines() if "xmt/rcv" in line)
    return cpu, answered


def compare(rounds: int) -> dict[str, float]:
    """Turn by turn, so that a busy machine slows both."""
    mine, bare, peer, loud, ratios, bare_ratios, loud_ratios, lost = [], [], [], [], [], [], [], 0
    for _ in range(TRIES * rounds):
        if len(ratios) == rounds:
            break
        (quiet, answered), (start, _) = fping(MANY, "-q"), fping(1, "-q")
        if answered != MANY * TARGETS:
            print("fping lost probes on this busy machine: the round is begun again", file=sys.stderr)
            continue
        (many, found), (one, first) = ours(MANY, "--child"), ours(1, "--child")
        bare.append((many - one) / (found["rows"] - first["rows"]) * 1e5)
        (many, found), (one, first) = ours(MANY), ours(1)
        mine.append((many - one) / (found["rows"] - first["rows"]) * 1e5)
        lost += int(found["rows"] - found["answered"])
        peer.append((quiet - start) / ((MANY - 1) * TARGETS) * 1e5)
        (printed, _), (start, _) = fping(MANY, "-D"), fping(1, "-D")
        loud.append((printed - start) / ((MANY - 1) * TARGETS) * 1e5)
        ratios.append(mine[-1] / peer[-1])
        bare_ratios.append(bare[-1] / peer[-1])
        loud_ratios.append(mine[-1] / loud[-1])
    if not ratios:
        sys.exit("fping lost probes in every round: this machine is too busy to compare")
    return {
        "Heller, CPU s per 100,000 probes": statistics.median(mine),
        "Heller, the loop alone": statistics.median(bare),
        "fping -q, CPU s per 100,000 probes": statistics.median(peer),
        "fping -D (a line per probe), CPU s per 100,000": statistics.median(loud),
        "Heller / fping -q": statistics.median(ratios),
        "Heller / fping -q, best round": min(ratios),
        "Heller / fping -q, worst round": max(ratios),
        "the loop alone / fping -q": statistics.median(bare_ratios),
        "Heller / fping -D": statistics.median(loud_ratios),
        "probes of ours without an answer": lost,
    }


def daemon(seconds: float) -> dict[str, float]:
    """Seven probes a second, as a watch runs."""
    _, out = cpu_of([sys.executable, __file__, "--child", str(DAEMON), "1", str(seconds)])
    found = json.loads(out)
    return {
        "daemon at 7 probes/s, % of one core": found["cpu"] / found["took"] * 100,
        "daemon, MB resident": found["rss"],
        "daemon, probes": found["rows"],
    }


def allowed() -> bool:
    """Whether unprivileged ICMP is open here."""
    low, high = map(int, Path("/proc/sys/net/ipv4/ping_group_range").read_text().split())
    return low <= os.getgid() <= high


def inside() -> None:
    """Where it is not, root runs all of it in a network namespace of its own, in which it is."""
    opened = "ip link set lo up; echo 0 2147483647 > /proc/sys/net/ipv4/ping_group_range"
    again = f'{opened}; exec "$0" "$@" --inside'
    os.execvp("unshare", ["unshare", "-n", "sh", "-c", again, sys.executable, *sys.argv])


def main() -> None:
    """Both, or the child."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--json", action="store_true")
    asked.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked.add_argument("--child", nargs=3, type=float, help=argparse.SUPPRESS)
    asked.add_argument("--keep", nargs=3, type=float, help=argparse.SUPPRESS)
    asked.add_argument("--seal", type=Path, help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.child:
        child(int(given.child[0]), given.child[1], given.child[2])
        return
    if given.keep:
        keeping(int(given.keep[0]), given.keep[1], given.keep[2])
        return
    if given.seal:
        seal(given.seal)
        return
    if not shutil.which("fping"):
        sys.exit("fping is not installed (Debian: apt install fping)")
    if not allowed() and not given.inside:
        inside()
    found = {**compare(given.rounds), **daemon(given.seconds)}
    if given.json:
        print(json.dumps(found, indent=1))
        return
    for what, value in found.items():
        print(f"{what:50} {value:10,.2f}")


if __name__ == "__main__":
    main()
