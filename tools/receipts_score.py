"""Scores what is read from real scans of receipts: `python tools/receipts_score.py DIR`.

DIR is laid out as SROIE's set: pictures (in DIR or DIR/img), and for each a text or JSON file of the same name
(beside it, or in DIR/key) that holds JSON with company, date, address and total. The address is not read and not
scored. Nothing is sent anywhere, and nothing of the set is kept.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import NamedTuple
from zoneinfo import ZoneInfo

from heller import intake
from heller.intake.written import numbers
from heller.machine.spent import spent
from heller.model.kinds.paper import Paper
from heller.model.record import Blob
from heller.model.value import Support

PICTURES = (".jpg", ".jpeg", ".png", ".tif", ".tiff")
FIELDS = {"total": "gross", "date": "date", "company": "seller"}
GOAL = {"total": 0.85, "date": 0.85, "company": 0.70}


class Answer(NamedTuple):
    """One field of one receipt: what is right, what was read, how well it was supported."""

    field: str
    right: str
    read: str
    grade: Support

    @property
    def said(self) -> str:
        """'right', 'wrong' or 'missing'."""
        if not self.read:
            return "missing"
        return "right" if _same(self.field, self.right, self.read) else "wrong"


def pairs(folder: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """Each picture with its values; a picture without values, or without any that can be read, is left out."""
    homes = [folder, folder / "img"]
    for picture in sorted(p for home in homes if home.is_dir() for p in home.iterdir()):
        if picture.suffix.lower() not in PICTURES:
            continue
        names = (f"{picture.stem}{ending}" for ending in (".json", ".txt"))
        keys = [home / name for name in names for home in (folder, folder / "key", picture.parent)]
        found = next((key for key in keys if key.is_file()), None)
        if found is None:
            print(f"{picture.name}: no values beside it", file=sys.stderr)
            continue
        try:
            yield picture, json.loads(found.read_text(encoding="utf-8", errors="replace"))
        except ValueError:
            print(f"{picture.name}: {found.name} is no JSON", file=sys.stderr)


def answers(picture: Path, right: dict[str, str]) -> list[Answer]:
    """What was read of a picture, field by field; fields without a right value are not asked."""
    data = picture.read_bytes()
    reading = intake.read(Blob(picture.name, data, sha256(data).hexdigest()), ZoneInfo("Europe/Berlin"))
    paper = next((record for record in reading.records if isinstance(record, Paper)), None)
    found = []
    for field, name in FIELDS.items():
        if right.get(field):
            name = "pay" if field == "total" and paper and _rounded(paper) else name
            value = paper.values.get(name) if paper else None
            grade = value.grade if value else Support.ABSENT
            found.append(Answer(field, right[field], paper.said(name) if paper else "", grade))
    return found


def _rounded(paper: Paper) -> bool:
    """Whether what is to be paid is the gross rounded to coins: that is the total of the set."""
    gross, pay = _amount(paper.said("gross")), _amount(paper.said("pay"))
    return gross is not None and pay is not None and 0 < abs(gross - pay) <= Decimal("0.05")


def _same(field: str, right: str, read: str) -> bool:
    match field:
        case "total":
            return _amount(right) is not None and _amount(right) == _amount(read)
        case "date":
            return read in {day.isoformat() for day in _days(right)}
        case _:
            return _letters(right) == _letters(read)


def _amount(raw: str) -> Decimal | None:
    try:
        return Decimal(re.sub(r"[^\d.\-]", "", raw.replace(",", "")))
    except InvalidOperation:
        return None


def _days(raw: str) -> set[date]:
    """The set writes day before month, with any mark between; a month before its day where no other way is left."""
    plain = re.sub(r"[-./ ]+", ".", raw.strip())
    if match := re.fullmatch(r"(\d{1,2})\.(\w{3,9})\.(\d{2,4})", plain):
        month = match[2] if match[2].isdigit() else str(numbers.MONTHS.get(match[2][:3].lower(), 0))
        plain = f"{match[1]}.{month}.{match[3]}"
    found = numbers.day(plain)
    if found is None and (match := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", plain)):
        found = numbers.day(f"{match[2]}.{match[1]}.{match[3]}")
    if found is None and (match := re.fullmatch(r"(\d{2})(\d{2})(\d{4})", plain)):
        found = numbers.day(f"{match[1]}.{match[2]}.{match[3]}")
    return {found} if found else set()


def _letters(raw: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", raw).casefold() if c.isalnum())


def _processor() -> float:
    """Seconds of the processor that this process and the one that recognises have used."""
    used = spent(os.getpid())
    return used.seconds + used.programs


def main(folder: Path, *, misses: bool) -> int:
    """Print the shares that are right, wrong and missing; 1 where a goal is missed."""
    counts = {field: Counter[str]() for field in FIELDS}
    proven, seconds = Counter[str](), []
    for picture, right in pairs(folder):
        began = _processor()
        for answer in answers(picture, right):
            counts[answer.field][answer.said] += 1
            if answer.grade is Support.PROVEN:
                proven[answer.said] += 1
            if misses and answer.said != "right":
                print(f"{picture.name} {answer.field} {answer.said}: {answer.right!r}, read {answer.read!r}")
        seconds.append(_processor() - began)
    if not seconds:
        print(f"{folder} holds no pictures with values", file=sys.stderr)
        return 2
    return _report(counts, proven, seconds)


def _report(counts: dict[str, Counter[str]], proven: Counter[str], seconds: list[float]) -> int:
    print(f"{len(seconds)} receipts\n{'field':10}{'right':>9}{'wrong':>9}{'missing':>9}")
    missed = False
    whole = Counter[str]()
    for field, count in counts.items():
        whole.update(count)
        share = {word: count[word] / max(1, count.total()) for word in ("right", "wrong", "missing")}
        print(f"{field:10}" + "".join(f"{share[word]:9.1%}" for word in share))
        missed |= share["right"] < GOAL[field]
    wrong = whole["wrong"] / max(1, whole.total())
    print(f"{'all':10}{whole['right'] / max(1, whole.total()):9.1%}{wrong:9.1%}")
    print(f"proven: {proven['right']} right, {proven['wrong']} wrong")
    print(f"processor: {median(seconds):.1f} s a page at the median, {max(seconds):.1f} s at most")
    return int(missed or wrong > 0.08 or bool(proven["wrong"]))


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--misses", action="store_true", help="name each field that is not right")
    given = asked.parse_args()
    sys.exit(main(given.folder, misses=given.misses))
