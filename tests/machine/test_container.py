"""The container's form: who it is, what it keeps, how it is asked for its health. `make container` runs its steps."""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
TOOL = runpy.run_path(str(ROOT / "tools" / "container.py"))
steps, words = TOOL["steps"], TOOL["words"]
STEPS = steps((ROOT / "Containerfile").read_text("utf-8"))


def last_stage() -> list[Any]:
    """The steps after the last FROM."""
    begun = max(n for n, step in enumerate(STEPS) if step.word == "FROM")
    found: list[Any] = STEPS[begun:]
    return found


def test_nobody_is_root_and_cases_outlive_it() -> None:
    """A user of its own before anything runs, a volume, an entry point that takes verbs, a health check."""
    stage = {step.word: step.rest for step in last_stage()}
    assert stage["USER"] == "heller" and stage["VOLUME"] == "/cases"
    order = [step.word for step in last_stage()]
    assert order.index("USER") > max(n for n, word in enumerate(order) if word == "RUN")
    assert words(stage["ENTRYPOINT"]) == ["heller"]
    assert words(stage["CMD"])[0] == "watch"
    assert words(stage["HEALTHCHECK"].partition("CMD ")[2])[-1] == "--alive"
    assert "10001" in next(step.rest for step in last_stage() if "useradd" in step.rest)


def test_what_is_copied_is_there_and_let_in() -> None:
    """Each source of COPY exists, and .dockerignore keeps it."""
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    for step in STEPS:
        if step.word == "COPY" and "--from" not in step.rest:
            for source in words(step.rest)[:-1]:
                assert (ROOT / source).exists(), source
                assert source.removeprefix("./") in let_in, source


def test_installed_is_what_is_locked() -> None:
    """By hashes; no other file is fetched but Heller itself and Debian's packages."""
    installs = [step.rest for step in STEPS if "pip install" in step.rest]
    assert all("--require-hashes" in one or "--no-deps ." in one for one in installs) and len(installs) == 2


def test_watch_and_serve_are_two_commands_of_one_image() -> None:
    """Neither has a capability or writes into the image; the watch has the addresses of the box."""
    said: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
    services = said["services"]
    assert {name: one["command"][0] for name, one in services.items()} == {"watch": "watch", "serve": "serve"}
    assert len({one["image"] for one in services.values()}) == 1
    for one in services.values():
        assert one["cap_drop"] == ["ALL"] and one["read_only"] and "privileged" not in one
        assert one["network_mode"] == "host" and "cases:/cases" in one["volumes"]


def test_a_step_goes_on_behind_a_backslash() -> None:
    """Comments between are none of it."""
    found = steps("# head\nRUN a \\\n && b\nENV A=1 B='x y'\n")
    assert [step.word for step in found] == ["RUN", "ENV"]
    assert found[0].rest.split() == ["a", "&&", "b"]
    assert words(found[1].rest) == ["A=1", "B=x y"]


def test_health_is_that_of_the_watch(tmp_path: Path) -> None:
    """1 where nothing ever ran, 0 while a watch writes, 1 when it was killed."""
    case, toml = tmp_path / "line", tmp_path / "watch.toml"
    toml.write_text('[[target]]\naddress = "127.0.0.1"\nway = "connect"\nport = 9\n')
    heller = [sys.executable, "-m", "heller", "watch", str(case)]
    assert subprocess.run([*heller, "--alive"], check=False).returncode == 1
    watch = subprocess.Popen([*heller, "--config", str(toml)], start_new_session=True)
    try:
        end = time.monotonic() + 120
        while subprocess.run([*heller, "--alive"], check=False).returncode:
            assert watch.poll() is None and time.monotonic() < end
    finally:
        os.killpg(watch.pid, signal.SIGKILL)
        watch.wait()
    assert subprocess.run([*heller, "--alive"], check=False).returncode == 1
