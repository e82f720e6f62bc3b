"""The three verifiers, each with one question: does it find a fault?"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from types import ModuleType

from heller.casefile.bundle.build import sheets
from heller.casefile.bundle.verify import verify_bytes

LINE = re.compile(r"^    (?!python3 )(\S.*)$", re.MULTILINE)


def heller(data: bytes, kept: Sequence[bytes] = (), roots: Sequence[bytes] = ()) -> str:
    """What `heller verify` names first; nothing where the bundle holds."""
    return heller_said(data, kept, roots)[0]


def heller_said(data: bytes, kept: Sequence[bytes] = (), roots: Sequence[bytes] = ()) -> tuple[str, str]:
    """The first breach, and all that `heller verify` names beside breaches: not checked, left out."""
    outcome = verify_bytes(data, kept=[("kept.txt", head) for head in kept], roots=roots)
    beside = "\n".join(str(said) for said in (*outcome.unchecked, *outcome.remarks))
    return "".join(f"{b.where}: {b.what}" for b in outcome.breaches[:1]), beside


@cache
def _module() -> ModuleType:
    """The script, loaded once."""
    path = next(sheet for sheet in sheets() if sheet.name == "verify.py")
    spec = importlib.util.spec_from_file_location("bundle_script", str(path))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def script(bundle: Path, folder: Path, given: Sequence[tuple[str, str]] = ()) -> str:
    """What verify.py names first; run in this process, in an empty folder."""
    module, home = _module(), Path.cwd()
    module.faults.clear()
    del module.notes[1:]
    folder.mkdir(exist_ok=True)
    os.chdir(folder)
    try:
        with redirect_stdout(StringIO()):
            files = module.unzip(str(bundle))
            module.check(files, {n: module.sha(d) for n, d in files.items()}, list(given))
    except Exception as error:  # as the script itself does
        module.faults.append(f"cannot be read: {type(error).__name__}: {error}")
    finally:
        os.chdir(home)
    return str(module.faults[0]) if module.faults else ""


def script_unchecked() -> str:
    """What verify.py says after the last run that it did not check."""
    return "\n".join(_module().notes)


@cache
def shell_lines(sheet: str = "PRUEFEN.txt") -> tuple[str, ...]:
    """The lines of a sheet, as they are printed."""
    page = next(s for s in sheets() if s.name == sheet)
    return tuple(LINE.findall(page.read_text("utf-8")))


def shell(bundle: Path, folder: Path, kept: bytes = b"", sheet: str = "PRUEFEN.txt") -> str:
    """The faults that the lines of the sheet print."""
    return shell_said(bundle, folder, kept, sheet)[0]


def shell_said(bundle: Path, folder: Path, kept: bytes = b"", sheet: str = "PRUEFEN.txt") -> tuple[str, str]:
    """What the lines of the sheet print, entered one after the other in an empty folder: faults, and what
    they say that they did not check."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    shutil.copy(bundle, folder / "bundle.zip")
    if kept:
        (folder / "kept.txt").write_bytes(kept)
    done = subprocess.run(
        ["bash"],
        input="\n".join(shell_lines(sheet)).encode(),
        cwd=folder,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )
    said = done.stdout.decode("utf-8", "replace").strip().splitlines()
    unchecked = "\n".join(line for line in said if line.startswith("not checked"))
    return "\n".join(line for line in said if not line.startswith("not checked"))[:300], unchecked
