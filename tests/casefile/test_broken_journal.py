"""No verb writes behind a journal that does not hold: every kind of break against everything that writes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from tests.casefile.test_killed import contact
from tests.journal.authority import Authority, served

from heller import casefile
from heller.casefile import stamping, watching
from heller.casefile.bundle.hand_out import HandedOut, hand_out
from heller.casefile.stamping.renew import renew
from heller.casefile.writing.change import correct_zone
from heller.journal import anchors, store
from heller.journal.appender import Appender
from heller.journal.mend import mend
from heller.journal.places import BODIES, JOURNAL
from heller.model.errors import HellerError
from heller.model.kinds.fact import Fact

DAY = date(2015, 6, 30)
WHEN = datetime(2015, 6, 30, tzinfo=UTC)
Lines = list[bytes]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    """An authority that stamps."""
    with served(tmp_path_factory.mktemp("authority")) as one:
        yield one


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, authority: Authority) -> Path:
    """A case with notes, a file, an erasure, a correction, two stamped tree heads."""
    home = tmp_path_factory.mktemp("made")
    case = home / "case"
    casefile.open_case(case)
    (home / "notiz.txt").write_text("eine Notiz")
    (home / "andere.txt").write_text("eine andere Notiz")
    casefile.add(case, [home / "notiz.txt"])
    gone = casefile.note(case, contact())
    stamping.add(case, [authority.tsa("one")], [authority.root])
    stamping.stamp(case, lambda said: None)
    casefile.correct(case, casefile.note(case, contact()), "Irrtum")
    casefile.note(case, Fact("line.monthly_fee", "480.00"))
    casefile.erase(case, gone, "Antrag", "")
    stamping.stamp(case, lambda said: None)
    renew(case)
    casefile.note(case, contact())
    return case


def state(case: Path) -> dict[str, bytes]:
    """Every file of a case but what it keeps for itself."""
    return {
        path.relative_to(case).as_posix(): path.read_bytes()
        for path in case.rglob("*")
        if path.is_file() and "derived" not in path.parts
    }


def change(line: bytes) -> bytes:
    """One letter of what the line commits to, or of the salt of what was said. (The clock of the very last line is
    covered by nothing yet: what comes after it covers it.)"""
    return re.sub(rb'((?:"c"|"salt"):")(.)', lambda x: x[1] + (b"0" if x[2] != b"0" else b"1"), line, count=1)


PLACES = {"first": lambda n: 0, "middle": lambda n: n // 2, "last": lambda n: n - 1}
AT: dict[str, Callable[[Lines, int], Lines]] = {
    "gone": lambda x, n: x[:n] + x[n + 1 :],
    "changed": lambda x, n: [*x[:n], change(x[n]), *x[n + 1 :]],
    "twice": lambda x, n: [*x[: n + 1], *x[n:]],
    "empty": lambda x, n: [*x[:n], b"\n", *x[n + 1 :]],
    "no JSON": lambda x, n: [*x[:n], b"?\n", *x[n + 1 :]],
    "half": lambda x, n: [*x[:n], x[n][: len(x[n]) // 2], *x[n + 1 :]],
    "without its end": lambda x, n: [*x[:n], x[n][:-1], *x[n + 1 :]],
    "Windows": lambda x, n: [*x[:n], x[n][:-1] + b"\r\n", *x[n + 1 :]],
    "zeros": lambda x, n: [*x[:n], bytes(len(x[n])), *x[n + 1 :]],
    "blanks": lambda x, n: [*x[:n], x[n].replace(b'",', b'", ', 1), *x[n + 1 :]],
    "another line": lambda x, n: [*x[:n], x[n - 2], *x[n + 1 :]],
    "swapped with the next": lambda x, n: [*x[: n - 1], x[n], x[n - 1], *x[n + 1 :]],
}
WHOLE: dict[str, Callable[[bytes], bytes]] = {
    "emptied": lambda data: b"",
    "reversed": lambda data: b"".join(reversed(data.splitlines(keepends=True))),
    "byte order mark": lambda data: b"\xef\xbb\xbf" + data,
    "ends of Windows": lambda data: data.replace(b"\n", b"\r\n"),
    "UTF-16": lambda data: data.decode().encode("utf-16"),
    "joined": lambda data: data.replace(b"\n", b" "),
    "garbage behind": lambda data: data + b"x",
    "line behind": lambda data: data + b"{}\n",
    "cut at a tree head": lambda data: b"".join(data.splitlines(keepends=True)[:3]),
}


def edited(name: str, edit: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    """A break of one file of a case."""

    def breaks(case: Path) -> None:
        path = case / name
        data = edit(path.read_bytes())
        assert data != path.read_bytes(), "nothing was broken"
        path.write_bytes(data)

    return breaks


def _at(place: Callable[[int], int], edit: Callable[[Lines, int], Lines]) -> Callable[[bytes], bytes]:
    def there(data: bytes) -> bytes:
        lines = data.splitlines(keepends=True)
        return b"".join(edit(lines, place(len(lines))))

    return there


def _older(name: str) -> Callable[[Path], None]:
    """A copy of before is put over the file, as a program that synchronises folders does."""
    return edited(name, lambda data: b"".join(data.splitlines(keepends=True)[:-3]))


BREAKS: dict[str, Callable[[Path], None]] = {
    **{
        f"{name}: the {where} line {what}": edited(name, _at(place, edit))
        for name in (JOURNAL, BODIES)
        for where, place in PLACES.items()
        for what, edit in AT.items()
    },
    **{f"{name} {what}": edited(name, edit) for name in (JOURNAL, BODIES) for what, edit in WHOLE.items()},
    f"{JOURNAL} missing": lambda case: (case / JOURNAL).unlink(),
    f"{BODIES} missing": lambda case: (case / BODIES).unlink(),
    f"{JOURNAL} older": _older(JOURNAL),
    f"{BODIES} older": _older(BODIES),
    "both cut before the tree head": lambda case: [  # type: ignore[dict-item]
        edited(name, WHOLE["cut at a tree head"])(case) for name in (JOURNAL, BODIES)
    ],
    "tree head changed": edited("anchors/000002.txt", lambda data: data.replace(b"size ", b"size 1")),
    "tree head that is none": edited("anchors/000002.txt", lambda data: b"<html>"),
    "erased body put back": edited(
        BODIES, lambda data: data.replace(b'{"body"', b'{"body":{},"salt":"00","seq":2}\n{"body"', 1)
    ),
}  # fmt: skip

VERBS: dict[str, Callable[[Path], object]] = {
    "add": lambda case: casefile.add(case, [case.parent / "andere.txt"]),
    "note": lambda case: casefile.note(case, contact()),
    "note of a fact": lambda case: casefile.note(case, Fact("firm.name", "x")),
    "note that replaces": lambda case: casefile.note(case, Fact("line.monthly_fee", "1.00"), replaces=8),
    "correct": lambda case: casefile.correct(case, 1, "Irrtum"),
    "restore": lambda case: casefile.restore(case, 6, "doch"),
    "zone": lambda case: correct_zone(case, "Europe/Vienna", "umgezogen"),
    "erase": lambda case: casefile.erase(case, 1, "Antrag", ""),
    "stamp": lambda case: stamping.stamp(case, lambda said: None),
    "renew": lambda case: renew(case, digest="sha512"),
    "dossier": lambda case: casefile.build(case, DAY, "en"),
    "hand out": lambda case: hand_out(
        case, HandedOut(case.parent / "notiz.txt", case.parent / "andere.txt", "ab" * 32, DAY), "Anwalt"
    ),
    "tree head": lambda case: anchors.newest(case, anyway=True),
    "witness": lambda case: stamping.witness(case, "Notar", WHEN, "Brief"),
    "give": lambda case: casefile.give(case, 1, {"gross": "1.00"}, "ich"),
    "leave": lambda case: casefile.leave(case, 1, "ich", "kein Beleg"),
    "watch": lambda case: watched(case),
    "append": lambda case: store.append(case, [("note", {})]),
}  # fmt: skip


def watched(case: Path) -> None:
    """What `heller watch` asks before it writes, and then an entry."""
    watching.seconds_to_seal(case)
    store.load(case)
    with Appender(case) as writer:
        writer.append([("note", {})])


@pytest.mark.parametrize("name", BREAKS)
def test_no_verb_writes_behind_a_break(name: str, made: Path, tmp_path: Path) -> None:
    """Each is refused in words of its own, and every file of the case is what it was."""
    shutil.copytree(made.parent, tmp_path / "home")
    case = tmp_path / "home" / "case"
    BREAKS[name](case)
    before = state(case)
    for verb, run in VERBS.items():
        with pytest.raises(HellerError):
            run(case)
            pytest.fail(f"{verb} went on")
        assert state(case) == before, verb


def test_what_is_not_broken_is_written_to(made: Path, tmp_path: Path) -> None:
    """The same verbs on the same case, whole: what is refused above is refused for its break."""
    shutil.copytree(made.parent, tmp_path / "home")
    case = tmp_path / "home" / "case"
    for verb in (
        "note",
        "add",
        "correct",
        "zone",
        "stamp",
        "witness",
        "tree head",
        "watch",
        "append",
        "hand out",
    ):
        before = len(store.load(case).entries)
        VERBS[verb](case)
        assert len(store.load(case).entries) > before, verb
    mend(case)
