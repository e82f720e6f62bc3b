"""Attacks on the journal: words, order, numbers, chain, encoding, erasure."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

from msgspec.structs import replace
from tests.lab.attack import MISSED, attack
from tests.lab.forger import B, Forger, Item

GROUP = "journal"
NEW_LOG = (
    "a journal that was made up whole proves only what its stamps prove: ask for a tree head from before"
)


def rechained(f: Forger, edit: Callable[[list[Item]], list[Item]]) -> bytes:
    """Edit the entries, make chain, commitments and tree heads anew, keep the old stamps."""
    f.rewrite(edit(f.items()))
    f.reanchor()
    return f.seal()


@attack(GROUP, "word altered")
def word_altered(f: Forger) -> bytes:
    """What somebody said is changed, all lists adjusted."""
    f.change(B, lambda data: data.replace(b"jetzt online", b"nie online"))
    return f.seal()


@attack(GROUP, "word altered, commitment adjusted")
def word_altered_committed(f: Forger) -> bytes:
    """The line commits to the new words; the lines after it are left."""
    before = f.lines()
    items = f.items()
    said = items[f.find("note")]
    said.body = {"record": {**(said.body or {})["record"], "said": "Niemand hat etwas gesagt."}}
    f.rewrite(items)
    changed = next(i for i, (a, b) in enumerate(zip(before, f.lines(), strict=True)) if a != b)
    f.put_lines([*before[:changed], f.lines()[changed], *before[changed + 1 :]])
    return f.seal()


@attack(GROUP, "word altered, all made anew but the stamps")
def word_altered_rechained(f: Forger) -> bytes:
    """Commitment, chain and tree heads are made anew; the old stamps are kept."""

    def edit(items: list[Item]) -> list[Item]:
        said = next(item for item in items if item.kind == "note")
        said.body = {"record": {**(said.body or {})["record"], "said": "Nichts."}}
        return items

    return rechained(f, edit)


@attack(GROUP, "line dropped")
def line_dropped(f: Forger) -> bytes:
    """A line in the middle and what it says are gone."""
    lines, bodies = f.lines(), f.lines(B)
    f.put_lines(lines[:3] + lines[4:])
    f.put_lines(bodies[:3] + bodies[4:], B)
    return f.seal()


@attack(GROUP, "line dropped, all made anew but the stamps")
def line_dropped_rechained(f: Forger) -> bytes:
    """The lines after it are numbered and chained anew."""
    return rechained(f, lambda items: items[:3] + items[4:])


@attack(GROUP, "line inserted")
def line_inserted(f: Forger) -> bytes:
    """A line that fits the one before is put in between; the next still names the old one."""
    items = f.items()
    before = f.lines()
    f.rewrite([*items[:4], Item("note", {"record": {}}, items[3].clock), *items[4:]])
    f.put_lines([*f.lines()[:5], *before[4:]])
    return f.seal()


@attack(GROUP, "line inserted, all made anew but the stamps")
def line_inserted_rechained(f: Forger) -> bytes:
    """A contact that never was is chained in between."""
    return rechained(f, lambda x: [*x[:4], Item(x[-1].kind, x[-1].body, x[3].clock), *x[4:]])


@attack(GROUP, "two lines swapped")
def lines_swapped(f: Forger) -> bytes:
    """Two lines change places."""
    lines = f.lines()
    lines[3], lines[4] = lines[4], lines[3]
    f.put_lines(lines)
    return f.seal()


@attack(GROUP, "order changed, all made anew but the stamps")
def order_changed(f: Forger) -> bytes:
    """Two entries change places and everything is chained anew."""
    return rechained(f, lambda x: [*x[:3], x[4], x[3], *x[5:]])


@attack(GROUP, "line doubled")
def line_doubled(f: Forger) -> bytes:
    """A line stands twice."""
    lines = f.lines()
    f.put_lines([*lines[:4], lines[3], *lines[4:]])
    return f.seal()


@attack(GROUP, "back-dated")
def back_dated(f: Forger) -> bytes:
    """The wall clock of one line is set back by a day."""
    f.change("data/journal.jsonl", lambda d: re.sub(rb'"wall":"20(\d\d)', b'"wall":"19\\1', d, count=1))
    return f.seal()


@attack(GROUP, "back-dated, all made anew but the stamps")
def back_dated_rechained(f: Forger) -> bytes:
    """Every line is set back to 2015, chained and anchored anew."""

    def edit(items: list[Item]) -> list[Item]:
        for item in items:
            item.clock = replace(item.clock, wall="2015" + item.clock.wall[4:])
        return items

    return rechained(f, edit)


@attack(GROUP, "clock quality altered")
def sync_altered(f: Forger) -> bytes:
    """A clock that was out of step is said to have been in step."""
    f.change("data/journal.jsonl", lambda data: re.sub(rb'"sync":"\w+"', b'"sync":"told"', data, count=1))
    return f.seal()


@attack(GROUP, "kind altered")
def kind_altered(f: Forger) -> bytes:
    """A correction becomes a note."""
    f.change("data/journal.jsonl", lambda data: data.replace(b'"kind":"correction"', b'"kind":"note"'))
    return f.seal()


@attack(GROUP, "tail cut off")
def tail_cut(f: Forger) -> bytes:
    """The last three lines and what they say are gone."""
    f.put_lines(f.lines()[:-3])
    f.put_lines(f.lines(B)[:-3], B)
    return f.seal()


@attack(GROUP, "tail cut off, newest tree heads taken out")
def tail_cut_heads(f: Forger) -> bytes:
    """The journal ends where the first tree head ends; the second and all after it are taken out."""
    size = int(f.files["data/anchors/000001.txt"].split(b"\nsize ")[1].split(b"\n")[0])
    f.drop(*[n for n in f.files if n.startswith("data/anchors/000002")])
    f.put_lines(f.lines()[:size])
    f.put_lines(f.lines(B)[:size], B)
    return f.seal()


@attack(GROUP, "line torn at the end")
def torn(f: Forger) -> bytes:
    """The last line lacks its end."""
    f.change("data/journal.jsonl", lambda data: data[:-1])
    return f.seal()


@attack(GROUP, "empty line added")
def empty_line(f: Forger) -> bytes:
    """An empty line hangs behind the bodies."""
    f.change(B, lambda data: data + b"\n")
    return f.seal()


@attack(GROUP, "carriage returns")
def carriage_returns(f: Forger) -> bytes:
    """Every line of the journal ends as Windows ends lines."""
    f.change("data/journal.jsonl", lambda data: data.replace(b"\n", b"\r\n"))
    return f.seal()


def _in_line(f: Forger, edit: Callable[[bytes], bytes], name: str = B, number: int = 3) -> bytes:
    """Edit the text of one line and chain, commit and anchor everything to it, without stamps."""
    f.unstamped()
    lines = f.lines(name)
    lines[number] = edit(lines[number])
    f.put_lines(lines, name)
    f.reanchor()
    return f.seal()


@attack(GROUP, "key doubled")
def key_doubled(f: Forger) -> bytes:
    """A body says the same key twice, with two values; everything else fits."""
    return _in_line(f, lambda line: line.replace(b'{"body":{', b'{"body":{"digest":"x",', 1))


@attack(GROUP, "blanks in a body")
def blanks(f: Forger) -> bytes:
    """A body is written with blanks that mean nothing; everything else fits."""
    return _in_line(f, lambda line: line.replace(b'","', b'", "', 1))


@attack(GROUP, "keys in another order")
def order_of_keys(f: Forger) -> bytes:
    """A body names its keys in another order; everything else fits."""
    return _in_line(f, lambda line: re.sub(rb'("media":"[^"]*"),("name":"[^"]*")', rb"\2,\1", line))


@attack(GROUP, "letter written as an escape")
def escaped(f: Forger) -> bytes:
    """A letter is written as \\u0061; everything else fits."""
    return _in_line(f, lambda line: line.replace(b'"name":"', b'"name":"\\u0061', 1))


@attack(GROUP, "lone surrogate")
def surrogate(f: Forger) -> bytes:
    """A text holds half a character; everything else fits."""
    return _in_line(f, lambda line: line.replace(b'"name":"', b'"name":"\\ud800', 1))


@attack(GROUP, "NUL in a text")
def nul(f: Forger) -> bytes:
    """A text holds a NUL, at which some programs stop reading; everything else fits."""
    return _in_line(f, lambda line: line.replace(b'"name":"', b'"name":"\\u0000', 1))


@attack(GROUP, "number with a point")
def floating(f: Forger) -> bytes:
    """A size is written as 1.0; everything else fits."""
    return _in_line(f, lambda line: re.sub(rb'"size":(\d+)', rb'"size":\1.0', line))


@attack(GROUP, "huge number")
def huge(f: Forger) -> bytes:
    """A number is so large that programs read it differently; everything else fits."""
    return _in_line(f, lambda line: re.sub(rb'"size":(\d+)', rb'"size":90071992547409930', line))


@attack(GROUP, "byte order mark")
def byte_order_mark(f: Forger) -> bytes:
    """The bodies begin with a byte order mark."""
    f.change(B, lambda data: b"\xef\xbb\xbf" + data)
    return f.seal()


@attack(GROUP, "letters that look alike")
def look_alike(f: Forger) -> bytes:
    """A word is written with Cyrillic letters that look like Latin ones."""
    f.change(B, lambda data: data.replace(b"Techniker", "Тechniker".encode(), 1))
    return f.seal()


@attack(GROUP, "other normal form")
def normal_form(f: Forger) -> bytes:
    """An umlaut is written as letter and dots: the same to the eye, other bytes."""
    f.change(B, lambda data: data.replace("ö".encode(), "o\u0308".encode(), 1))
    return f.seal()


@attack(GROUP, "unknown key in a line")
def unknown_key(f: Forger) -> bytes:
    """A line carries a key that no journal has."""
    f.change("data/journal.jsonl", lambda data: data.replace(b'{"boot"', b'{"a":1,"boot"', 1))
    return f.seal()


@attack(GROUP, "newer version claimed")
def version_claimed(f: Forger) -> bytes:
    """A line says that it follows a version that is not known."""
    f.change("data/journal.jsonl", lambda data: data.replace(b'"v":1', b'"v":2', 1))
    return f.seal()


@attack(GROUP, "body taken out")
def body_out(f: Forger) -> bytes:
    """What an entry says is gone, and no entry says that it was erased."""
    lines = f.lines(B)
    f.put_lines(lines[:3] + lines[4:], B)
    return f.seal()


@attack(GROUP, "body doubled")
def body_doubled(f: Forger) -> bytes:
    """An entry has two bodies, one of them changed."""
    lines = f.lines(B)
    f.put_lines([*lines[:4], lines[3].replace(b"a", b"b", 1), *lines[4:]], B)
    return f.seal()


@attack(GROUP, "body for no line")
def body_extra(f: Forger) -> bytes:
    """There is a body for an entry that is not there."""
    f.change(B, lambda data: data + re.sub(rb'"seq":\d+', b'"seq":999', f.lines(B)[-1]))
    return f.seal()


@attack(GROUP, "salt swapped")
def salt_swapped(f: Forger) -> bytes:
    """A body gets another salt."""
    salt = secrets.token_hex(32).encode()
    f.change(B, lambda data: re.sub(rb'"salt":"\w+"', b'"salt":"' + salt + b'"', data, count=1))
    return f.seal()


@attack(GROUP, "erasure of a living body")
def erasure_of_the_living(f: Forger) -> bytes:
    """An entry says that a body was erased, and the body is there; no stamps."""
    f.unstamped()
    items = f.items()
    erased = Item("erased", {"entry": 2, "why": "Antrag"}, items[-1].clock)
    f.rewrite([*items[:-1], erased, items[-1]])
    f.reanchor()
    return f.seal()


@attack(GROUP, "erased after the stamp, by nobody")
def erased_by_nobody(f: Forger) -> bytes:
    """A body is taken out and an entry of another kind pretends to have erased it."""
    lines = f.lines(B)
    f.put_lines(lines[:2] + lines[3:], B)
    f.change(B, lambda data: data.replace(b'{"body":{"corrects":', b'{"body":{"entry":2,"corrects":', 1))
    return f.seal()


@attack(GROUP, "journal of another case")
def other_case(f: Forger) -> bytes:
    """The first entry names another case; the rest is chained anew, the old tree heads kept."""
    items = f.items()
    items[0].body = {**(items[0].body or {}), "case": secrets.token_hex(16)}
    f.rewrite(items)
    return f.seal()


@attack(
    GROUP,
    "tail cut off, all made anew, stamped today",
    script=MISSED,
    shell=MISSED,
    heller=MISSED,
    kept="found",
    why=NEW_LOG,
    unchecked="unstamped time",
)
def tail_cut_restamped(f: Forger) -> bytes:
    """Notes at the end are gone; dossier, tree heads and stamps are honestly made anew."""
    return f.reborn(cut=True)


@attack(
    GROUP,
    "whole new journal, stamped today",
    script=MISSED,
    shell=MISSED,
    heller=MISSED,
    kept="found",
    why=NEW_LOG,
    unchecked="unstamped time",
)
def new_journal(f: Forger) -> bytes:
    """Everything is made up today, consistently, with honest stamps of today."""
    return f.reborn(cut=False)
