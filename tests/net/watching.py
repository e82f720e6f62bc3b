"""What a watch in the emulated network is told, and how it is started there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.net.emulated import CLIENT, CLIENT_MOBILE, DNS, TARGETS, Network

HELLER = Path(sys.executable).parent / "heller"


def config(folder: Path, *, mobile: str = "") -> Path:
    """A `watch.toml` with the main line; `mobile` is what is said of the second uplink, none where empty."""
    lines = [f'[[uplink]]\nname = "main"\nsource = "{CLIENT}"']
    if mobile:
        lines.append(f'[[uplink]]\nname = "mobile"\nsource = "{CLIENT_MOBILE}"\n{mobile}')
    for n, address in enumerate(TARGETS):
        lines.append(f'[[target]]\naddress = "{address}"\nnetwork = "net {n % 2}"')
    of_main = '[[target]]\nuplink = "main"\n'
    for n, address in enumerate(DNS):
        lines.append(
            of_main + f'address = "{address}"\nnetwork = "net {n % 2}"\nway = "question"\nevery = 1.0'
        )
    page = f'address = "{TARGETS[0]}"\nnetwork = "net 0"\nway = "page"\nhost = "www.test"\nevery = 2.0'
    path = folder / "watch.toml"
    path.write_text("\n".join([*lines, of_main + page]) + "\n")
    return path


def heller(network: Network, *argv: str | Path, env: dict[str, str] | None = None) -> subprocess.Popen[str]:
    """Heller in the client, in English, trusting the emulated authority."""
    said = {"SSL_CERT_FILE": str(network.ca), "HELLER_LANG": "en", "HELLER_DEBUG": "1", **(env or {})}
    return network.client.start(HELLER, *argv, env={**os.environ, **said})


def wait_until_asked(network: Network) -> None:
    """Wait until probes pass the line, and a second more."""
    before, end = network.router.octets("wan"), time.monotonic() + 30
    while network.router.octets("wan") - before < 3000 and time.monotonic() < end:
        time.sleep(0.1)
    time.sleep(1)
