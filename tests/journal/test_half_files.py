"""Half files that a killed writer of stamps left: the next who writes clears them, but none that is being written."""

import os
from pathlib import Path

import pytest

from heller import casefile
from heller.journal import disk
from heller.model.kinds.fact import Fact

PLACES = ("anchors/000002.one.crl.part", "anchors/trust/root.pem.part", "queue/000002.one.json.part")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with a half file in each folder that stamping writes in."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    for name in PLACES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"half")
    return folder


@pytest.mark.skipif(os.name != "posix", reason="only there folders can be locked")
def test_the_next_writer_clears_half_files(case: Path) -> None:
    """After one more note none is there."""
    casefile.note(case, Fact("firm.name", "Beispiel GmbH"))
    assert list(case.rglob("*.part")) == []


@pytest.mark.skipif(os.name != "posix", reason="only there folders can be locked")
def test_a_file_that_is_being_written_is_left_alone(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A note comes in between the bytes of a stamp and its name: the stamp is kept whole."""
    real = os.fsync
    seen: list[bool] = []

    def note_between(handle: int) -> None:
        real(handle)
        if not seen:
            seen.append(True)
            casefile.note(case, Fact("firm.name", "Beispiel GmbH"))
            assert (case / "anchors/000003.one.tsr.part").read_bytes() == b"whole"

    monkeypatch.setattr(os, "fsync", note_between)
    disk.keep(case / "anchors/000003.one.tsr", b"whole")
    assert seen and (case / "anchors/000003.one.tsr").read_bytes() == b"whole"
