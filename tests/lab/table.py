"""Writes docs/forgery-lab.md from the list of attacks:  python -m tests.lab.table"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.lab import (
    around_pages,
    container,
    contents,
    entries,
    headers,
    heads,
    lines,
    lists,
    open_questions,
    own_entries,
    pages,
    shut,
    spelling,
    tokens,
    versions,
    words,
)  # fmt: skip
from tests.lab.attack import ATTACKS, MISSED, Attack
from tests.lab.beside import BESIDE, BESIDE_CLOSED, GUESSES

PAGE = Path(__file__).parents[2] / "docs" / "forgery-lab.md"
GROUPS = (
    contents.GROUP, pages.GROUP, lines.GROUP, entries.GROUP, heads.GROUP, words.GROUP, versions.GROUP, container.GROUP,
    shut.GROUP, spelling.GROUP, open_questions.GROUP,
)  # fmt: skip
assert headers and tokens and lists and around_pages and own_entries  # more attacks of other groups
MARK = {"found": "found", MISSED: "**no**"}

INTRO = """# The forgery lab

Made by `python -m tests.lab.table` from the attacks in `tests/lab/`; a test fails when this page and the
attacks differ. Do not edit it.

A forger changes something in an honest, stamped bundle and then **adjusts every digest that he can**: lists,
commitments, chain, tree heads. What he cannot make again is what others made: time stamps, and tree heads
that somebody received. Each attack is tried on three verifiers that share no code:

| verifier | what it is |
| --- | --- |
| `heller verify` | checks every byte, works every figure out again, typesets the pages again |
| `verify.py` | 123 lines of Python's standard library, which call `openssl` for the stamps |
| shell | the 16 lines of `PRUEFEN.txt` and `VERIFY.txt`, run as they are printed: `unzip`, `sha256sum`, `openssl` |

None of them says 'all is well' about something that it did not look at: the smaller two print `not checked: ...`
for it, and the lab fails where one of them is silent about what another finds.

`make lab` runs all of it: every attack against all three, 100,000 single flipped bits, 1,000 honest bundles.
"""


def page() -> str:
    """The whole page."""
    count = {one: sum(getattr(a, one) == "found" for a in ATTACKS) for one in ("heller", "script", "shell")}
    summary = (
        f"\n{len(ATTACKS)} kinds of attack: `heller verify` finds {count['heller']}, `verify.py` {count['script']}, "
        f"the shell {count['shell']}. Nothing that the shell or `verify.py` finds is missed by `heller verify`.\n"
        f"Beside a bundle: {len(BESIDE) + len(BESIDE_CLOSED)} more kinds, and {len(GUESSES)} ways to try out what is "
        "closed.\n"
    )
    return INTRO + summary + "".join((*_groups(), *_beside(), *_missed())) + LIMITS


def _in_order() -> list[Attack]:
    """All attacks in the order of their files, whichever was loaded first."""
    return sorted(ATTACKS, key=lambda one: one.forge.__module__)


def _beside() -> Iterator[str]:
    yield "\n## Beside a bundle\n\nOnly `heller verify` looks at stamped copies and openings; it finds all these.\n\n"
    yield "| attack | what is done |\n| --- | --- |\n"
    yield from (f"| {one.name} | {one.sentence} |\n" for one in (*BESIDE, *BESIDE_CLOSED))
    yield "\n## Trying values out\n\nWages and names are few: whoever has a digest of one can try them all. The true\n"
    yield "values, tried with every salt that a closed bundle shows, give no digest that stands in it.\n\n"
    yield "| what is tried | how |\n| --- | --- |\n"
    yield from (f"| {name} | {how} |\n" for name, how in GUESSES.items())


def _groups() -> Iterator[str]:
    for group in GROUPS:
        yield f"\n## {group.capitalize()}\n\n| attack | what is done | `heller verify` | `verify.py` | shell |\n"
        yield "| --- | --- | --- | --- | --- |\n"
        for one in (a for a in _in_order() if a.group == group):
            said = " ".join(one.sentence.split())
            marks = " | ".join(MARK[answer] for answer in (one.heller, one.script, one.shell))
            yield f"| {one.name} | {said} | {marks} |\n"


def _missed() -> Iterator[str]:
    yield "\n## What is not found, and why\n\n| attack | not found by | why | what helps |\n| --- | --- | --- | --- |\n"
    for one in sorted(_in_order(), key=lambda one: GROUPS.index(one.group)):
        if MISSED in (one.heller, one.script, one.shell):
            yield f"| {one.name} | {', '.join(_by(one))} | {one.why} | {_help(one)} |\n"


def _by(one: Attack) -> list[str]:
    names = {"heller": "`heller verify`", "script": "`verify.py`", "shell": "shell"}
    return [name for key, name in names.items() if getattr(one, key) == MISSED]


def _help(one: Attack) -> str:
    if one.unchecked and one.heller != "found" and one.shut:
        return "the entry opened as a whole: `heller open-field --whole`, `heller verify --opening FILE`"
    if one.kept:
        return "a tree head or root of one's own: `heller verify --anchor FILE --root FILE` finds it"
    return "`heller verify`" if one.heller == "found" else "-"


LIMITS = """
## What no check of a bundle can show

- **What was never written.** A record that was never made leaves no gap in the numbers.
- **What happened before the first stamp.** A journal that was made up whole and then honestly stamped is as
  old as its first stamp, and no older. One tree head in other hands (`heller stamp --offline`) shows whether
  the bundle continues the journal of that day: `heller verify --anchor 000001.txt`.
- **Whether a receipt is true.** A stamp proves since when the bytes exist, not that they say what happened.
- **Whether an authority lies.** Two authorities of two operators are the answer; the roots that travel in
  the bundle are a convenience, and whoever checks names his own with `--root`.
"""


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
