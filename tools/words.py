"""Collects every sentence said to people, those of the rules of law too, updates the German catalogue.

`python tools/words.py` updates and lists, with file and line, what is not translated; `--check` changes nothing and
fails where a sentence is missing, unused, or its `{names}` differ. The German of a sentence that was rephrased stays
at the new one, marked `fuzzy` with the old sentence beside it: it counts as missing until somebody has looked at it
and taken the mark away.
"""

from __future__ import annotations

import ast
import difflib
import io
import re
import string
import sys
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from heller.model.trade import FORMS

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "heller"
PO = SOURCE / "locale" / "de" / "LC_MESSAGES" / "heller.po"
BEGUN = datetime(2026, 11, 24, tzinfo=UTC)  # fixed, so that the same words give the same bytes
KEYWORDS = {"text", "tr"}
NEAR = 0.7  # how alike a new sentence and one that is gone must be to be taken for the same, rephrased
IN_TEMPLATES = re.compile(r"\{%\s*t\s+\"((?:[^\"\\]|\\.)*)\"")


def spoken(source: str) -> Iterator[tuple[str, int]]:
    """The sentences of a Python file, inside f-strings too, with their lines."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            for said in node.args[:2]:  # the sentence, and the one that is said where n is 1
                if isinstance(said, ast.Constant) and isinstance(said.value, str) and said.value:
                    yield said.value, node.lineno


def ruled(file: dict[str, Any]) -> Iterator[str]:
    """What the rules of law say to people: their words, what is open, the day that selects, for whom."""
    for part in (*file["act"].values(), *file["rule"].values()):
        yield from (part[key] for key in ("what", "open", "selected_by") if part.get(key))
        yield from part.get("for_whom", ())


def described(profile: str) -> Iterator[str]:
    """The title of a profile of tables, where it says what the table is and is not the name of a program."""
    found = re.search(r"^title: (.+)$", profile, re.MULTILINE)
    if found and re.search(r"\s[a-z]", found[1]):
        yield found[1]


def sentences() -> Iterator[tuple[str, str, int]]:
    """Every sentence with the file and line where it stands."""
    for path in sorted(SOURCE.rglob("*.py")):
        for sentence, line in sorted(spoken(path.read_text()), key=lambda found: found[1]):
            yield sentence, str(path.relative_to(ROOT)), line
    for path in sorted((SOURCE / "law").glob("*/*.toml")):
        for sentence in ruled(tomllib.loads(path.read_text())):
            yield sentence, str(path.relative_to(ROOT)), 0
    for path in sorted((SOURCE / "intake" / "tables" / "profiles").rglob("*.yaml")):
        for sentence in described(path.read_text()):
            yield sentence, str(path.relative_to(ROOT)), 0
    for path in sorted((SOURCE / "web").rglob("*.html")):
        for line, row in enumerate(path.read_text().splitlines(), 1):
            for match in IN_TEMPLATES.finditer(row):
                yield match.group(1).replace('\\"', '"'), str(path.relative_to(ROOT)), line


def names(sentence: str) -> set[str]:
    """The `{names}` of a sentence, without their format; words of the trade have the form that the language needs."""
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name} - FORMS


def updated() -> Catalog:
    """The German catalogue with exactly the sentences that are said now."""
    old = read_po(io.BytesIO(PO.read_bytes())) if PO.exists() else Catalog(locale="de")
    fresh = Catalog(
        locale="de",
        project="Heller",
        charset="utf-8",
        fuzzy=False,
        header_comment="# German words of Heller.",
        version="1",
        msgid_bugs_address="",
        last_translator="The Heller authors",
        language_team="German",
        creation_date=BEGUN,
        revision_date=BEGUN,
    )
    wanted = {sentence for sentence, _, _ in sentences()}
    gone = {str(m.id): m for m in old if m.id and m.string and str(m.id) not in wanted}
    for sentence in wanted:
        known = old.get(sentence)
        if known is not None and known.string:
            fresh.add(sentence, known.string, flags=known.flags, auto_comments=known.auto_comments)
        elif near := difflib.get_close_matches(sentence, gone, 1, NEAR):
            german = gone[near[0]]
            fresh.add(
                sentence, german.string, flags={*german.flags, "fuzzy"}, auto_comments=[f"was: {near[0]}"]
            )
        else:
            fresh.add(sentence, "")
    return fresh


def faults(catalogue: Catalog) -> list[str]:
    """Sentences without a translation or with one to look at, and translations whose arguments differ, each with
    the place where the sentence stands."""
    places = {sentence: f"{file}:{line}" for sentence, file, line in reversed(list(sentences()))}
    found = []
    for message in catalogue:
        if not message.id or not isinstance(message.id, str):
            continue
        place, said = places.get(message.id, "?"), str(message.string or "")
        if not said:
            found.append(f"{place}: not translated: {message.id}")
        elif message.fuzzy:
            found.append(f"{place}: rephrased, look at its German: {message.id}  ->  {said}")
        elif names(said) != names(message.id):
            found.append(f"{place}: arguments differ: {message.id}  ->  {said}")
    return found


def written(catalogue: Catalog) -> bytes:
    """The bytes of the .po file, the same for the same catalogue; what gettext loads is made of it when it is used."""
    po = io.BytesIO()
    write_po(po, catalogue, width=100, sort_output=True, no_location=True, omit_header=False)
    return po.getvalue()


def main() -> int:
    """Update or check; returns the exit code."""
    catalogue = updated()
    found = faults(catalogue)
    po = written(catalogue)
    if "--check" in sys.argv:
        if not found and PO.read_bytes() != po:
            found.append("the catalogue is not up to date: run make words")
    else:
        PO.parent.mkdir(parents=True, exist_ok=True)
        PO.write_bytes(po)
    for fault in found:
        print(fault)
    print(f"{len(catalogue)} sentences, {len(found)} faults")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
