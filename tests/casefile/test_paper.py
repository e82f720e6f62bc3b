"""A stamped dossier is the dossier and a stamp: for openssl, for pdfsig, for whoever makes the pages again."""

import io
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pikepdf
import pytest
import typst
from tests import verapdf
from tests.journal.authority import Authority, served

from heller import casefile
from heller.casefile import stamping
from heller.model.errors import InputRefused

SOURCE = '#set document(title: "Dossier", date: datetime(year: 2026, month: 1, day: 1))\n'
SOURCE += (
    '#set text(lang: "de")\n= Dossier\nDie Leitung war 14 Tage tot.\n#pagebreak()\n= Anlage K 1\nRechnung'
)


@pytest.fixture(scope="module")
def dossier(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small PDF/A-3b as the press makes it: it ends without a line end."""
    folder = tmp_path_factory.mktemp("dossier")
    (folder / "dossier.typ").write_text(SOURCE)
    path = folder / "dossier.pdf"
    path.write_bytes(typst.compile(str(folder / "dossier.typ"), pdf_standards=["a-3b", "ua-1"]))
    return path


@pytest.fixture
def case(tmp_path: Path, authority: Authority) -> Path:
    """A case with two authorities."""
    folder = tmp_path / "case"
    casefile.open_case(folder)
    stamping.add(folder, [authority.tsa("one"), authority.tsa("two")], [authority.root])
    return folder


@pytest.fixture
def here(dossier: Path, tmp_path: Path) -> Path:
    """The dossier in a folder of its own."""
    return Path(shutil.copy(dossier, tmp_path / "dossier.pdf"))


def ranges(path: Path) -> tuple[bytes, bytes]:
    """What a stamp in a PDF covers, and the stamp."""
    data = path.read_bytes()
    found = re.search(rb"/ByteRange \[\s*(\d+) (\d+) (\d+) (\d+)\s*\]", data)
    assert found is not None
    a, b, c, d = map(int, found.groups())
    return data[a : a + b] + data[c : c + d], bytes.fromhex(data[b + 1 : c - 1].decode()).rstrip(b"\0")


def test_openssl_checks_the_stamp_over_the_dossier(case: Path, here: Path, authority: Authority) -> None:
    """The unsigned file stays; the stamped one begins with it; openssl verifies what the stamp covers."""
    before = here.read_bytes()
    made = stamping.stamp_pdf(case, here)
    assert here.read_bytes() == before and made.read_bytes().startswith(before + b"\n")
    over, token = ranges(made)
    (made.parent / "over").write_bytes(over)
    (made.parent / "token").write_bytes(token)
    at = str(int(datetime.now(UTC).timestamp()))
    command = ["openssl", "ts", "-verify", "-data", "over", "-in", "token", "-token_in", "-attime", at]
    command += ["-CAfile", str(authority.root)]
    said = subprocess.run(command, cwd=made.parent, check=False, capture_output=True, text=True)
    assert "Verification: OK" in said.stdout, said.stderr
    assert casefile.stamping.growth_of(made.read_bytes(), before, stamping.trust_of(case)).breaches == ()


def key_in(folder: Path, authority: Authority) -> Path:
    """A signing key with its certificate, as a PKCS#12 file."""
    command = ["openssl", "pkcs12", "-export", "-inkey", str(authority.folder / "ocsp.key"), "-in"]
    command += [
        str(authority.folder / "ocsp.pem"),
        "-certfile",
        str(authority.root),
        "-passout",
        "pass:geheim",
    ]
    subprocess.run([*command, "-out", "key.p12"], cwd=folder, check=True, capture_output=True)
    return folder / "key.p12"


def test_a_signature_with_a_key_file(case: Path, here: Path, authority: Authority, tmp_path: Path) -> None:
    """PAdES: pdfsig finds it valid and the whole document signed; a wrong passphrase is said."""
    path = key_in(tmp_path, authority)
    made = stamping.stamp_pdf(case, here, stamping.Key(path, "geheim"))
    found = stamping.growth_of(made.read_bytes(), here.read_bytes(), stamping.trust_of(case))
    assert found.stamps == ("Common Name: Test OCSP",) and not found.breaches
    with pytest.raises(InputRefused):
        stamping.stamp_pdf(case, here, stamping.Key(path, "falsch"))
    if shutil.which("pdfsig") is None:
        pytest.skip("pdfsig is not here (Debian: poppler-utils)")
    said = subprocess.run(["pdfsig", str(made)], check=False, capture_output=True, text=True).stdout
    assert "Signature is Valid" in said and "Total document signed" in said
    assert "ETSI.CAdES.detached" in said


def test_a_signature_with_a_token(
    case: Path, here: Path, authority: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PKCS#11 by SoftHSM."""
    pkcs11 = pytest.importorskip(
        "pkcs11", reason="python-pkcs11 is not here, so no signing token can be used"
    )
    decode_ec_private_key = pytest.importorskip("pkcs11.util.ec").decode_ec_private_key
    decode_x509_certificate = pytest.importorskip("pkcs11.util.x509").decode_x509_certificate
    library = Path("/usr/lib/softhsm/libsofthsm2.so")
    if not library.exists():
        pytest.skip("SoftHSM is not here (Debian: softhsm2)")
    (tmp_path / "tokens").mkdir()
    (tmp_path / "softhsm2.conf").write_text(f"directories.tokendir = {tmp_path}/tokens\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    monkeypatch.setitem(os.environ, "SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))
    command = [
        "softhsm2-util",
        "--init-token",
        "--free",
        "--label",
        "kanzlei",
        "--pin",
        "1234",
        "--so-pin",
        "1234",
    ]
    subprocess.run(command, check=True, capture_output=True)
    der = [
        subprocess.run(["openssl", *kind, "-outform", "DER"], check=True, capture_output=True).stdout
        for kind in (
            ("ec", "-in", str(authority.folder / "ocsp.key")),
            ("x509", "-in", str(authority.folder / "ocsp.pem")),
        )
    ]
    with pkcs11.lib(str(library)).get_token(token_label="kanzlei").open(user_pin="1234", rw=True) as session:
        both = {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: "siegel", pkcs11.Attribute.ID: b"1"}
        session.create_object({**decode_ec_private_key(der[0]), **both})
        session.create_object({**decode_x509_certificate(der[1]), **both})
    made = stamping.stamp_pdf(case, here, stamping.Key(library, "1234", "kanzlei", "siegel"))
    found = stamping.growth_of(made.read_bytes(), here.read_bytes(), stamping.trust_of(case))
    assert found.stamps == ("Common Name: Test OCSP",) and not found.breaches


def test_it_stays_an_archives_pdf(case: Path, here: Path, authority: Authority, tmp_path: Path) -> None:
    """The claim of PDF/A-3b, the output intent and the structure stay; the file is whole; nothing is seen."""
    key = stamping.Key(key_in(tmp_path, authority), "geheim")
    for made in (stamping.stamp_pdf(case, here), stamping.stamp_pdf(case, here, key)):
        with pikepdf.open(made) as pdf, pikepdf.open(here) as plain:
            assert pdf.check_pdf_syntax() == []
            assert (pdf.open_metadata().pdfa_status, len(pdf.pages)) == ("3B", len(plain.pages))
            assert pdf.Root.OutputIntents.objgen == plain.Root.OutputIntents.objgen
            assert bool(pdf.Root.MarkInfo.Marked)
            for field in pdf.Root.AcroForm.Fields:
                assert [float(side) for side in field.Rect] == [0, 0, 0, 0] and int(field.F) & 4
        starts = [found.start() for found in re.finditer(rb"\d+ 0 obj", made.read_bytes())]
        assert all(made.read_bytes()[at - 1 : at] in (b"\n", b"\r") for at in starts)


def test_verapdf_calls_it_pdf_a_3b(case: Path, here: Path, authority: Authority, tmp_path: Path) -> None:
    """Another hand's validator: as it was set, stamped, and signed."""
    files = [here, stamping.stamp_pdf(case, here)]
    files.append(stamping.stamp_pdf(case, here, stamping.Key(key_in(tmp_path, authority), "geheim")))
    assert verapdf.verdicts("PDFA-3B", files, tmp_path) == {path.name: () for path in files}


def over_painted(made: bytes) -> bytes:
    """A new revision on top in which the first page says something else."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(made))
    page = writer.root["/Pages"]["/Kids"][0]
    page[generic.pdf_name("/Contents")] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def titled(made: bytes) -> bytes:
    """A new revision on top with another title."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        number = pdf.Root.Metadata.objgen[0]
        body = pdf.Root.Metadata.read_bytes().replace(b"Dossier", b"Quittung")
    start = len(made)
    new = (
        made + f"{number} 0 obj\n<</Type/Metadata/Subtype/XML/Length {len(body)}>>\nstream\n".encode() + body
    )
    new += b"\nendstream\nendobj\n"
    last = int(re.findall(rb"startxref\s+(\d+)", made)[-1])
    size = int(re.findall(rb"/Size (\d+)", made)[-1])
    root = re.findall(rb"/Root (\d+ \d+ R)", made)[-1].decode()
    table = f"xref\n{number} 1\n{start:010} 00000 n \n"
    end = f"trailer\n<</Size {size}/Root {root}/Prev {last}>>\nstartxref\n{len(new)}\n%%EOF\n"
    return new + (table + end).encode()


@pytest.mark.parametrize("forge", [over_painted, titled], ids=["page", "title"])
def test_pages_laid_over_the_dossier_are_found(
    case: Path, here: Path, forge: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    """On top of the stamp, and below it, where the stamp covers the forgery too."""
    plain, trust = here.read_bytes(), stamping.trust_of(case)
    made = stamping.stamp_pdf(case, here).read_bytes()
    assert stamping.growth_of(forge(made), plain, trust).breaches
    below = tmp_path / "below.pdf"
    below.write_bytes(forge(plain + b"\n"))
    forged = stamping.stamp_pdf(case, below).read_bytes()
    assert stamping.growth_of(forged, plain, trust).breaches


def test_changed_cut_and_unstamped_files_are_found(case: Path, here: Path, authority: Authority) -> None:
    """A flipped byte in what the stamp covers, another dossier, no stamp at all, a foreign root."""
    plain, trust = here.read_bytes(), stamping.trust_of(case)
    made = stamping.stamp_pdf(case, here).read_bytes()
    assert not stamping.growth_of(made, plain, trust).breaches
    for at in range(len(plain) + 1, len(made), 97):
        flipped = made[:at] + bytes([made[at] ^ 1]) + made[at + 1 :]
        found = stamping.growth_of(flipped, plain, trust)
        assert found.breaches or found.stamps[0].startswith("Test TSA")  # room behind the stamp says nothing
    assert stamping.growth_of(made, plain.replace(b"Dossier", b"Dossieh"), trust).breaches
    assert stamping.growth_of(plain + b"\n", plain, trust).breaches
    assert stamping.growth_of(made[:-20], plain, trust).breaches


def test_a_stamp_under_a_foreign_root_does_not_count(case: Path, here: Path, tmp_path: Path) -> None:
    """Somebody else's authority of the same name."""
    (tmp_path / "other").mkdir()
    made = stamping.stamp_pdf(case, here).read_bytes()
    with served(tmp_path / "other") as other:
        folder = tmp_path / "theirs"
        casefile.open_case(folder)
        stamping.add(folder, [], [other.root])
        assert stamping.growth_of(made, here.read_bytes(), stamping.trust_of(folder)).breaches


def test_no_authority_or_no_pdf_is_said(case: Path, here: Path, authority: Authority, tmp_path: Path) -> None:
    """With what to do."""
    lonely = tmp_path / "lonely"
    casefile.open_case(lonely)
    with pytest.raises(InputRefused):
        stamping.stamp_pdf(lonely, here)
    (tmp_path / "text.pdf").write_text("kein PDF")
    for name in ("text.pdf", "nowhere.pdf"):
        with pytest.raises(InputRefused):
            stamping.stamp_pdf(case, tmp_path / name)
    bad = tmp_path / "bad"
    casefile.open_case(bad)
    stamping.add(bad, [authority.tsa("one", "garbage")], [authority.root])
    with pytest.raises(InputRefused):
        stamping.stamp_pdf(bad, here)
    assert not list(tmp_path.glob("*-stamped.pdf"))
