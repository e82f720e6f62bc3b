"""Zone, handing out and joining on the pages do what the command line does: the two doors show the same."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date
from pathlib import Path

from tests.web.test_pages import visit

from heller import casefile
from heller.casefile.echo import sums
from heller.cli import app
from heller.model.case_change import ChangeKind
from heller.model.kinds.fact import Fact

DAY = date(2015, 6, 30)


def test_the_zone_is_corrected_with_its_effect_first(own: Path, tmp_path: Path) -> None:
    """Sent once the page shows what it would move and writes nothing; sent with yes it is as by the command."""
    other = Path(shutil.copytree(own, tmp_path / "other"))
    client, entries = visit(own), len(casefile.entries(own).entries)
    said = {"zone": "Asia/Tokyo", "why": "Der Standort liegt in Tokio"}
    shown = client.post("/zone/", said)
    assert shown.status_code == 200 and "→" in shown.content.decode()
    assert len(casefile.entries(own).entries) == entries
    assert client.post("/zone/", said | {"zone": "Europa/Berlin", "yes": "1"}).status_code == 400
    assert client.post("/zone/", said | {"why": ""}).status_code == 400
    assert client.post("/zone/", said | {"yes": "1"}).status_code == 302
    assert app.run(["note", str(other), "zone", said["zone"], said["why"], "--yes", "--lang", "en"]) == 0
    assert casefile.zone(own).key == casefile.zone(other).key == "Asia/Tokyo"
    assert sums(casefile.claim(own, DAY)) == sums(casefile.claim(other, DAY))


def test_a_dossier_is_handed_out_on_its_page(own: Path) -> None:
    """What was made is kept as it went out, listed, and given back byte by byte; the next dossier says so."""
    client, built = visit(own), casefile.build(own, DAY, "de")
    page = client.get("/dossier/").content.decode()
    assert f'value="{DAY}-de"' in page and 'id="handed"' not in page
    assert client.post("/dossier/hand-out", {"stem": f"{DAY}-de", "to": " "}).status_code == 400
    assert client.post("/dossier/hand-out", {"stem": "../../x", "to": "Y"}).status_code == 404
    assert client.post("/dossier/hand-out", {"stem": f"{DAY}-de", "to": "Provider AG"}).status_code == 302
    page = client.get("/dossier/").content.decode()
    assert "Provider AG" in page
    links = re.findall(r'href="(/handed-out/[^"]+)"', page)
    got = [client.get(link) for link in links]
    assert [one.status_code for one in got] == [200, 200], (links, [one.content for one in got])
    bodies = [one.getvalue() for one in got]
    assert built.bundle.read_bytes() in bodies and built.pdf.read_bytes() in bodies
    assert client.get(f"/handed-out/001-{DAY}/journal.jsonl").status_code == 404
    assert casefile.load(own).changes[-1].kind is ChangeKind.HANDED
    assert app.run(["dossier", str(own), "--as-of", str(DAY), "--handed-out", "Gericht", "--lang", "de"]) == 0
    assert {path.name for path in (own / "handed-out").iterdir()} == {f"001-{DAY}", f"002-{DAY}"}


def test_a_bundle_of_another_copy_is_taken_over_on_the_page(own: Path, tmp_path: Path) -> None:
    """As by the command, and the page says what it moved."""
    other, third = (Path(shutil.copytree(own, tmp_path / name)) for name in ("other", "third"))
    casefile.note(other, Fact("line.monthly_fee", "490.00"))
    bundle = casefile.build(other, DAY, "de").bundle
    sent = io.BytesIO(bundle.read_bytes())
    sent.name = "bundle.zip"
    client = visit(own)
    answer = client.post("/copies/", {"bundle": sent, "by": "Anna"}, follow=True)
    assert answer.status_code == 200 and "490" in answer.content.decode()
    assert app.run(["journal", "join", str(third), str(bundle), "--by", "Anna", "--lang", "en"]) == 0
    assert sums(casefile.claim(own, DAY)) == sums(casefile.claim(third, DAY))
    assert [e.kind for e in casefile.entries(own).entries] == [
        e.kind for e in casefile.entries(third).entries
    ]
    sent.seek(0)
    assert client.post("/copies/", {"bundle": sent, "by": "Anna"}).status_code == 400, "nothing is new"
