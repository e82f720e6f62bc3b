"""What reading printed PDFs costs beside PDFium's bare text of the same pages, in one run.

    python -m benchmarks.pdf_text [FOLDER]    the PDFs of a folder, by default those of the tests

The second line is of invoices made here, three pages of 45 lines of sums each: more than papers hold.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdfium2
from benchmarks.dossier import BARE, DIGITAL, paper

from heller import intake
from heller.model.record import Blob

TESTS = Path(__file__).parents[1] / "tests"
MADE, TURNS = 20, 3


def bare(papers: Sequence[bytes]) -> None:
    """The text of every page as PDFium hands it out; what it cannot open is passed over."""
    for data in papers:
        try:
            for page in pypdfium2.PdfDocument(data):
                page.get_textpage().get_text_range()
        except pypdfium2.PdfiumError:
            continue


def ours(papers: Sequence[bytes]) -> None:
    """What each paper says, with places and doubts."""
    for data in papers:
        intake.read(Blob("rechnung.pdf", data, sha256(data).hexdigest()), ZoneInfo("Europe/Berlin"))


def quickest(work: Callable[[Sequence[bytes]], None], papers: Sequence[bytes]) -> float:
    """Processor seconds of the quickest of a few turns."""
    taken = []
    for _ in range(TURNS):
        begun = time.process_time()
        work(papers)
        taken.append(time.process_time() - begun)
    return min(taken)


def main() -> None:
    """Print both lines."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else TESTS
    found = {path.read_bytes() for path in sorted(folder.rglob("*.pdf"))}
    made = [paper((DIGITAL, BARE)[n % 2], n) for n in range(MADE)]
    for name, papers in (
        (f"{len(found)} PDFs of {folder.name}", sorted(found)),
        (f"{MADE} dense invoices", made),
    ):
        floor, own = quickest(bare, papers), quickest(ours, papers)
        print(
            f"{name}: PDFium alone {1000 * floor:.0f} ms, Heller {1000 * own:.0f} ms, {own / floor:.1f} times"
        )


if __name__ == "__main__":
    main()
