"""A real certification authority and its time stamping authorities, made by openssl at test time.

Served on 127.0.0.1 by a small server. Nothing of it lies in the repository, and nothing leaves the machine.

| path | what answers |
| --- | --- |
| POST /one, /two | two honest authorities (RSA and P-256); `two` plays the qualified one |
| POST /expired | its certificate ended last year |
| POST /revoked | its certificate was revoked |
| POST /one/MISCHIEF | see MISCHIEF below |
| GET /ca.crl | the list of revoked certificates |
| POST /ocsp | whether one is revoked |
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

TSAS = ("one", "two", "expired", "revoked")
MISCHIEF = (
    "down",  # HTTP 503
    "refuse",  # a well-formed answer: rejected
    "slow",  # answers after Authority.delay seconds
    "wrong-nonce",
    "wrong-imprint",
    "bad-signature",
    "garbage",
    "cut",  # the second half of the answer is missing
    "empty",
    "huge",  # more bytes than any token has
)
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"

CONFIG = """
[ca]
default_ca = ca_default
[ca_default]
database = {folder}/index.txt
new_certs_dir = {folder}/issued
serial = {folder}/serial
crlnumber = {folder}/crlnumber
certificate = {folder}/ca.pem
private_key = {folder}/ca.key
default_md = sha256
default_days = 700
default_crl_days = 30
policy = any
unique_subject = no
copy_extensions = none
[any]
commonName = supplied
[req]
distinguished_name = dn
[dn]
[v3_ca]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[v3_tsa]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:{url}/ca.crl
authorityInfoAccess = OCSP;URI:{url}/ocsp
[v3_ocsp]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = OCSPSigning
noCheck = yes
"""

TSA_CONFIG = """
[{name}]
serial = {folder}/{name}.serial
signer_cert = {folder}/{name}.pem
signer_key = {folder}/{name}.key
signer_digest = {digest}
default_policy = 1.3.6.1.4.1.99999.1
digests = {digests}
ess_cert_id_alg = sha256
accuracy = secs:1
ordering = no
tsa_name = yes
"""


class Authority:
    """The folder with keys and certificates, and the address of the server.

    `now` moves the authorities' clock, which needs libfaketime (Debian: faketime); None is the real one.
    `asked` counts the requests by path.
    """

    def __init__(self, folder: Path, port: int) -> None:
        self.folder, self.url = folder, f"http://127.0.0.1:{port}"
        self.now: datetime | None = None
        self.delay = 2.0
        self.asked: dict[str, int] = {}
        self.lock = threading.Lock()
        self._make()

    @property
    def root(self) -> Path:
        """The certificate of the root, PEM."""
        return self.folder / "ca.pem"

    def certificate(self, name: str) -> Path:
        """The certificate of one time stamping authority, PEM."""
        return self.folder / f"{name}.pem"

    def tsa(self, name: str, mischief: str = "") -> str:
        """The address of one authority, with a mischief where one is wanted."""
        return f"{self.url}/{name}" + (f"/{mischief}" if mischief else "")

    def _make(self) -> None:
        for name in ("index.txt", "index.txt.attr"):
            (self.folder / name).touch()
        (self.folder / "issued").mkdir()
        for name in ("serial", "crlnumber"):
            (self.folder / name).write_text("1000\n")
        config = CONFIG.format(folder=self.folder, url=self.url)
        for name in TSAS:
            config += TSA_CONFIG.format(
                folder=self.folder, name=name, digest="sha256", digests="sha256,sha384,sha512"
            )
            (self.folder / f"{name}.serial").write_text("01\n")
        (self.folder / "ca.cnf").write_text(config)
        self._key("ca")
        # Older than anything it signs, so that the expired authority has a chain at its time.
        self._openssl("req", "-new", "-key", "ca.key", "-subj", "/CN=Test Root", "-out", "ca.csr", *self._cnf)
        self._openssl(
            "ca", "-batch", "-notext", "-selfsign", "-keyfile", "ca.key", "-in", "ca.csr", "-out", "ca.pem",
            *self._cnf, "-extensions", "v3_ca", "-startdate", "20100101000000Z", "-enddate", "20600101000000Z",
        )  # fmt: skip
        self._key("ocsp")
        self.issue("ocsp", extensions="v3_ocsp", common_name="Test OCSP")
        year = datetime.now(UTC).year
        for name in TSAS:
            self._key(name, rsa=name == "one")
            ended = datetime(year - 1, 6, 1, tzinfo=UTC) if name == "expired" else None
            self.issue(name, ends=ended)
        self._openssl("ca", "-batch", "-revoke", "revoked.pem", "-crl_reason", "keyCompromise", *self._cnf)
        index = (self.folder / "index.txt").read_text()  # revoked long before it stamps for a test
        (self.folder / "index.txt").write_text(
            re.sub(r"\d{12}Z,key", f"{year % 100 - 1:02}0601000000Z,key", index)
        )
        self.renew_crl()

    def issue(
        self,
        name: str,
        *,
        extensions: str = "v3_tsa",
        common_name: str = "",
        begins: datetime | None = None,
        ends: datetime | None = None,
    ) -> None:
        """A certificate for the key `name`; a new one takes the place of the old."""
        ends = ends or datetime.now(UTC) + timedelta(days=700)
        begins = begins or min(datetime.now(UTC), ends) - timedelta(days=300)
        subject = common_name or f"Test TSA {name}"
        self._openssl(
            "req", "-new", "-key", f"{name}.key", "-subj", f"/CN={subject}", "-out", f"{name}.csr", *self._cnf
        )
        self._openssl(
            "ca", "-batch", "-notext", "-in", f"{name}.csr", "-out", f"{name}.pem", *self._cnf,
            "-extensions", extensions, "-startdate", f"{begins:%Y%m%d%H%M%SZ}", "-enddate", f"{ends:%Y%m%d%H%M%SZ}",
        )  # fmt: skip

    def renew_crl(self) -> bytes:
        """The list of revoked certificates as of now, DER."""
        self._openssl("ca", "-gencrl", "-out", "ca.crl.pem", *self._cnf)
        self._openssl("crl", "-in", "ca.crl.pem", "-outform", "DER", "-out", "ca.crl")
        return (self.folder / "ca.crl").read_bytes()

    def reply(self, name: str, query: bytes) -> bytes:
        """What openssl answers to a time stamp request, DER."""
        with self.lock:
            (self.folder / "query").write_bytes(query)
            self._openssl(
                "ts", "-reply", "-section", name, "-queryfile", "query", "-out", "reply", "-config", "ca.cnf"
            )
            return (self.folder / "reply").read_bytes()

    def ocsp(self, query: bytes) -> bytes:
        """What openssl answers to a question for revocation, DER."""
        with self.lock:
            (self.folder / "ocsp.query").write_bytes(query)
            self._openssl(
                "ocsp", "-index", "index.txt", "-CA", "ca.pem", "-rsigner", "ocsp.pem", "-rkey", "ocsp.key",
                "-reqin", "ocsp.query", "-respout", "ocsp.reply", "-ndays", "1",
            )  # fmt: skip
            return (self.folder / "ocsp.reply").read_bytes()

    @property
    def _cnf(self) -> tuple[str, str]:
        return ("-config", "ca.cnf")

    def _key(self, name: str, rsa: bool = False) -> None:
        kind = ("RSA", "rsa_keygen_bits:2048") if rsa else ("EC", "ec_paramgen_curve:P-256")
        self._openssl("genpkey", "-algorithm", kind[0], "-pkeyopt", kind[1], "-out", f"{name}.key")

    def _openssl(self, *arguments: str) -> None:
        command, env = ["openssl", *arguments], dict(os.environ)
        if self.now is not None:
            env |= {"LD_PRELOAD": str(faketime()), "FAKETIME": f"{self.now:%Y-%m-%d %H:%M:%S}", "TZ": "UTC"}
        done = subprocess.run(command, cwd=self.folder, env=env, check=False, capture_output=True, timeout=30)
        assert done.returncode == 0, f"openssl {' '.join(arguments)}\n{done.stderr.decode()}"


def faketime() -> Path | None:
    """The library that gives a program another clock, where Debian's `faketime` is installed."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    return found[0] if found else None


def spoiled(authority: Authority, name: str, mischief: str, query: bytes) -> bytes:
    """The answer of an authority that errs or lies."""
    from asn1crypto import tsp  # type: ignore[import-untyped]

    if mischief in ("wrong-nonce", "wrong-imprint", "refuse"):
        asked = tsp.TimeStampReq.load(query)
        if mischief == "wrong-nonce":
            asked["nonce"] = asked["nonce"].native + 1
        elif mischief == "wrong-imprint":
            asked["message_imprint"]["hashed_message"] = bytes(32)
        else:
            asked["req_policy"] = "1.2.3.4.5"  # a policy that it does not have
        return authority.reply(name, asked.dump(force=True))
    if mischief == "garbage":
        return b"<html>Captive portal: please log in</html>"
    if mischief in ("empty", "huge"):
        return b"" if mischief == "empty" else bytes(4_000_000)
    answer = authority.reply(name, query)
    if mischief == "cut":
        return answer[: len(answer) // 2]
    if mischief == "bad-signature":  # the signature ends the token
        return answer[:-1] + bytes([answer[-1] ^ 1])
    return answer


def _handler(authority: Authority) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            """Be quiet."""

        def do_GET(self) -> None:
            self._count()
            if self.path == "/ca.crl":
                return self._send((authority.folder / "ca.crl").read_bytes(), "application/pkix-crl")
            return self._send(b"", "text/plain", 404)

        def do_POST(self) -> None:
            self._count()
            query = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if self.path == "/ocsp":
                return self._send(authority.ocsp(query), "application/ocsp-response")
            name, _, mischief = self.path.strip("/").partition("/")
            if name not in TSAS or mischief not in ("", *MISCHIEF):
                return self._send(b"", "text/plain", 404)
            if mischief == "down":
                return self._send(b"", "text/plain", 503)
            if mischief == "slow":
                time.sleep(authority.delay)
            return self._send(spoiled(authority, name, mischief, query), REPLY)

        def _count(self) -> None:
            with authority.lock:
                authority.asked[self.path] = authority.asked.get(self.path, 0) + 1

        def _send(self, body: bytes, kind: str, status: int = 200) -> None:
            try:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # whoever asked did not wait

    return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True


@contextmanager
def served(folder: Path) -> Iterator[Authority]:
    """An authority in an empty folder, served until the block ends."""
    server = _Server(("127.0.0.1", 0), BaseHTTPRequestHandler)
    authority = Authority(folder, server.server_port)
    server.RequestHandlerClass = _handler(authority)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield authority
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    """A certification authority with four time stamping authorities; skips where openssl is missing."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not here (Debian: openssl), so there is no authority to ask")
    with served(tmp_path_factory.mktemp("authority")) as made:
        yield made
