"""Evidence records hold over decades, and BouncyCastle, another hand's work, agrees with every step."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256, sha384, sha512
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.journal.authority import Authority, faketime, served

from heller import casefile
from heller.casefile import stamping
from heller.casefile.stamping.renew import renew
from heller.journal import store
from heller.journal.asn1 import EvidenceRecord
from heller.journal.ers import record, tree
from heller.journal.stamps import chain, revocation, token
from heller.journal.stamps.refusal import TokenRefused

JARS = [Path("/usr/share/java") / f"{name}.jar" for name in ("bcpkix", "bcprov", "bcutil")]
NOTE = b"heller-anchor/1\nsize 1\n"
BouncyCastle = Callable[[Sequence[tuple[bytes, bytes]]], list[str]]


@pytest.fixture(scope="session")
def bouncycastle(tmp_path_factory: pytest.TempPathFactory) -> BouncyCastle:
    """Asks BouncyCastle about pairs of object and record; skips where it is not installed."""
    if shutil.which("javac") is None or not all(jar.exists() for jar in JARS):
        pytest.skip("BouncyCastle is not here (Debian: libbcpkix-java, default-jdk-headless)")
    folder = tmp_path_factory.mktemp("bouncycastle")
    path = ":".join(map(str, (*JARS, folder)))
    source = Path(__file__).with_name("CheckRecords.java")
    subprocess.run(["javac", "-cp", path, "-d", folder, source], check=True, capture_output=True, timeout=120)

    def check(pairs: Sequence[tuple[bytes, bytes]]) -> list[str]:
        names = []
        for number, pair in enumerate(pairs):
            for kind, data in zip(("object", "record"), pair, strict=True):
                names.append(folder / f"{number}.{kind}")
                names[-1].write_bytes(data)
        command = ["java", "-cp", path, "CheckRecords", *map(str, names)]
        said = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)
        return said.stdout.splitlines()

    return check


@pytest.fixture
def decades(tmp_path: Path) -> Iterator[Authority]:
    """An authority whose clock can be moved."""
    if shutil.which("openssl") is None or faketime() is None:
        pytest.skip(
            "openssl or libfaketime is not here (Debian: openssl, faketime), so no clock can be moved"
        )
    folder = tmp_path / "authority"
    folder.mkdir()
    with served(folder) as made:
        yield made


def move(authority: Authority, to: datetime, names: Sequence[str] = ("one", "two")) -> None:
    """Another day: new certificates for three years, a new list of revoked ones."""
    authority.now = to
    for name in names:
        authority.issue(name, begins=to - timedelta(days=1), ends=to + timedelta(days=1095))
    authority.renew_crl()


def stamped(authority: Authority, digest: bytes, algorithm: str, name: str = "two") -> bytes:
    """A token of the authority's day with its list of revoked certificates inside."""
    answer = authority.reply(name, token.request(digest, algorithm, 7))
    return revocation.embed(token.token_of(answer), [(authority.folder / "ca.crl").read_bytes()], ())


def test_thirty_years_of_renewals(decades: Authority, bouncycastle: BouncyCastle) -> None:
    """Twelve stamp renewals and four hash renewals: at every step BouncyCastle and we say that it holds."""
    trust = chain.Trust(chain.certificates(decades.root.read_bytes()))
    now = datetime(2019, 11, 24, 12, tzinfo=UTC)  # from 2050 on, openssl 3.0 writes signing times wrongly
    move(decades, now, ["two"])
    steps = [record.begin(stamped(decades, sha256(NOTE).digest(), "sha256"), "sha256")]
    digests = iter(("sha384", "sha512", "sha384", "sha512"))
    for event in range(1, 17):
        now += timedelta(days=365.25 * 30 / 16)
        move(decades, now, ["two"])
        if event % 4 == 0:
            algorithm = next(digests)
            leaf = record.rehash_leaf(steps[-1], NOTE, algorithm)
            steps.append(record.rehash(steps[-1], stamped(decades, leaf, algorithm), algorithm))
        else:
            leaf, algorithm = record.renewal_leaf(steps[-1])
            steps.append(record.renew(steps[-1], stamped(decades, leaf, algorithm)))
    for number, step in enumerate(steps, 1):
        held = record.verify(step, NOTE, trust)
        assert (len(held.times), held.chains) == (number, 1 + (number - 1) // 4)
    assert held.times[-1].year == 2049
    assert bouncycastle([(NOTE, step) for step in steps]) == [f"OK {n} stamps" for n in range(1, 18)]
    assert bouncycastle([(NOTE + b" ", steps[-1])])[0].startswith("NO")
    assert len(steps[-1]) <= 60_000
    print(f"\n30 years, 17 stamps: {len(steps[-1])} bytes, first record {len(steps[0])} bytes")


def test_a_record_that_was_tampered_with_is_refused(decades: Authority) -> None:
    """Another object, a dropped stamp, stamps in another order, a renewal that came too late."""
    trust = chain.Trust(chain.certificates(decades.root.read_bytes()))
    move(decades, datetime(2026, 11, 24, tzinfo=UTC))
    first = record.begin(stamped(decades, sha256(NOTE).digest(), "sha256"), "sha256")
    move(decades, datetime(2028, 11, 24, tzinfo=UTC))
    second = record.renew(first, stamped(decades, record.renewal_leaf(first)[0], "sha256"))
    move(decades, datetime(2030, 11, 24, tzinfo=UTC))
    leaf = record.rehash_leaf(second, NOTE, "sha512")
    third = record.rehash(second, stamped(decades, leaf, "sha512"), "sha512")
    assert record.verify(third, NOTE, trust).algorithms == ("sha256", "sha256", "sha512")
    move(decades, datetime(2035, 11, 24, tzinfo=UTC))
    late = record.renew(third, stamped(decades, record.renewal_leaf(third)[0], "sha512"))
    with pytest.raises(TokenRefused) as refused:
        record.verify(late, NOTE, trust)
    assert refused.value.code == "late"
    chains = record._chains(third)
    broken = {
        "another object": (third, NOTE + b" "),
        "no first stamp": (record._record([chains[0][1:], chains[1]]), NOTE),
        "other order": (record._record([chains[0][::-1], chains[1]]), NOTE),
        "no first chain": (record._record(chains[1:]), NOTE),
        "mixed": (record._record([[*chains[0], *chains[1]]]), NOTE),
        "cut": (third[:-1], NOTE),
        "nothing": (b"", NOTE),
        "more": (third + b"\0", NOTE),
    }
    for what, (data, note) in broken.items():
        with pytest.raises(TokenRefused):
            pytest.fail(f"{what}: {record.verify(data, note, trust)}")


def test_a_case_is_renewed_by_one_stamp_for_all_its_anchors(
    decades: Authority, tmp_path: Path, bouncycastle: BouncyCastle
) -> None:
    """Three anchors, one request: a hash tree; a hash renewal over all; the journal says so each time."""
    case = tmp_path / "case"
    now = datetime(2026, 11, 24, tzinfo=UTC)
    move(decades, now)
    casefile.open_case(case, now)
    stamping.add(case, [decades.tsa("one")], [decades.root])
    for said in ("eins", "zwei", "drei"):
        store.append(case, [("note", {"said": said})])
        stamping.stamp(case, now=now)
    made = renew(case, now=now)
    assert [(one.stamps, one.renewed) for one in made] == [(1, False)] * 3
    for days, digest, stamps, chains in (
        (800, "", 2, 1),
        (1600, "", 3, 1),
        (2400, "sha512", 4, 2),
        (3200, "", 5, 2),
    ):
        later = now + timedelta(days=days)
        move(decades, later)
        before = decades.asked["/one"]
        made = renew(case, now=later, digest=digest)
        assert decades.asked["/one"] == before + 1
        anchors = [one for one in made if "sha512" not in one.name]
        assert [(one.stamps, one.chains, one.renewed, one.fault) for one in anchors] == [
            (stamps, chains, True, None)
        ] * 3
        again = renew(case, now=later, digest=digest)
        assert not any(one.renewed for one in again)
    entries = [e.body for e in store.load(case).entries if e.kind == "renewal" and e.body]
    records = ["000001.er", "000002.er", "000003.er"]
    assert [(sorted(body["records"]), body["algorithm"]) for body in entries] == [
        (records, "sha256"),
        (records, "sha256"),
        ([*records, "000003.sha512.er"], "sha512"),
        ([*records, "000003.sha512.er"], "sha512"),
    ]
    paths = [case / "anchors" / f"00000{n}" for n in (1, 2, 3)]
    pairs = [(p.with_suffix(".txt").read_bytes(), p.with_suffix(".er").read_bytes()) for p in paths]
    assert bouncycastle(pairs) == ["OK 5 stamps"] * 3
    listed = case / "anchors" / "000003.sha512.txt"
    assert bouncycastle([(listed.read_bytes(), listed.with_name("000003.sha512.er").read_bytes())]) == [
        "OK 2 stamps"
    ]
    command = ["sha512sum", "-c", "--strict", "anchors/000003.sha512.txt"]
    checked = subprocess.run(command, cwd=case, check=False, capture_output=True, text=True)
    assert (checked.returncode, checked.stdout.count(": OK")) == (0, 3), checked.stderr
    journal = (case / "journal.jsonl").read_bytes()
    (told,) = re.findall(r"head -c (\d+) journal.jsonl \| sha512sum: (\w+)", listed.read_text())
    assert sha512(journal[: int(told[0])]).hexdigest() == told[1]
    for _, data in pairs:
        for group in EvidenceRecord.load(data)["archive_time_stamp_sequence"].native:
            for stamp in group:
                assert len((stamp["reduced_hashtree"] or [[0, 0]])[0]) > 1  # never a single element


def test_a_record_that_does_not_hold_is_not_renewed_but_shown(decades: Authority, tmp_path: Path) -> None:
    """A spoilt file keeps nothing else from going on."""
    case = tmp_path / "case"
    now = datetime(2026, 11, 24, tzinfo=UTC)
    move(decades, now)
    casefile.open_case(case, now)
    stamping.add(case, [decades.tsa("one")], [decades.root])
    stamping.stamp(case, now=now)
    renew(case, now=now)
    path = case / "anchors" / "000001.er"
    path.write_bytes(path.read_bytes()[:-1] + b"\0")
    (one,) = renew(case, now=now, within=timedelta(days=9999))
    assert one.fault is not None and not one.renewed


def test_every_changed_byte_of_a_record_is_refused_or_changes_nothing(authority: Authority) -> None:
    """No flipped bit makes a record say another time, and none raises anything but a refusal."""
    trust = chain.Trust(chain.certificates(authority.root.read_bytes()))
    first = record.begin(stamped(authority, sha256(NOTE).digest(), "sha256"), "sha256")
    second = record.renew(first, stamped(authority, record.renewal_leaf(first)[0], "sha256"))
    made = record.rehash(
        second, stamped(authority, record.rehash_leaf(second, NOTE, "sha512"), "sha512"), "sha512"
    )
    assert len(record.verify(made, NOTE, trust).times) == 3
    survived = 0
    for at in range(0, len(first), 3):
        flipped = first[:at] + bytes([first[at] ^ 1 << at % 8]) + first[at + 1 :]
        try:
            held = record.verify(flipped, NOTE, trust)
        except TokenRefused:
            continue
        survived += 1
        assert held.times == record.verify(first, NOTE, trust).times
    assert (
        survived < len(first) / 3 / 4
    )  # names of algorithms, and the list of the revoked: the next stamp covers it


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40, unique=True))
def test_every_leaf_reaches_the_root_and_nothing_else_does(leaves: list[bytes]) -> None:
    """Each by its own path; a foreign leaf, which no draw can hold, is not in it."""
    foreign = sha256(b"foreign" + b"".join(leaves)).digest()
    for algorithm, digest in (("sha256", sha256), ("sha384", sha384), ("sha512", sha512)):
        root, paths = tree.grow(leaves, algorithm)
        assert len(root) == (digest().digest_size if len(leaves) > 1 else 32)
        for leaf, path in zip(leaves, paths, strict=True):
            assert tree.climb(leaf, path, algorithm) == root
            assert all(len(group) == 2 for group in path[:1])
            if path:
                with pytest.raises(ValueError):
                    tree.climb(foreign, path, algorithm)
