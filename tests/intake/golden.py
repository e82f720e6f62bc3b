"""Writes `NAME.expected.json` beside a sample: what is read from it now. It refuses to overwrite.

Look at what it wrote before it is committed: a golden file is worth what was checked in it.
"""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from heller import intake
from heller.intake import as_plain
from heller.model.record import Blob

HOME = Path(__file__).parent / "data" / "exports"
ENDING = ".expected.json"


def said(path: Path) -> object:
    """What a file says, as `heller read --json` prints it, with the sentences in English."""
    data = path.read_bytes()
    reading = intake.read(Blob(path.name, data, sha256(data).hexdigest()), ZoneInfo("Europe/Berlin"))
    found = as_plain.documents(reading)
    if not found:
        return {"refused": as_plain.refusal(reading, path.name)[0].id}
    return [as_plain.as_json(document, lambda text: text.id) for document in found]


def samples() -> list[Path]:
    """The samples that have, or should have, a golden file."""
    return [p for p in sorted(HOME.iterdir()) if not p.name.endswith((ENDING, ".md"))]


def main(names: list[str]) -> int:
    """Write the golden files of the named samples, of all where none is named."""
    for path in samples():
        golden = path.with_name(path.name + ENDING)
        if names and path.name not in names:
            continue
        if golden.exists():
            print(f"{golden.name} exists and is left as it is")
            continue
        golden.write_text(json.dumps(said(path), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"{golden.name} written: look at it")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
