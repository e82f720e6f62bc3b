"""Writes what Heller stands on at run time: docs/sbom.cdx.json (CycloneDX 1.6) and the table docs/licences.md.

Names, versions and digests come from run.lock, licences from what the installed packages state of themselves.
`--check` changes nothing and fails where a page is not up to date or a licence may not be there.
"""

from __future__ import annotations

import json
import re
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
BILL, PAGE = ROOT / "docs" / "sbom.cdx.json", ROOT / "docs" / "licences.md"
LOCKED = re.compile(
    r"^([a-z0-9._-]+)==([^ \\;]+)(?: ; ([^\\\n]*?))? \\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.M
)
NOT_AT_RUN_TIME = re.compile(
    r"\b(?:A?GPL|Affero|GNU General Public)", re.I
)  # LGPL may be linked to: FFmpeg in opencv, GEOS in shapely, libheif and libde265 in pi-heif

# Packages for other systems alone, as their registry states, and such whose licence stands in a file beside them alone.
ELSEWHERE = {"colorama": "BSD-3-Clause", "pysnmp": "BSD-2-Clause"}


class Part(NamedTuple):
    """One package of run.lock; `only` is the condition under which it is installed."""

    name: str
    version: str
    only: str
    digests: tuple[str, ...]
    licence: str


def parts() -> list[Part]:
    """Every package of run.lock, in its order."""
    found = []
    for name, version, only, hashes in LOCKED.findall((ROOT / "run.lock").read_text("utf-8")):
        digests = tuple(re.findall(r"[0-9a-f]{64}", hashes))
        found.append(Part(name, version, only, digests, licence(name)))
    return found


def licence(name: str) -> str:
    """What an installed package states of its licence; empty where none is known."""
    try:
        said = distribution(name).metadata
    except PackageNotFoundError:
        return ELSEWHERE.get(name, "")
    named = [
        row.rpartition(" :: ")[2] for row in said.get_all("Classifier") or () if row.startswith("License ::")
    ]
    stated = (said["License-Expression"] or said["License"] or "") if said else ""
    short = stated if stated and "\n" not in stated and len(stated) < 80 else ""
    return short or ", ".join(named) or ELSEWHERE.get(name, "")


def bill(found: list[Part]) -> str:
    """The CycloneDX document, the same for the same lock."""
    components = [
        {
            "type": "library",
            "bom-ref": f"pkg:pypi/{part.name}@{part.version}",
            "name": part.name,
            "version": part.version,
            "purl": f"pkg:pypi/{part.name}@{part.version}",
            "licenses": [{"license": {"name": part.licence}}],
            "hashes": [{"alg": "SHA-256", "content": digest} for digest in part.digests],
        }
        for part in found
    ]
    heller = {"type": "application", "bom-ref": "heller", "name": "heller"}
    head = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": {"component": heller}}
    return json.dumps({**head, "components": components}, indent=1) + "\n"


def table(found: list[Part]) -> str:
    """The page for people."""
    rows = "".join(f"| {p.name} | {p.version} | {p.licence} | {p.only} |\n" for p in found)
    return (
        "# What Heller stands on\n\nMade by `make bill-of-materials` from `run.lock` and from what each package states "
        "of itself; a test fails where this page is not up to date or a package is under GPL or AGPL. The same for "
        "programs: [sbom.cdx.json](sbom.cdx.json) (CycloneDX 1.6), with the SHA-256 of every file that may be "
        f"installed.\n\n{len(found)} packages.\n\n"
        f"| package | version | licence | only where |\n| --- | --- | --- | --- |\n{rows}"
    )


def faults(found: list[Part]) -> list[str]:
    """Packages without a licence, or under one that may not be there at run time."""
    silent = [f"{p.name}: states no licence" for p in found if not p.licence]
    return silent + [f"{p.name}: {p.licence}" for p in found if NOT_AT_RUN_TIME.search(p.licence)]


def main() -> int:
    """Write or check; returns the exit code."""
    found = parts()
    wrong = faults(found)
    made = {BILL: bill(found), PAGE: table(found)}
    if "--check" in sys.argv:
        wrong += [
            f"{path.name} is not up to date" for path, said in made.items() if path.read_text("utf-8") != said
        ]
    else:
        for path, said in made.items():
            path.write_text(said, "utf-8")
    print("\n".join([*wrong, f"{len(found)} packages, {len(wrong)} faults"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
