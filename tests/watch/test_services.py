"""The texts by which macOS and Windows start a watch: their form, and the words of the command inside. Neither system
was at hand; systemd's is checked in `test_command.py`."""

from __future__ import annotations

import plistlib
import shlex
import subprocess
from pathlib import Path, PureWindowsPath
from xml.etree import ElementTree

import pytest

from heller.cli import app
from heller.cli.watch import systems
from heller.watch.services import launchd, task_scheduler

CASE = Path('/Users/me/Fall & "Söhne" <1>')
COMMAND = ["/opt/heller/bin/python", "-P", "-m", "heller", "watch", str(CASE)]
TASK = "{http://schemas.microsoft.com/windows/2004/02/mit/task}"


def test_an_agent_of_launchd_holds_the_command_word_by_word() -> None:
    """It is a property list, named as its file, that begins at once and again."""
    said = plistlib.loads(launchd.agent(COMMAND, CASE).encode())
    assert said["ProgramArguments"] == COMMAND
    assert said["RunAtLoad"] is True and said["KeepAlive"] is True
    assert launchd.name_of(CASE) == f"{said['Label']}.plist"


def test_a_task_of_windows_never_ends_by_itself() -> None:
    """In UTF-16 as the Task Scheduler wants it; on battery too; its arguments are quoted as Windows reads them."""
    case = PureWindowsPath(r"C:\Users\me\Fall & Söhne")
    command = [r"C:\Program Files\Python\python.exe", "-P", "-m", "heller", "watch", str(case)]
    root = ElementTree.fromstring(task_scheduler.task(command, case).encode("utf-16"))  # type: ignore[arg-type]
    said = {one.tag.removeprefix(TASK): one.text for one in root.iter()}
    assert said["Command"] == command[0]
    assert said["Arguments"] == subprocess.list2cmdline(command[1:])
    assert (said["ExecutionTimeLimit"], said["MultipleInstancesPolicy"]) == ("PT0S", "IgnoreNew")
    assert said["DisallowStartIfOnBatteries"] == said["StopIfGoingOnBatteries"] == "false"
    order = [one.tag.removeprefix(TASK) for one in root]
    assert order == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]


@pytest.mark.parametrize("name", ["LAUNCHD", "TASKS"])
def test_where_the_system_does_not_answer_the_commands_are_printed(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The text lies where the system looks for it, and goes again with --uninstall."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    monkeypatch.setattr("heller.cli.watch.service.of_this_machine", lambda: getattr(systems, name))
    case = tmp_path / "case"
    assert app.run(["watch", str(case), "--install", "--lang", "en"]) == 0
    (written,) = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    said = capsys.readouterr().out
    begin = getattr(systems, name).begin(written)
    assert all(shlex.join(command) in said for command in begin)
    assert app.run(["watch", str(case), "--uninstall"]) == 0
    assert not written.exists()
