"""Erasure: what an entry said is gone with all that gives it away; that it was there, and why, stays."""

import itertools
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heller import casefile
from heller.casefile.writing.take_in import take_in
from heller.journal import anchors, disk, store
from heller.journal.checking.check import check
from heller.journal.entry import commitment
from heller.journal.mend import mend
from heller.journal.places import BODIES, JOURNAL
from heller.model.errors import InputRefused, JournalBroken

SECRET = b"Name;Lohn\nMeier;3150,77\n"
DIGEST = sha256(SECRET).hexdigest()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with a wage list (handed in twice), a note, a correction, an anchor, a dossier, and derived files."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    (tmp_path / "meier.csv").write_bytes(SECRET)
    (tmp_path / "andere.csv").write_bytes(b"x;y\n1;2\n")
    casefile.add(folder, [tmp_path / "meier.csv", tmp_path / "andere.csv"])
    casefile.add(folder, [tmp_path / "meier.csv"])
    casefile.correct(folder, 1, "Meier heisst Maier")
    store.append(
        folder, [("note", {"record": {"type": "fact", "key": "k", "value": "3150,77", "basis": DIGEST}})]
    )
    made = {"files": {"dossier-de.pdf": DIGEST, "claim.json": DIGEST}, "entries": 3, "as_of": "2026-03-02"}
    store.append(folder, [("dossier", made)])
    anchors.newest(folder)
    (folder / "derived").mkdir(exist_ok=True)
    (folder / "derived" / "dossier.pdf").write_bytes(b"%PDF " + SECRET)
    (folder / "recovered").mkdir()
    (folder / "recovered" / sha256(SECRET[:9]).hexdigest()).write_bytes(SECRET[:9])
    return folder


def traces(folder: Path) -> list[str]:
    """Files in which the words, their digest, the file's name or the correction's words still stand."""
    needles = (
        b"Meier",
        b"3150,77",
        DIGEST.encode(),
        b"meier.csv",
        b"Maier",
        sha256(SECRET[:9]).hexdigest().encode(),
    )
    found = []
    for path in folder.rglob("*"):
        name = str(path.relative_to(folder)).encode()
        data = path.read_bytes() if path.is_file() else b""
        found += [name.decode() for needle in needles if needle in data or needle in name]
    return found


def test_nothing_that_reveals_it_is_left(case: Path) -> None:
    """Not the file, not its name, digest, twin, correction, dossier, derived copies, torn pieces."""
    assert traces(case)
    done = casefile.erase(case, 1, "Wunsch der Person", "Art. 17 DSGVO")
    assert traces(case) == []
    found = store.load(case)
    assert done.originals == (DIGEST,) and done.exhibit == 1
    gone = {e.seq for e in found.entries if e.body is None}
    said = {
        e.body["entry"]: e.body["why"] for e in found.entries if e.kind == "erased" and e.body is not None
    }
    assert gone == set(said) == {1, *(e.seq for e in done.others)}
    assert {found.entries[n].kind for n in gone} == {
        "exhibit",
        "double",
        "correction",
        "note",
        "dossier",
        "recovered",
    }
    assert set(said.values()) == {"Wunsch der Person"}


def test_what_stays_is_a_commitment_that_cannot_be_tried_out(case: Path) -> None:
    """The line's `c` needs the salt; no file holds it, so a right guess commits to something else."""
    body = store.load(case).entries[1].body
    line = (case / JOURNAL).read_bytes().splitlines()[1]
    casefile.erase(case, 1, "x", "")
    guess = commitment(bytes(32), repr(body).encode())
    assert guess.encode() not in line
    assert (case / JOURNAL).read_bytes().splitlines()[1] == line, "the line stays as it was"


def test_the_other_exhibits_keep_their_numbers(case: Path, tmp_path: Path) -> None:
    """What was cited as K 2 stays K 2, what comes next is K 3, and the same file may come again."""
    casefile.erase(case, 1, "x", "")
    assert [(e.number, e.name) for e in casefile.load(case).exhibits] == [(2, "andere.csv")]
    (tmp_path / "neu.csv").write_bytes(b"neu")
    added = casefile.add(case, [tmp_path / "neu.csv", tmp_path / "meier.csv", tmp_path / "andere.csv"])
    assert [(a.number, a.known) for a in added] == [(3, False), (4, False), (2, True)]


def test_what_was_taken_back_stays_taken_back(case: Path) -> None:
    """Erasing the words of a correction does not make the corrected entry count again."""
    number = casefile.correct(case, 2, "gehört Frau Meier")
    assert casefile.load(case).exhibits[1].reading.findings[0].code == "exhibit-withdrawn"
    casefile.erase(case, number, "x", "")
    assert casefile.load(case).exhibits[1].reading.findings[0].code == "exhibit-withdrawn"


def test_an_original_that_another_entry_names_stays(case: Path) -> None:
    """Erasing the second handing-in leaves the exhibit."""
    double = next(e.seq for e in store.load(case).entries if e.kind == "double")
    assert casefile.erase(case, double, "x", "").originals == ()
    assert casefile.original(case, DIGEST) == SECRET


@pytest.mark.parametrize("number", [0, -1, 99, 6, 7])
def test_what_carries_the_journal_is_not_erased(case: Path, number: int) -> None:
    """The opening, an anchor; nor what is not there."""
    with pytest.raises(InputRefused):
        casefile.erase(case, number, "x", "")


def test_twice_or_without_a_reason_is_refused(case: Path) -> None:
    """Nothing is changed."""
    with pytest.raises(InputRefused):
        casefile.erase(case, 1, " ", "")
    casefile.erase(case, 1, "x", "")
    with pytest.raises(InputRefused):
        casefile.erasure_cost(case, 1)


def test_an_entry_that_claims_an_erasure_hides_nothing(case: Path) -> None:
    """A body that is still there is a breach for who checks the bytes, and is completed in the folder."""
    store.append(case, [("erased", {"entry": 1, "why": "x"})])
    found = check((case / JOURNAL).read_bytes(), (case / BODIES).read_bytes())
    assert [b.where for b in found.breaches] == ["bodies.jsonl"]
    assert store.load(case).entries[1].body is None, "it is seen as it will be"
    mend(case)
    assert traces(case) == []


def test_a_journal_that_does_not_hold_is_not_erased_further(case: Path) -> None:
    """Whoever changed something does not get rid of it by an entry."""
    store.append(case, [("erased", {"entry": 1, "why": "x"})])
    path = case / JOURNAL
    path.write_bytes(path.read_bytes().replace(b'"kind":"double"', b'"kind":"doublE"'))
    with pytest.raises(JournalBroken):
        store.load(case)
    assert casefile.original(case, DIGEST) == SECRET


def killed_at(step: int, half: bool, work: Callable[[], Any]) -> bool:
    """Run in a child that is killed at its n-th effect on the disk (`half`: in the middle of it); whether
    it was."""
    child = os.fork()
    if child == 0:
        count = itertools.count()

        def dying(real: Callable[..., Any], partly: Callable[..., Any] | None = None) -> Callable[..., Any]:
            def call(*args: Any, **more: Any) -> Any:
                if next(count) == step:
                    if half and partly is not None:
                        partly(*args)
                    os._exit(9)
                return real(*args, **more)

            return call

        disk.write_all = dying(disk.write_all, lambda handle, data: os.write(handle, data[: len(data) // 2]))
        disk.keep = dying(
            disk.keep, lambda path, data: path.with_name(path.name + ".part").write_bytes(data[:9])
        )
        setattr(shutil, "rmtree", dying(shutil.rmtree, lambda path: next(path.iterdir()).unlink()))  # noqa: B010
        Path.unlink = dying(Path.unlink)  # type: ignore[method-assign]
        try:
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


def steps(half: bool, case: Path, work: Callable[[Path], Any]) -> Iterator[Path]:
    """A fresh copy of the case for every effect at which the work was killed."""
    for step in itertools.count():
        copy = case.parent / f"copy-{half}-{step}"
        shutil.copytree(case, copy)
        if not killed_at(step, half, lambda copy=copy: work(copy)):  # type: ignore[misc]
            assert step >= 6, "it has many effects"
            return
        yield copy


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("half", [False, True])
def test_an_erasure_that_is_killed_anywhere_is_completed_or_undone(case: Path, half: bool) -> None:
    """Before its entry was whole nothing happened; after that nothing is left."""
    outcomes = set()
    for copy in steps(half, case, lambda folder: casefile.erase(folder, 1, "x", "")):
        mend(copy)
        found = store.load(copy)
        undone = found.entries[1].body is not None
        outcomes.add(undone)
        if undone:
            assert casefile.original(copy, DIGEST) == SECRET
            assert not [e for e in found.entries if e.kind == "erased"]
            casefile.erase(copy, 1, "x", "")
        assert traces(copy) == []
        assert len(store.load(copy).breaches) == 0
    assert outcomes == {True, False}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize("half", [False, True])
def test_an_anchor_that_is_killed_anywhere_is_whole_or_not_there(case: Path, half: bool) -> None:
    """The entry comes first, so its file can be made again."""
    store.append(case, [("note", {"said": "neu"})])
    for step in range(9):
        copy = case.parent / f"anchor-{half}-{step}"
        shutil.copytree(case, copy)
        if not killed_at(step, half, lambda copy=copy: anchors.newest(copy)):  # type: ignore[misc]
            break
        mend(copy)
        known = anchors.anchors(store.load(copy), copy)
        newest = anchors.newest(copy)
        assert newest.number in (2, 3) and len(known) in (1, 2)
        assert newest.path.read_bytes() == newest.data
    assert step >= 3


@settings(max_examples=25)
@given(
    events=st.lists(
        st.tuples(st.sampled_from(["add", "note", "erase", "anchor"]), st.integers(0, 9)), max_size=12
    )
)
def test_whatever_is_erased_in_whatever_order_the_journal_holds(
    events: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """No false alarm, and no original without an entry that names it."""
    folder = tmp_path_factory.mktemp("any") / "case"
    store.create(folder)
    store.append(folder, [("opened", {"case": "x"})])
    for event, n in events:
        entries = store.load(folder).entries
        if event == "add":
            digest, _ = store.put_object(folder, bytes([n]))
            known = any(e.body and e.body.get("digest") == digest for e in entries if e.kind == "exhibit")
            store.append(folder, [("double" if known else "exhibit", {"digest": digest, "name": str(n)})])
        elif event == "note":
            store.append(folder, [("note", {"said": str(n)})])
        elif event == "anchor":
            anchors.newest(folder)
        elif (
            n < len(entries)
            and entries[n].body is not None
            and entries[n].kind in ("note", "exhibit", "double")
        ):
            casefile.erase(folder, n, "x", "")
    found = store.load(folder)
    named = {e.body["digest"] for e in found.entries if e.body and e.kind in ("exhibit", "double")}
    stored = {path.name for path in (folder / "objects").rglob("*") if path.is_file()}
    assert stored == named


def test_an_original_is_not_erased_while_it_is_taken_in_again(tmp_path: Path) -> None:
    """Somebody erases an exhibit while its file is handed in a second time: what was erased comes in by no side door,
    nothing is added, and no entry names an original that is gone."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    take_in(folder, [("meier.csv", SECRET)])
    eraser = threading.Thread(target=casefile.erase, args=(folder, 1, "Antrag", "Art. 17 DSGVO"))

    def handed() -> Iterator[tuple[str, bytes]]:
        yield "nochmals.csv", SECRET  # kept already: it is only named again
        eraser.start()
        eraser.join(0.3)
        yield "andere.csv", b"x;y\n1;2\n"

    with pytest.raises(InputRefused):
        take_in(folder, handed())
    eraser.join()
    checked = store.load(folder)
    named = [
        e.body["digest"] for e in checked.entries if e.kind in ("exhibit", "double") and e.body is not None
    ]
    assert all(store.get_object(folder, digest) for digest in named)
    assert any(e.kind == "erased" for e in checked.entries)
