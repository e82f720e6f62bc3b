"""What a forger does: changes something, then adjusts every digest that he can."""

from __future__ import annotations

import re
import secrets
import shutil
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tests.journal.authority import QUERY, Authority
from tests.lab.world import AS_OF, World, honest

from heller import casefile
from heller.casefile.bundle.scope import Scope
from heller.journal.anchor import anchor
from heller.journal.archive import unpack
from heller.journal.bundle import REVOKED, TOKEN, Stamped, make
from heller.journal.canonical import canonical
from heller.journal.entry import NO_PREVIOUS, Clock, commitment, line_hash, read_body, read_line, seal
from heller.journal.stamps import token

J, B, A = "data/journal.jsonl", "data/bodies.jsonl", "data/anchors/"
SEQ = re.compile(rb'"seq":(\d+)}\n$')


@dataclass
class Item:
    """One entry, open to be forged."""

    kind: str
    body: dict[str, Any] | None
    clock: Clock
    salt: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    c: str = ""  # what the line commits to, where what it said was erased


REFERS = ("entry", "corrects", "restores", "replaces")  # keys under which an entry names another one


class Forger:
    """A copy of a bundle's files, and the tools to make them fit each other again."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.files = dict(world.files)
        self.raw = world.bundle.read_bytes()

    @property
    def authority(self) -> Authority:
        """The authority of the tests."""
        assert self.world.authority is not None
        return self.world.authority

    def lines(self, name: str = J) -> list[bytes]:
        """The lines of a file."""
        return self.files[name].splitlines(keepends=True)

    def put_lines(self, lines: Iterable[bytes], name: str = J) -> None:
        """Replace the lines of a file."""
        self.files[name] = b"".join(lines)

    def items(self) -> list[Item]:
        """The journal as entries."""
        bodies = {seq: (salt, body) for seq, salt, body, _ in (read_body(x[:-1]) for x in self.lines(B))}
        found = []
        for raw in self.lines():
            line = read_line(raw[:-1])
            salt, body = bodies.get(line.seq, (bytes(32), None))
            clock = Clock(line.wall, line.mono, line.boot, line.sync)
            found.append(Item(line.kind, body, clock, salt, "" if line.seq in bodies else line.c))
        return found

    def rewrite(self, items: Iterable[Item]) -> None:
        """Number, chain and commit everything anew."""
        prev, lines, bodies = NO_PREVIOUS, [], []
        for seq, item in enumerate(items):
            line, said = seal(seq, prev, item.kind, item.body or {}, item.salt, item.clock)
            if item.c:
                line = re.sub(rb'"c":"\w+"', b'"c":"%s"' % item.c.encode(), line)
            lines.append(line + b"\n")
            if item.body is not None:
                bodies.append(said + b"\n")
            prev = line_hash(line)
        self.put_lines(lines)
        self.put_lines(bodies, B)

    def anchors(self) -> list[str]:
        """The names of the tree heads."""
        return sorted(n for n in self.files if n.startswith(A) and n.endswith(".txt"))

    def reanchor(self) -> None:
        """Make commitments, chain and tree heads fit what the lines say now, whatever they say."""
        bodies = {int(SEQ.search(line)[1]): line for line in self.lines(B)}  # type: ignore[index]
        prev, before, made = NO_PREVIOUS.encode(), "", list[bytes]()
        for seq, line in enumerate(self.lines()):
            if b'"kind":"anchor"' in line and seq in bodies:
                _, salt, body = read_parts(bodies[seq])
                name = f"{A}{body['number']:06}.txt"
                self.files[name] = anchor(self.origin, [one[:-1] for one in made], before)
                before = sha256(self.files[name]).hexdigest()
                body = {**body, "digest": before, "size": seq}
                bodies[seq] = plain({"body": body, "salt": salt.hex(), "seq": seq})
            if seq in bodies:
                said, salt_at = (
                    bodies[seq][8 : bodies[seq].rindex(b',"salt"')],
                    bodies[seq].rindex(b'"salt":"') + 8,
                )
                salt = bytes.fromhex(bodies[seq][salt_at : salt_at + 64].decode())
                line = re.sub(rb'"c":"\w+"', b'"c":"' + commitment(salt, said).encode() + b'"', line)
            made.append(re.sub(rb'"prev":"\w+"', b'"prev":"' + prev + b'"', line))
            prev = line_hash(made[-1][:-1]).encode()
        self.put_lines(made)
        self.put_lines(bodies.values(), B)

    @property
    def origin(self) -> str:
        """The number of the case, as the first tree head states it."""
        return self.world.kept.split(b"\norigin ")[1].split(b"\n")[0].decode()

    def reborn(self, *, cut: bool) -> bytes:
        """A bundle that Heller itself makes today, with honest stamps: of the case with its tail cut off, or
        of a case that was made up anew."""
        home = Path(mkdtemp())
        try:
            if not cut:
                return honest(home, self.authority).bundle.read_bytes()
            case = Path(shutil.copytree(self.world.folder, home / "case"))
            for name in ("journal.jsonl", "bodies.jsonl"):
                lines = (case / name).read_bytes().splitlines(keepends=True)
                (case / name).write_bytes(b"".join(lines[:-7]))
            for path in [*case.glob("anchors/000002*"), *case.glob("seals/*")]:
                path.unlink()
            return casefile.build(case, AS_OF, "de", scope=Scope.ALL).bundle.read_bytes()
        finally:
            shutil.rmtree(home)

    def drop(self, *endings: str) -> None:
        """Take files out by the ends of their names."""
        for name in [n for n in self.files if n.endswith(endings)]:
            del self.files[name]

    def unstamped(self) -> None:
        """Take out all stamps and the entries that tell of them; dossiers rest on as many entries fewer, and
        what names an entry by its number names it by its new one."""
        self.drop(".tsr", ".crl", ".ocsp", ".tst")
        items = self.items()
        number = [sum(item.kind != "stamp" for item in items[:n]) for n in range(len(items) + 1)]
        for told in (item.body for item in items if item.body):
            told.update({k: number[told[k]] for k in REFERS if type(told.get(k)) is int})
            if "files" in told:
                told["entries"] = number[told["entries"]]
        self.rewrite(item for item in items if item.kind != "stamp")

    def ask(self, data: bytes, name: str = "one") -> bytes:
        """An answer of the authority, as anybody can get one today."""
        query = token.request(sha256(data).digest(), "sha256", secrets.randbits(63))
        sent = urllib.request.Request(self.authority.tsa(name), query, {"Content-Type": QUERY})
        with urllib.request.urlopen(sent, timeout=10) as answer:
            return bytes(answer.read())

    def seal(self, stamp: str = "drop") -> bytes:
        """The bundle with every digest adjusted. Its own token is dropped, kept as it was, or asked anew."""
        old = Stamped(self.files.get(TOKEN, b""), self.files.get(REVOKED, b""))
        payload = {n.removeprefix("data/"): d for n, d in self.files.items() if n.startswith("data/")}

        def choose(data: bytes) -> Stamped:
            if stamp == "new":
                return Stamped(token.token_of(self.ask(data)), old.crl)
            return old if stamp == "keep" else Stamped()

        return make(payload, info_of(self.files), choose)

    def change(self, name: str, edit: Callable[[bytes], bytes]) -> None:
        """Edit one file; it must really change."""
        before = self.files[name]
        self.files[name] = edit(before)
        assert self.files[name] != before, name

    def object(self) -> str:
        """The name of one original."""
        return next(n for n in self.files if n.startswith("data/objects/"))

    def find(self, kind: str) -> int:
        """The number of the first entry of a kind."""
        return next(i for i, item in enumerate(self.items()) if item.kind == kind)


def read_parts(line: bytes) -> tuple[int, bytes, dict[str, Any]]:
    """Number, salt and body of a line of bodies."""
    seq, salt, body, _ = read_body(line[:-1])
    return seq, salt, body


def opened(data: bytes) -> dict[str, bytes]:
    """The files of a bundle."""
    return {name: bytes(view) for name, view in unpack(data).files.items()}


def info_of(files: dict[str, bytes]) -> dict[str, str]:
    """What bag-info.txt says, but for the size."""
    rows = (row.split(": ", 1) for row in files["bag-info.txt"].decode().splitlines())
    return {row[0]: row[1] for row in rows if row[0] != "Payload-Oxum"}


def plain(value: dict[str, Any]) -> bytes:
    """A line of a file."""
    return canonical(value) + b"\n"
