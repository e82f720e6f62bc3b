"""More attacks on time stamps: tokens that are signed rightly and say or rest on what they should not."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.lab.attack import MISSED, attack
from tests.lab.forger import Forger
from tests.lab.heads import GROUP, ONE, TSA, TWO, put_stamp, signed_info, stamp_by, told

from heller.journal.asn1 import cms, tsp
from heller.journal.bundle import TOKEN
from heller.journal.stamps import token

OPENSSL = "openssl takes it; they say that they do not look at it"
CRL, OCSP = f"{TWO}{TSA}.crl", f"{TWO}{TSA}.ocsp"


def _bare(f: Forger) -> bytes:
    return token.token_of(f.files[f"{TWO}{TSA}.tsr"])


def _answer(content: object) -> bytes:
    return bytes(tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": content}).dump())


def _put_as_it_is(f: Forger, answer: bytes, bare: bytes) -> bytes:
    """A token that no program reads as one: only its digest in the entry is adjusted."""
    old = sha256(_bare(f)).hexdigest()
    f.files[f"{TWO}{TSA}.tsr"] = answer
    items = f.items()
    for item in items:
        if item.kind == "stamp" and item.body and item.body["token"] == old:
            item.body = {**item.body, "token": sha256(bare).hexdigest()}
    f.rewrite(items)
    return f.seal()


@attack(GROUP, "one stamp under two names, an entry for each")
def twice_told(f: Forger) -> bytes:
    """The token of one authority lies there under two names, and an entry tells of each."""
    answer = f.files[f"{TWO}{TSA}.tsr"]
    return put_stamp(f, answer, name=f"{TWO}.127-0-0-1-two")


@attack(GROUP, "words added to a token that no signature covers", heller=MISSED, script=MISSED, shell=MISSED,
        unchecked="around tokens", says="stands what nobody signed",
        why="what no signature covers proves nothing: it is shown, and read by none of them")  # fmt: skip
def unsigned_attribute(f: Forger) -> bytes:
    """A token gets an unsigned attribute that says another time; digest and entry are adjusted."""
    content = cms.ContentInfo.load(_bare(f))
    signer = content["content"]["signer_infos"][0]
    signer["unsigned_attrs"] = [
        {"type": "signing_time", "values": [cms.Time({"utc_time": datetime(2015, 2, 4, tzinfo=UTC)})]}
    ]
    made = cms.ContentInfo.load(content.dump(force=True))
    return put_stamp(f, _answer(made))


@attack(GROUP, "second signature in a token")
def two_signers(f: Forger) -> bytes:
    """A token bears its signature twice."""
    content = cms.ContentInfo.load(_bare(f))
    infos = content["content"]["signer_infos"]
    infos.append(infos[0].copy())
    bare = content.dump(force=True)
    return _put_as_it_is(f, _answer(cms.ContentInfo.load(bare)), bare)


@attack(GROUP, "certificate of the signer taken out")
def no_certificate(f: Forger) -> bytes:
    """The token holds no certificate any more; whoever checks would have to believe a name."""
    content = cms.ContentInfo.load(_bare(f))
    content["content"]["certificates"] = []
    bare = content.dump(force=True)
    return _put_as_it_is(f, _answer(cms.ContentInfo.load(bare)), bare)


@attack(GROUP, "bytes behind a token", script=MISSED, shell=MISSED, unchecked="around", why=OPENSSL)
def trailing(f: Forger) -> bytes:
    """Behind the answer stand more bytes."""
    f.change(f"{TWO}{TSA}.tsr", lambda data: data + b"\x05\x00")
    return f.seal()


@attack(GROUP, "bare token instead of an answer")
def bare_token(f: Forger) -> bytes:
    """The token lies there without the answer around it."""
    f.files[f"{TWO}{TSA}.tsr"] = _bare(f)
    return f.seal()


@attack(GROUP, "answer that refuses, with a token")
def refused(f: Forger) -> bytes:
    """The status says that the authority refused; an honest token follows all the same."""
    answer = tsp.TimeStampResp.load(f.files[f"{TWO}{TSA}.tsr"])
    said = {"status": "rejection", "status_string": ["no"]}
    made = tsp.TimeStampResp({"status": said, "time_stamp_token": answer["time_stamp_token"]})
    f.files[f"{TWO}{TSA}.tsr"] = bytes(made.dump())
    return f.seal()


@attack(GROUP, "stamp over a weaker digest", script=MISSED, shell=MISSED, unchecked="weak", why=OPENSSL)
def weak_digest(f: Forger) -> bytes:
    """The newest tree head is stamped by its SHA-1."""
    with TemporaryDirectory() as name:
        return put_stamp(
            f, signed_info(Path(name), f.authority.folder, f.files[f"{TWO}.txt"], algorithm="sha1")
        )


@attack(GROUP, "stamp with a weak signature", script=MISSED, shell=MISSED, unchecked="weak", why=OPENSSL)
def weak_signature(f: Forger) -> bytes:
    """A stamp is signed over a SHA-1 of what it says."""
    with TemporaryDirectory() as name:
        return put_stamp(f, signed_info(Path(name), f.authority.folder, f.files[f"{TWO}.txt"], md="sha1"))


@attack(GROUP, "stamp of the future", heller=MISSED, script=MISSED, shell=MISSED, unchecked="still to come",
        says="are of the future",
        why="the clock of whoever checks may be the wrong one: all say that the two do not fit")  # fmt: skip
def future(f: Forger) -> bytes:
    """A time stamp says that it was made in ten years, under a certificate that lives that long."""
    when = datetime.now(UTC).replace(microsecond=0) + timedelta(days=3650)
    return _by_hand(f, when=when, days=9000)


@attack(GROUP, "stamp older than its certificate")
def before_certificate(f: Forger) -> bytes:
    """A time stamp says that it was made in 2015; its certificate is of today."""
    return _by_hand(f, when=datetime(2015, 2, 4, 8, tzinfo=UTC))


@attack(GROUP, "authority whose certificate is no authority's")
def not_a_ca(f: Forger) -> bytes:
    """The signer's certificate was issued with the key of another time stamping authority."""
    home = f.authority.folder
    with TemporaryDirectory() as name:
        return _stamped(f, stamp_by(Path(name), (home / "one.pem", home / "one.key"), f.files[f"{TWO}.txt"]))


@attack(GROUP, "authority of another root with the same name")
def same_name(f: Forger) -> bytes:
    """A root that the forger made bears the name of the honest one; it is not in the bundle."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        return _stamped(f, stamp_by(folder, _named_like(f, folder), f.files[f"{TWO}.txt"]))


@attack(GROUP, "root of one's own in the place of the honest one", kept="found", heller=MISSED, script=MISSED,
        shell=MISSED, unchecked="trust",
        why="whom to trust is for whoever checks to say: name a root certificate of your own")  # fmt: skip
def all_of_ones_own(f: Forger) -> bytes:
    """Everything is made up today and stamped by an authority whose root the forger made."""
    from tests.journal.authority import served
    from tests.lab.world import honest

    with TemporaryDirectory() as keys, TemporaryDirectory() as home, served(Path(keys)) as mine:
        return honest(Path(home), mine).bundle.read_bytes()


@attack(GROUP, "list of revoked certificates that had ended")
def older_list(f: Forger) -> bytes:
    """A revoked authority stamps; the list beside it is honest, from before it was revoked, and had ended by then."""
    home = f.authority.folder
    answer = f.ask(f.files[f"{TWO}.txt"], "revoked")
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "own.pem").write_bytes((home / "ca.pem").read_bytes())
        (folder / "own.key").write_bytes((home / "ca.key").read_bytes())
        f.files[CRL] = _list(
            folder, "-crl_lastupdate", "20200101000000Z", "-crl_nextupdate", "20200201000000Z"
        )
    f.drop(OCSP)
    return put_stamp(f, answer)


@attack(GROUP, "list of another authority")
def list_of_other(f: Forger) -> bytes:
    """Beside a stamp lies a list of revoked certificates that another root signed."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        _named_like(f, folder)
        f.files[CRL] = _list(folder, "-crldays", "30")
    f.drop(OCSP)
    return f.seal()


@attack(GROUP, "list of revoked certificates that is none")
def list_garbage(f: Forger) -> bytes:
    """A page of a hotspot lies where the list should be."""
    f.files[CRL] = b"<html>Bitte einloggen</html>"
    return f.seal()


@attack(GROUP, "answer on revocation for another certificate", script=MISSED, shell=MISSED, unchecked="ocsp",
        why="they look at the list of revoked certificates beside it, which says the same")  # fmt: skip
def ocsp_of_other(f: Forger) -> bytes:
    """The answer that nothing was revoked is about the certificate of another authority."""
    f.files[OCSP] = f.files[f"{TWO}.127-0-0-1-two.ocsp"]
    return f.seal()


@attack(GROUP, "tree head stamped by the token of the whole")
def token_of_whole(f: Forger) -> bytes:
    """The token over the manifest lies beside a tree head."""
    bare = f.files[TOKEN]
    f.files[f"{TWO}{TSA}.tsr"] = _answer(cms.ContentInfo.load(bare))
    return f.seal("keep")


@attack(GROUP, "stamp of the first tree head under the second")
def stamp_moved(f: Forger) -> bytes:
    """The stamp of the older tree head lies beside the newer, which would be older by it; the entry says so."""
    return put_stamp(f, f.files[f"{ONE}{TSA}.tsr"])


def _by_hand(f: Forger, when: datetime, days: int = 3000) -> bytes:
    with TemporaryDirectory() as name:
        answer = signed_info(Path(name), f.authority.folder, f.files[f"{TWO}.txt"], when=when, days=days)
    return _stamped(f, answer)


def _stamped(f: Forger, answer: bytes) -> bytes:
    f.drop(CRL, OCSP)
    assert told(answer)["token"]
    return put_stamp(f, answer)


def _named_like(f: Forger, folder: Path) -> tuple[Path, Path]:
    """A root of the forger's with the name of the honest one."""
    _openssl(folder, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "own.key", "-days", "9000",
             "-subj", "/CN=Test Root", "-out", "own.pem",
             "-addext", "keyUsage=critical,keyCertSign,cRLSign")  # fmt: skip
    return folder / "own.pem", folder / "own.key"


def _list(folder: Path, *days: str) -> bytes:
    """A list of revoked certificates on which nobody stands, by the authority in a folder."""
    (folder / "index.txt").touch()
    (folder / "crlnumber").write_text("01\n")
    (folder / "c.cnf").write_text(
        "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256\n"
    )
    _openssl(folder, "ca", "-gencrl", "-config", "c.cnf", "-keyfile", "own.key", "-cert", "own.pem", *days,
             "-out", "l.pem")  # fmt: skip
    _openssl(folder, "crl", "-in", "l.pem", "-outform", "DER", "-out", "l.crl")
    return (folder / "l.crl").read_bytes()


def _openssl(folder: Path, *words: str) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)
