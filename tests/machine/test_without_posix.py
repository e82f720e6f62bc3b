"""Heller without the parts of POSIX that Windows lacks: from the first file to the verified bundle, and a watch.

What is taken away stands in `bare/sitecustomize.py`; locks are those of a `msvcrt` made for the test. It is no
Windows: paths, sockets and processes stay those of the system at hand.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from heller import casefile

HERE = Path(__file__).parent
EXAMPLE = HERE.parents[1] / "examples" / "practice"

# Microsoft Learn, "Naming Files, Paths, and Namespaces"
IMPOSSIBLE = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$|(?i:^(con|prn|aux|nul|com\d|lpt\d)(\.|$))')


def heller(*words: str | Path, ends: int = 0) -> str:
    """Run a command line without the parts of POSIX; what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "heller", *map(str, words), "--lang", "en"],
        env={**os.environ, "PYTHONPATH": f"{HERE / 'bare'}:{HERE.parents[1]}", "HELLER_DEBUG": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == ends, (words, done.stdout, done.stderr)
    return done.stdout


@pytest.fixture
def port() -> Iterator[int]:
    """Somebody on this machine who accepts and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_accept, args=(server,), daemon=True).start()
        yield server.getsockname()[1]


def _accept(server: socket.socket) -> None:
    while True:
        try:
            server.accept()[0].close()
        except OSError:
            return


def test_a_case_goes_its_whole_way(tmp_path: Path) -> None:
    """Taken in, noted, claimed, typeset, verified; no file has a name that Windows cannot have."""
    case = tmp_path / "case"
    heller("open", case)
    heller("add", case, *EXAMPLE.glob("*.csv"), EXAMPLE / "router.log")
    heller("note", "fact", case, "provider", "Beispiel Telekom")
    said = json.loads(heller("claim", case, "--json"))
    assert said
    heller("dossier", case)
    (bundle,) = [path for path in (case / "derived").iterdir() if path.suffix == ".zip"]
    assert "The bundle holds." in heller("verify", bundle)
    with zipfile.ZipFile(bundle) as members:
        names = {part for name in members.namelist() for part in name.split("/")}
    names |= {path.name for path in case.rglob("*")}
    assert not [name for name in names if IMPOSSIBLE.search(name)]


def test_the_line_is_watched_by_tcp(tmp_path: Path, port: int) -> None:
    """No loop tells of sockets or signals: a thread looks instead, and what was asked is sealed in the case."""
    case, toml = tmp_path / "case", tmp_path / "watch.toml"
    toml.write_text(
        '[[uplink]]\nname = "main"\ngateway = ""\nhop = ""\n'
        f'[[target]]\naddress = "127.0.0.1"\nuplink = "main"\nway = "connect"\nport = {port}\nevery = 0.5\n'
    )
    heller("watch", case, "--config", toml, "--seconds", "4", "--json")
    (head, table), *_ = casefile.load(case).samples
    assert head.targets
    assert set(table.collect()["outcome"]) == {0}
