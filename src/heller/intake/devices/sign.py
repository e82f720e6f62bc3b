"""What one message says, as all families of devices tell it."""

from __future__ import annotations

from typing import NamedTuple

from heller.model.kinds.device_log import DeviceSign


class LineSign(NamedTuple):
    """A sign of the line, at which port, by whose device; `sign` None where it says nothing about the line.

    `coarse`: the message comes out of a sliding window and may be so many seconds late. `own_host`: the
    device could not send by itself. `other_way`: with this message another way took over, or left off.
    `alias`: the device also speaks of this line by another port's name. `plain`: no maker's row knows the message, it
    is taken by its plain sense.
    """

    maker: str
    sign: DeviceSign | None = None
    port: str = ""
    coarse: float = 0.0
    own_host: bool = False
    other_way: DeviceSign | None = None
    alias: bool = False
    plain: bool = False


# Uplinks over the mobile network: the emergency line, not the line.
MOBILE = ("wwan", "lte", "mobile", "modem", "usb", "3g", "4g", "5g", "gsm", "cellular")
_OUTWARD = ("wan", "ppp", "dsl", "vdsl", "adsl", "pppoe", "inet", "internet", "fiber", "glasfaser", "isp")


def is_mobile(port: str) -> bool:
    """Whether a port's name is that of a mobile uplink."""
    return port.lower().startswith(MOBILE)


def is_uplink(port: str) -> bool:
    """Whether an interface leads out of the house by its name; one for IPv6 alone is not the whole line."""
    low = port.lower()
    return low.startswith((*_OUTWARD, *MOBILE)) and not low.rstrip("_").endswith(("wan6", "_6", "v6"))
