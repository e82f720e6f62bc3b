"""Attacks on what the bundle holds: originals, figures, pages, sheets, lists."""

from __future__ import annotations

from hashlib import sha256

from tests.lab.attack import MISSED, attack
from tests.lab.forger import B, Forger, Item

GROUP = "contents"
NOT_TYPESET = "only a program that typesets and works out again can tell"


@attack(GROUP, "original altered, lists left")
def original_altered(f: Forger) -> bytes:
    """One character of a receipt is changed, nothing else."""
    raw, name = bytearray(f.raw), f.object()
    at = raw.index(f.files[name])
    raw[at + 3] ^= 1
    return bytes(raw)


@attack(GROUP, "original altered")
def original_altered_and_listed(f: Forger) -> bytes:
    """A receipt is changed and all lists of digests are adjusted."""
    f.change(f.object(), lambda data: data + b" ")
    return f.seal()


@attack(GROUP, "original altered and renamed")
def original_renamed(f: Forger) -> bytes:
    """A changed receipt takes the name that fits its new digest."""
    data = f.files.pop(f.object()) + b" "
    digest = sha256(data).hexdigest()
    f.files[f"data/objects/{digest[:2]}/{digest}"] = data
    return f.seal()


@attack(GROUP, "original taken out")
def original_out(f: Forger) -> bytes:
    """A receipt that speaks against the claim is missing."""
    del f.files[f.object()]
    return f.seal()


@attack(GROUP, "original slipped in")
def original_in(f: Forger) -> bytes:
    """A receipt that no entry names lies among the others."""
    digest = sha256(b"neu").hexdigest()
    f.files[f"data/objects/{digest[:2]}/{digest}"] = b"neu"
    return f.seal()


@attack(GROUP, "two originals swapped")
def originals_swapped(f: Forger) -> bytes:
    """Each of two receipts lies under the other's name."""
    one, two = [n for n in f.files if n.startswith("data/objects/")][:2]
    f.files[one], f.files[two] = f.files[two], f.files[one]
    return f.seal()


@attack(GROUP, "original in another folder")
def original_moved(f: Forger) -> bytes:
    """A receipt lies in a folder that does not fit its digest."""
    name = f.object()
    f.files["data/objects/zz/" + name[-64:]] = f.files.pop(name)
    return f.seal()


def name_file(entry: Item, name: str, data: bytes) -> None:
    """Let the entry of a dossier name another file."""
    body = entry.body or {}
    entry.body = {**body, "files": {**body["files"], name: sha256(data).hexdigest()}}


@attack(GROUP, "figure of the claim altered")
def figure_altered(f: Forger) -> bytes:
    """A sum in the claim for programs is raised, all lists adjusted."""
    f.change("data/claim.json", lambda data: data.replace(b'"cents": 86000', b'"cents": 96000'))
    return f.seal()


@attack(
    GROUP,
    "figure altered, journal adjusted too",
    script=MISSED,
    shell=MISSED,
    why=NOT_TYPESET,
    unchecked="figures",
    plain=True,
)
def figure_altered_everywhere(f: Forger) -> bytes:
    """As before, and the entry of the dossier, the chain and the tree heads are made anew; nobody had stamped them."""
    f.change("data/claim.json", lambda data: data.replace(b'"cents": 86000', b'"cents": 96000'))
    items = f.items()
    told = items[f.find("dossier")]
    name_file(told, "claim.json", f.files["data/claim.json"])
    f.rewrite(items)
    f.reanchor()
    return f.seal()


@attack(GROUP, "page of the dossier altered")
def page_altered(f: Forger) -> bytes:
    """A byte of the PDF is changed, all lists adjusted."""
    f.change("data/dossier-de.pdf", lambda data: data[:-200] + b"%" + data[-199:])
    return f.seal()


@attack(
    GROUP,
    "page altered, journal adjusted too",
    script=MISSED,
    shell=MISSED,
    why=NOT_TYPESET,
    unchecked="figures",
    plain=True,
)
def page_altered_everywhere(f: Forger) -> bytes:
    """As before, and the entry of the dossier, the chain and the tree heads are made anew; nobody had stamped them."""
    f.change("data/dossier-de.pdf", lambda data: data[:-200] + b"%" + data[-199:])
    items = f.items()
    told = items[f.find("dossier")]
    name_file(told, "dossier-de.pdf", f.files["data/dossier-de.pdf"])
    f.rewrite(items)
    f.reanchor()
    return f.seal()


@attack(GROUP, "dossier taken out")
def dossier_out(f: Forger) -> bytes:
    """The PDF is missing."""
    f.drop("dossier-de.pdf")
    return f.seal()


@attack(GROUP, "verify.py altered")
def script_altered(f: Forger) -> bytes:
    """The script in the bundle says that every bundle holds."""
    f.files["data/verify.py"] = b'print("The bundle holds.")\n'
    return f.seal()


@attack(GROUP, "sheet altered")
def sheet_altered(f: Forger) -> bytes:
    """The sheet leaves out a line of what to check."""
    f.change("data/PRUEFEN.txt", lambda data: data.replace(b"sha256sum", b"true", 1))
    return f.seal()


@attack(GROUP, "stamped manifest kept, file added")
def file_added(f: Forger) -> bytes:
    """A file that nothing names is added, all lists adjusted, the old stamp over them kept."""
    f.files["data/gutachten.txt"] = b"Alles richtig."
    return f.seal("keep")


@attack(GROUP, "file added, stamp taken out")
def file_added_unstamped(f: Forger) -> bytes:
    """As before, and the stamp over the manifest is taken out."""
    f.files["data/gutachten.txt"] = b"Alles richtig."
    return f.seal()


@attack(GROUP, "left out on paper only")
def left_out_but_there(f: Forger) -> bytes:
    """A receipt is said to be left out and lies there all the same."""
    digest = f.object()[-64:]
    f.files["data/left-out.txt"] = f"{digest}  not-cited\n".encode()
    return f.seal()


@attack(GROUP, "left out what is cited")
def left_out_cited(f: Forger) -> bytes:
    """A receipt that the claim rests on is taken out and said to be left out as not cited."""
    name = next(n for n, data in f.files.items() if n.startswith("data/objects/") and b"FB-1042" in data)
    del f.files[name]
    f.files["data/left-out.txt"] = f"{name[-64:]}  not-cited\n".encode()
    return f.seal()


@attack(GROUP, "list of what was left out names nothing")
def left_out_unknown(f: Forger) -> bytes:
    """It names a receipt that never was."""
    f.files["data/left-out.txt"] = b"ab" * 32 + b"  not-cited\n"
    return f.seal()


@attack(GROUP, "digest of the manifest for another file")
def manifest_swapped(f: Forger) -> bytes:
    """Two lines of the manifest have each other's digest."""
    import io

    from heller.journal.archive import facts, pack

    files = dict(f.files)
    lines = files["manifest-sha256.txt"].splitlines(keepends=True)
    lines[0], lines[1] = lines[1][:64] + lines[0][64:], lines[0][:64] + lines[1][64:]
    files["manifest-sha256.txt"] = b"".join(lines)
    out = io.BytesIO()
    pack(files, {n: facts(d) for n, d in files.items()}, out)
    return out.getvalue()


@attack(GROUP, "bodies of two entries swapped")
def bodies_swapped(f: Forger) -> bytes:
    """What two entries say, and its salt, change places."""
    lines = f.lines(B)
    seqs = [line[line.rindex(b',"seq"') :] for line in lines]
    lines[1], lines[2] = (
        lines[2][: lines[2].rindex(b',"seq"')] + seqs[1],
        lines[1][: lines[1].rindex(b',"seq"')] + seqs[2],
    )
    f.put_lines(lines, B)
    return f.seal()
