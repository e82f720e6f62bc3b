"""The authority of the tests is a real one: openssl itself accepts and refuses what it should."""

import subprocess
import urllib.request
from pathlib import Path

import pytest
from tests.journal.authority import QUERY, Authority


def asked(url: str, query: bytes) -> bytes:
    """One request to a server of this machine."""
    sent = urllib.request.Request(url, query, {"Content-Type": QUERY})
    with urllib.request.urlopen(sent, timeout=10) as answer:
        return bytes(answer.read())


def openssl(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run openssl and keep what it says."""
    return subprocess.run(
        ["openssl", *arguments], cwd=folder, check=False, capture_output=True, text=True, timeout=30
    )


@pytest.mark.parametrize(
    ("name", "mischief", "holds"),
    [
        ("one", "", True),
        ("two", "", True),
        ("expired", "", False),
        ("revoked", "", False),
        ("one", "bad-signature", False),
        ("one", "wrong-imprint", False),
        ("one", "wrong-nonce", False),
        ("one", "refuse", False),
    ],
)
def test_openssl_judges_the_answers(
    authority: Authority, tmp_path: Path, name: str, mischief: str, holds: bool
) -> None:
    """Two are honest, two have bad certificates, and the liars are caught."""
    (tmp_path / "note").write_bytes(b"Die Leitung ist tot.")
    openssl("ts", "-query", "-data", "note", "-sha256", "-cert", "-out", "note.tsq", folder=tmp_path)
    (tmp_path / "note.tsr").write_bytes(
        asked(authority.tsa(name, mischief), (tmp_path / "note.tsq").read_bytes())
    )
    trust = authority.root.read_text() + (authority.folder / "ca.crl.pem").read_text()
    (tmp_path / "trust.pem").write_text(trust)
    said = openssl(
        "ts",
        "-verify",
        "-queryfile",
        "note.tsq",
        "-in",
        "note.tsr",
        "-CAfile",
        "trust.pem",
        "-crl_check",
        folder=tmp_path,
    )
    assert ("Verification: OK" in said.stdout) is holds, said.stderr


def test_it_tells_who_is_revoked(authority: Authority, tmp_path: Path) -> None:
    """By OCSP: one is good, the other is not."""
    for name, word in (("one", "good"), ("revoked", "revoked")):
        said = openssl(
            "ocsp",
            "-issuer",
            str(authority.root),
            "-cert",
            str(authority.certificate(name)),
            "-url",
            f"{authority.url}/ocsp",
            "-CAfile",
            str(authority.root),
            folder=tmp_path,
        )
        assert "Response verify OK" in said.stderr
        assert f": {word}" in said.stdout
