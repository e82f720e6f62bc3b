"""Attacks by how things are written: what programs read differently, or one of them not at all.

Numbers, digests, times and names have one form in a bundle. Each of these has another one that many programs take for
the same, or stumble over; commitments, chain, tree heads and lists are made to fit it, and nobody had stamped it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from hashlib import sha256

from tests.lab.attack import MISSED, attack
from tests.lab.forger import A, B, Forger, J

GROUP = "other ways of writing"
DEEP = "the shell does not read what entries say: its bytes are those that were committed to"
DAYS = "the shell knows how a day is written, not how many a month has"


def respelled(f: Forger, edit: Callable[[bytes], bytes], name: str = J, at: int = 1) -> bytes:
    """Edit one line of the journal, or of what entries say, as bytes; all else is made to fit it."""
    lines = f.lines(name)
    before = lines[at]
    lines[at] = edit(before)
    assert lines[at] != before
    f.put_lines(lines, name)
    f.reanchor()
    return f.seal()


def said(f: Forger, edit: Callable[[bytes], bytes], kind: str = "note") -> bytes:
    """Edit what the first entry of a kind says, as bytes."""
    ending_ = b'"seq":%d}\n' % f.find(kind)
    at = next(n for n, line in enumerate(f.lines(B)) if line.endswith(ending_))
    return respelled(f, edit, B, at)


def headed(f: Forger, edit: Callable[[bytes], bytes]) -> bytes:
    """Write the first tree head differently; its entry and all after it are made to fit."""
    name = f.anchors()[0]
    f.change(name, edit)
    digest = sha256(f.files[name]).hexdigest()
    items = f.items()
    one = next(item for item in items if item.kind == "anchor")
    one.body = {**(one.body or {}), "digest": digest}
    f.rewrite(items)
    return f.seal()


@attack(GROUP, "number written as true", plain=True)
def true_number(f: Forger) -> bytes:
    """The number of the second line is `true`, which many programs take for 1."""
    return respelled(f, lambda line: line.replace(b'"seq":1,', b'"seq":true,'))


@attack(GROUP, "number of a line with a point", plain=True)
def pointed_number(f: Forger) -> bytes:
    """The number of the second line is 1.0."""
    return respelled(f, lambda line: line.replace(b'"seq":1,', b'"seq":1.0,'))


@attack(GROUP, "version written as true", plain=True)
def true_version(f: Forger) -> bytes:
    """The version of a line is `true`."""
    return respelled(f, lambda line: line.replace(b'"v":1,', b'"v":true,'))


@attack(GROUP, "minus nought", plain=True)
def minus_nought(f: Forger) -> bytes:
    """A size is -0."""
    return said(f, lambda line: re.sub(rb'"size":\d+', b'"size":-0', line), "exhibit")


@attack(GROUP, "no number", plain=True)
def not_a_number(f: Forger) -> bytes:
    """A size is NaN."""
    return said(f, lambda line: re.sub(rb'"size":\d+', b'"size":NaN', line), "exhibit")


@attack(GROUP, "number with an exponent", plain=True)
def exponent(f: Forger) -> bytes:
    """A size is 1e2."""
    return said(f, lambda line: re.sub(rb'"size":\d+', b'"size":1e2', line), "exhibit")


@attack(GROUP, "number of five thousand digits", plain=True)
def endless_number(f: Forger) -> bytes:
    """A size has more digits than Python turns into a number."""
    return said(f, lambda line: re.sub(rb'"size":\d+', b'"size":' + b"9" * 5000, line), "exhibit")


@attack(GROUP, "body a hundred thousand deep", shell=MISSED, why=DEEP, unchecked="figures", plain=True)
def deep_body(f: Forger) -> bytes:
    """A note's words are lists in lists, deeper than programs can count."""
    deep = b"[" * 100_000 + b"]" * 100_000
    return said(f, lambda line: line.replace(b'"body":{', b'"body":{"a":' + deep + b","))


@attack(GROUP, "key of a line doubled", plain=True)
def doubled_key(f: Forger) -> bytes:
    """A line says its kind twice, with two values."""
    return respelled(f, lambda line: line.replace(b'"kind":"', b'"kind":"stamp","kind":"', 1))


@attack(GROUP, "salt doubled", plain=True)
def doubled_salt(f: Forger) -> bytes:
    """What an entry says has two salts, and the line commits to the last."""
    return said(f, lambda line: line.replace(b',"salt":"', b',"salt":"' + b"0" * 64 + b'","salt":"'))


@attack(GROUP, "salt in capitals", plain=True)
def capital_salt(f: Forger) -> bytes:
    """A salt is written in capitals: the same bytes to who reads it, another line."""
    return said(f, lambda line: re.sub(rb'(?<="salt":")\w+', lambda m: m[0].upper(), line))


@attack(GROUP, "digest in capitals", plain=True)
def capital_digest(f: Forger) -> bytes:
    """A line names the one before it in capitals."""
    lines = f.lines()
    prev = re.search(rb'"prev":"(\w+)"', lines[1])
    assert prev
    lines[1] = lines[1].replace(prev[1], prev[1].upper())
    f.put_lines(lines)
    return f.seal()


@attack(GROUP, "day that there is not", shell=MISSED, why=DAYS, unchecked="unstamped time", plain=True)
def no_such_day(f: Forger) -> bytes:
    """A line was written on the 30th of February."""
    return respelled(f, lambda line: re.sub(rb'"wall":"\d{4}-\d\d-\d\d', b'"wall":"2026-02-30', line))


@attack(GROUP, "clock of another zone", plain=True)
def other_zone(f: Forger) -> bytes:
    """The wall clock of a line is written with an offset in the place of Z."""
    return respelled(f, lambda line: re.sub(rb'(?<=\d)Z"', b'+00:00"', line))


@attack(GROUP, "clock in words", plain=True)
def clock_in_words(f: Forger) -> bytes:
    """The wall clock of a line says 'tomorrow'."""
    return respelled(f, lambda line: re.sub(rb'"wall":"[^"]+', b'"wall":"tomorrow', line))


@attack(GROUP, "number in Arabic digits", plain=True)
def arabic_digits(f: Forger) -> bytes:
    """The size in a tree head is written in other digits, which Python takes for a number."""
    arabic = "٠١٢٣٤٥٦٧٨٩"
    turn = lambda m: "".join(arabic[int(d)] for d in m[0].decode()).encode()  # noqa: E731
    return headed(f, lambda data: re.sub(rb"(?<=\nsize )\d+", turn, data))


@attack(GROUP, "nought before a number", plain=True)
def leading_nought(f: Forger) -> bytes:
    """The size in a tree head has a nought in front."""
    return headed(f, lambda data: data.replace(b"\nsize ", b"\nsize 0"))


@attack(GROUP, "line ends of a tree head", plain=True)
def head_ends(f: Forger) -> bytes:
    """A tree head in the bundle ends its lines as Windows does."""
    return headed(f, lambda data: data.replace(b"\n", b"\r\n"))


@attack(GROUP, "tree head replayed", plain=True)
def replayed_head(f: Forger) -> bytes:
    """The first tree head lies there again as the newest, with an entry of its own."""
    items, names = f.items(), f.anchors()
    first = next(item for item in items if item.kind == "anchor")
    number = len(names) + 1
    f.files[f"{A}{number:06}.txt"] = f.files[names[0]]
    at = f.find("dossier")
    items.insert(at, type(first)("anchor", {**(first.body or {}), "number": number}, first.clock))
    for one in items[at + 1 :]:
        if one.body and "files" in one.body:
            one.body["entries"] += 1
    f.rewrite(items)
    return f.seal()
