"""Which files a person means by a folder, and what is said of the rest."""

import os
import socket
import stat
from pathlib import Path

import pytest

from heller.casefile.writing.folders import walk
from heller.model.errors import InputRefused


def test_folders_are_walked_in_order_and_hidden_files_are_named(tmp_path: Path) -> None:
    """`heller add CASE FOLDER` takes what a person sees, and says what it did not take."""
    for name in ("b.csv", "a.csv", ".versteckt", "x/c.csv", ".git/d.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = walk([tmp_path])
    assert [p.name for p in found.files] == ["a.csv", "b.csv", "c.csv"]
    assert [(left.path.name, left.why.id) for left in found.left_out] == [
        (".git", "hidden"),
        (".versteckt", "hidden"),
    ]


def test_no_link_leads_out_of_a_folder(tmp_path: Path) -> None:
    """Neither a file nor a folder elsewhere is taken in by a link; one that is named by itself is."""
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "wages.csv").touch()
    home = tmp_path / "case"
    home.mkdir()
    (home / "link.csv").symlink_to(tmp_path / "secret" / "wages.csv")
    (home / "folder").symlink_to(tmp_path / "secret")
    (home / "loop").symlink_to(home)
    found = walk([home])
    assert found.files == () and len(found.left_out) == 3
    assert walk([home / "link.csv"]).files == (home / "link.csv",)


@pytest.mark.skipif(os.name != "posix", reason="no pipes with names")
def test_pipes_and_sockets_are_named_and_never_opened(tmp_path: Path) -> None:
    """Inside a folder they are left out; named by themselves they are refused at once."""
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as held:
        held.bind(str(tmp_path / "socket"))
        (tmp_path / "a.csv").touch()
        found = walk([tmp_path])
        assert [p.name for p in found.files] == ["a.csv"] and len(found.left_out) == 2
        for name in ("pipe", "socket"):
            with pytest.raises(InputRefused):
                walk([tmp_path / name])
    if stat.S_ISCHR(Path("/dev/null").stat().st_mode):
        with pytest.raises(InputRefused):
            walk([Path("/dev/null")])
