"""One place of the emulated network: a network namespace of its own, held by a process that dies with us.

Nothing of it has a name outside and nothing is left behind: when the process that made it ends, however it
ends, the kernel takes the namespaces, their links and whatever runs in them away.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

CLONE_NEWNET = 0x40000000
DIES_WITH_US = ("setpriv", "--pdeathsig", "KILL")
# A /sys of its own: /sys/class/net shows the links of whoever mounted it.
MOUNT = "mount -t sysfs sysfs /sys"
KEEP = MOUNT + " && echo ready && exec sleep infinity"


class Place:
    """A namespace with its own links, routes, sockets, /sys/class/net and mounts."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._keeper = subprocess.Popen(
            ["unshare", "--net", "--mount", *DIES_WITH_US, "sh", "-c", KEEP],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._keeper.stdout is not None
        if self._keeper.stdout.readline() != "ready\n":
            raise OSError(f"no namespace for {name}")
        self._started: list[subprocess.Popen[str]] = []

    @property
    def pid(self) -> int:
        """The process that holds the namespace, for `nsenter -t` and `ip link ... netns`."""
        return self._keeper.pid

    def command(self, argv: Sequence[str | Path], *, boottime: int = 0, user: int = 0) -> list[str]:
        """`argv` so that it runs here; `boottime` seconds are added to its boot clock, `user` is its uid."""
        entered = ["nsenter", "-t", str(self.pid), "-n", "-m", "--", *DIES_WITH_US]
        if user:
            entered += ["--reuid", str(user), "--regid", str(user), "--clear-groups"]
        if boottime:
            entered += ["unshare", "--time", "--boottime", str(boottime), "--monotonic", str(boottime)]
        return [*entered, *map(str, argv)]

    def run(
        self, *argv: str | Path, text: str | None = None, check: bool = True, seconds: float = 30
    ) -> subprocess.CompletedProcess[str]:
        """Run a command here until it ends; `text` is its standard input."""
        done = subprocess.run(
            self.command(argv), input=text, capture_output=True, text=True, timeout=seconds, check=False
        )
        if check and done.returncode:
            raise OSError(f"{self.name}: {' '.join(map(str, argv))}: {done.stderr.strip()}")
        return done

    def start(
        self,
        *argv: str | Path,
        env: Mapping[str, str] | None = None,
        stdout: int | IO[Any] = subprocess.PIPE,
        boottime: int = 0,
        user: int = 0,
    ) -> subprocess.Popen[str]:
        """Start a program here; its pid is the program's own. It is killed with the network at the latest."""
        process = subprocess.Popen(
            self.command(argv, boottime=boottime, user=user),
            stdout=stdout,
            stdin=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **(env or {})},
        )
        self._started.append(process)
        return process

    def ip(self, *lines: str, family: str = "") -> None:
        """Give `lines` to `ip` in one go, without the word `ip`; the family is told by the addresses."""
        self.run("ip", *filter(None, [family]), "-batch", "-", text="\n".join(lines))

    def nft(self, rules: str) -> None:
        """Give rules to nftables, all or none."""
        self.run("nft", "-f", "-", text=rules)

    def sysctl(self, values: Mapping[str, str]) -> None:
        """Set kernel parameters of this place."""
        lines = (f"echo '{value}' > /proc/sys/{name.replace('.', '/')}" for name, value in values.items())
        self.run("sh", "-ec", "\n".join(lines))

    @contextmanager
    def entered(self) -> Iterator[None]:
        """This thread makes its sockets here until the end of the block; what it made stays here."""
        libc = ctypes.CDLL(None, use_errno=True)
        with Path("/proc/thread-self/ns/net").open() as home:
            with Path(f"/proc/{self.pid}/ns/net").open() as there:
                _enter(libc, there.fileno())
            try:
                yield
            finally:
                _enter(libc, home.fileno())

    def octets(self, link: str) -> int:
        """Bytes that `link` has sent and received, as the kernel counts them (with the Ethernet header)."""
        for line in self.run("cat", "/proc/net/dev").stdout.splitlines():
            name, _, counts = line.partition(":")
            if name.strip() == link:
                fields = counts.split()
                return int(fields[0]) + int(fields[8])
        raise KeyError(link)

    def carrier(self, link: str) -> bool:
        """Whether something is plugged in at the other end."""
        return self.run("cat", f"/sys/class/net/{link}/carrier", check=False).stdout.strip() == "1"

    def close(self) -> None:
        """End what was started here, then the place itself."""
        for process in (*self._started, self._keeper):
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _enter(libc: ctypes.CDLL, descriptor: int) -> None:
    if libc.setns(descriptor, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


def unavailable() -> str:
    """Why no emulated network can be made here, or an empty string."""
    if sys.platform != "linux":
        return "needs Linux (network namespaces)"
    if os.geteuid() != 0:
        return "needs root (network namespaces)"
    for tool in ("ip", "nft", "ping", "unshare", "nsenter", "setpriv"):
        if not any((Path(folder) / tool).exists() for folder in os.get_exec_path()):
            return f"needs {tool}"
    tried = subprocess.run(
        ["unshare", "--net", "--mount", "sh", "-c", MOUNT], capture_output=True, check=False
    )
    return "network namespaces are not allowed here" if tried.returncode else ""
