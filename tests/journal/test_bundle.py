"""A bundle holds, or says where it does not."""

import io
import random
import secrets
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from heller.casefile.bundle.build import sheets
from heller.journal.anchor import anchor
from heller.journal.archive import ContentDigest, TooLarge, facts, pack, unpack
from heller.journal.bundle import make, manifest
from heller.journal.checking.verify import verify
from heller.journal.entry import NO_PREVIOUS, Clock, line_hash, seal

CLOCK = Clock("2015-02-04T07:35:00.000000Z", 1, "boot", "unknown")
RECEIPT = b"Rechnung 4711"
DIGEST = sha256(RECEIPT).hexdigest()


def lines_of(kinds: list[tuple[str, dict[str, object]]]) -> tuple[list[bytes], list[bytes]]:
    """Journal lines and body lines of some entries."""
    lines: list[bytes] = []
    bodies: list[bytes] = []
    for seq, (kind, body) in enumerate(kinds):
        prev = line_hash(lines[-1]) if lines else NO_PREVIOUS
        line, said = seal(seq, prev, kind, dict(body), secrets.token_bytes(32), CLOCK)
        lines.append(line)
        bodies.append(said)
    return lines, bodies


ENTRIES: list[tuple[str, dict[str, object]]] = [
    ("opened", {"case": "c0ffee"}),
    ("exhibit", {"digest": DIGEST, "name": "rechnung.txt"}),
    ("note", {"said": "Sie können jetzt online gehen."}),
    (
        "note",
        {
            "said": 'Typed as it stands: \\u0000 \\\\u0000, "entry":1, "salt":"x"} and \u2028 and 100 %s $(ls) `ls`'
        },
    ),
    (
        "dossier",
        {
            "lang": "de",
            "entries": 4,
            "files": {
                "PRUEFEN.txt": sha256(b"sha256sum -c\n").hexdigest(),
                "claim.json": sha256(b"{}").hexdigest(),
                "dossier-de.pdf": sha256(b"%PDF").hexdigest(),
            },
        },
    ),
]


def payload() -> dict[str, bytes]:
    """A small honest payload."""
    lines, bodies = lines_of(ENTRIES)
    head = anchor("c0ffee", lines)
    told = {"digest": sha256(head).hexdigest(), "number": 1, "size": len(lines)}
    line, said = seal(len(lines), line_hash(lines[-1]), "anchor", told, secrets.token_bytes(32), CLOCK)
    lines, bodies = [*lines, line], [*bodies, said]
    return {
        "journal.jsonl": b"".join(line + b"\n" for line in lines),
        "bodies.jsonl": b"".join(line + b"\n" for line in bodies),
        "anchors/000001.txt": head,
        f"objects/{DIGEST[:2]}/{DIGEST}": RECEIPT,
        "PRUEFEN.txt": b"sha256sum -c\n",
        "claim.json": b"{}",
        "dossier-de.pdf": b"%PDF",
    }


@pytest.fixture(scope="module")
def honest() -> bytes:
    """The bytes of an honest bundle."""
    return make(payload(), {"External-Identifier": "c0ffee"})


def script_says(data: bytes, folder: Path) -> bool:
    """Whether the script in the bundle, run as its own process without our packages, is content."""
    (folder / "bundle.zip").write_bytes(data)
    script = next(sheet for sheet in sheets() if sheet.name == "verify.py")
    (folder / "verify.py").write_bytes(script.read_bytes())
    command = [sys.executable, "-I", "verify.py", "bundle.zip"]
    return subprocess.run(command, cwd=folder, check=False, capture_output=True).returncode == 0


def test_an_honest_bundle_holds(honest: bytes, tmp_path: Path) -> None:
    """No false alarm, from neither verifier."""
    assert verify(honest).breaches == ()
    assert script_says(honest, tmp_path)


def test_the_script_is_short_enough_to_read() -> None:
    """At most 123 lines of the standard library."""
    assert len(next(s for s in sheets() if s.name == "verify.py").read_text().splitlines()) <= 123


def test_the_same_contents_give_the_same_bytes() -> None:
    """A bundle made twice is one bundle."""
    same = payload()
    assert make(same, {}) == make(dict(same), {})


def test_every_flipped_bit_of_the_archive_is_found(honest: bytes) -> None:
    """In contents, names, dates, headers and directory of the ZIP, all of its bytes."""
    dice = random.Random(4711)
    for at in range(len(honest)):
        flipped = bytearray(honest)
        flipped[at] ^= 1 << dice.randrange(8)
        assert verify(bytes(flipped)).breaches, f"byte {at}"


def test_a_cut_or_lengthened_archive_is_found(honest: bytes) -> None:
    """Nothing may be missing at the end, nothing may hang behind it."""
    for changed in (honest[:-1], honest[: len(honest) // 2], b"", honest + b"\n", b"PK" + honest):
        assert verify(changed).breaches


def test_a_forger_who_mends_the_manifests_is_found(tmp_path: Path) -> None:
    """Changed, dropped and added things show to both verifiers although every digest was adjusted."""
    path = f"objects/{DIGEST[:2]}/{DIGEST}"
    honest = payload()
    journal, bodies = (honest[name].splitlines(keepends=True) for name in ("journal.jsonl", "bodies.jsonl"))
    attacks: dict[str, dict[str, bytes | None]] = {
        "the original is changed": {path: b"Rechnung 4712"},
        "the original is gone": {path: None},
        "an original is slipped in": {"objects/ab/" + "ab" * 32: b"neu"},
        "the last line is dropped": {
            "journal.jsonl": b"".join(journal[:-1]),
            "bodies.jsonl": b"".join(bodies[:-1]),
        },
        "a line in the middle is dropped": {
            "journal.jsonl": journal[0] + journal[2],
            "bodies.jsonl": bodies[0] + bodies[2],
        },
        "the tree head is gone": {"anchors/000001.txt": None},
        "what was said is changed": {
            "bodies.jsonl": honest["bodies.jsonl"].replace(b"jetzt", b"jetz "),
        },
        "the time is changed": {"journal.jsonl": honest["journal.jsonl"].replace(b"07:35", b"07:34")},
    }
    for attack, change in attacks.items():
        files = {n: d for n, d in {**honest, **change}.items() if d is not None}
        attacked = make(files, {})
        assert verify(attacked).breaches, attack
        assert not script_says(attacked, tmp_path), attack


def test_the_sheet_of_paper_works(honest: bytes, tmp_path: Path) -> None:
    """unzip and sha256sum alone check the bundle, as PRUEFEN.txt says."""
    if not shutil.which("sha256sum"):
        pytest.skip("sha256sum is not here")
    for name, data in unpack(honest).files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    command = ["sha256sum", "-c", "--quiet", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "data" / "journal.jsonl").write_bytes(b"x")
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 1


def test_a_manifest_is_what_sha256sum_writes() -> None:
    """Digest, two blanks, name, sorted."""
    assert (
        manifest({"b": facts(b""), "a": facts(b"")}).decode().splitlines()[0] == f"{sha256().hexdigest()}  a"
    )


def test_bagit_validates_it(honest: bytes, tmp_path: Path) -> None:
    """The Library of Congress's own program, which shares no code with ours."""
    bagit = pytest.importorskip("bagit")
    for name, data in unpack(honest).files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    assert bagit.Bag(str(tmp_path)).is_valid()
    (tmp_path / "data" / "claim.json").write_bytes(b"[]")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(tmp_path)).validate()


def test_the_container_has_the_shape_of_asic_e(honest: bytes) -> None:
    """`mimetype` first and readable at byte 38, the manifest in the order of ETSI EN 319 162-1, A.4."""
    from base64 import b64decode

    from lxml import etree

    assert honest[30:69] == b"mimetypeapplication/vnd.etsi.asic-e+zip"
    files = unpack(honest).files
    root = etree.fromstring(bytes(files["META-INF/ASiCManifest001.xml"]))
    asic, ds = "{http://uri.etsi.org/02918/v1.2.1#}", "{http://www.w3.org/2000/09/xmldsig#}"
    assert root.tag == f"{asic}ASiCManifest"
    reference, *objects = root
    assert reference.tag == f"{asic}SigReference"
    assert reference.get("MimeType") == "application/vnd.etsi.timestamp-token"
    assert {one.get("URI") for one in objects} == {n for n in files if not n.startswith("META-INF/")}
    for one in objects:
        assert [child.tag for child in one] == [f"{ds}DigestMethod", f"{ds}DigestValue"]
        assert b64decode(one[1].text or "") == sha256(files[str(one.get("URI"))]).digest()


def test_what_is_too_large_is_refused() -> None:
    """Beyond what a ZIP without ZIP64 can say nothing is written."""
    about = {"a": ContentDigest(0xFFFF_FFFF, 0, "")}
    with pytest.raises(TooLarge):
        pack({"a": b""}, about, io.BytesIO())
