"""Pages that were made before are the pages that would be made; damaged ones are made anew."""

from pathlib import Path

from tests.dossier import fixture

from heller import dossier
from heller.casefile.bundle.kept_pages import KeptPages
from heller.dossier import printable, typesetting


def made(case: Path, lang: str = "de") -> bytes:
    """The dossier with what the case keeps."""
    composed = dossier.compose(fixture.claim(), lang)
    return typesetting.typeset(composed, fixture.ORIGINALS, KeptPages(case))


def test_with_and_without_a_shelf_the_dossier_is_the_same(tmp_path: Path) -> None:
    """First, again, and without any shelf, in either order: the same bytes."""
    plain = dossier.typeset(dossier.compose(fixture.claim(), "de"), fixture.ORIGINALS)
    assert made(tmp_path) == plain
    assert len(KeptPages(tmp_path)) == 1  # of the one exhibit that has pages
    assert made(tmp_path) == plain


def test_a_damaged_page_is_made_anew(tmp_path: Path) -> None:
    """Each of a hundred bits turned is noticed; what is handed out is never what lies there."""
    kept = KeptPages(tmp_path)
    digest = fixture.DIGESTS["angebot.pdf"]
    right = kept[digest] = printable.pages(fixture.PDF)
    (path,) = (p for p in (tmp_path / "derived").rglob("*") if p.is_file())
    whole = path.read_bytes()
    for at in range(0, len(whole), max(len(whole) // 100, 1)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])
        assert kept.get(digest) is None
    path.write_bytes(whole[:-5])
    assert kept.get(digest) is None
    kept[digest] = right
    assert kept[digest] == right


def test_a_disk_that_takes_nothing_stops_no_dossier(tmp_path: Path) -> None:
    """Where the shelf cannot be written, pages are held in memory."""
    (tmp_path / "derived").write_bytes(b"a file where the folder would be")
    kept = KeptPages(tmp_path)
    kept["a" * 64] = printable.pages(fixture.PDF)
    assert kept["a" * 64].total == 2
