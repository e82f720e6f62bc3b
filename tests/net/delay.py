"""Holds the packets of two TUN devices for a while: what `tc netem` would do where the kernel has it.

Run inside the provider with the milliseconds as its argument. Table 100 leads what comes from the line to tun0,
table 101 what comes from the core to tun1; what is written back comes in again and is routed as usual.
"""

from __future__ import annotations

import asyncio
import fcntl
import os
import struct
import subprocess
import sys

TUNSETIFF, IFF_TUN, IFF_NO_PI = 0x400454CA, 0x0001, 0x1000


def _device(name: str) -> int:
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(descriptor, TUNSETIFF, struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI))
    return descriptor


def _lead(name: str, table: int) -> None:
    subprocess.run(["ip", "link", "set", name, "up"], check=True)
    for family in ("-4", "-6"):
        subprocess.run(
            ["ip", family, "route", "replace", "default", "dev", name, "table", str(table)], check=True
        )


async def main(seconds: float) -> None:
    """Pass packets on, each `seconds` after it came."""
    loop = asyncio.get_running_loop()

    def hold(descriptor: int) -> None:
        packet = os.read(descriptor, 65536)
        loop.call_later(seconds, os.write, descriptor, packet)

    for table, name in ((100, "tun0"), (101, "tun1")):
        loop.add_reader(descriptor := _device(name), hold, descriptor)
        _lead(name, table)
    print("delaying", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(float(sys.argv[1]) / 1000))
