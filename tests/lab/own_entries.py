"""Attacks on the entries that Heller writes by itself, and that change nothing of the case: no figure follows from
them, so none contradicts what is put into them. Nobody had stamped the journal; all else is made to fit.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from tests.lab.attack import MISSED, attack
from tests.lab.entries import GROUP
from tests.lab.forger import Forger, Item
from tests.lab.heads import GROUP as STAMPS
from tests.lab.open_questions import SAID
from tests.lab.versions import CLAIM, NOT_TYPESET, OLD, PDF, named

Forge = Callable[[Forger], bytes]


def missed(group: str, name: str, *, says: str = "") -> Callable[[Forge], Forge]:
    """An attack that only `heller verify` finds, or says."""
    return attack(
        group, name, heller=MISSED if says else "found", script=MISSED, shell=MISSED, why=SAID if says else NOT_TYPESET,
        unchecked="" if says else "figures", plain=True, says=says,
    )  # fmt: skip


def behind(f: Forger, kind: str, body: dict[str, Any]) -> bytes:
    """An entry of Heller's own behind the dossier."""
    items = f.items()
    f.rewrite([*items, Item(kind, body, items[-1].clock)])
    f.reanchor()
    return f.seal()


def last(f: Forger, kind: str, **more: object) -> bytes:
    """Words in the last entry of a kind."""
    items = f.items()
    one = next(item for item in reversed(items) if item.kind == kind)
    one.body = {**(one.body or {}), **more}
    f.rewrite(items)
    f.reanchor()
    return f.seal()


@missed(GROUP, "words as what happened to a clock")
def clock_words(f: Forger) -> bytes:
    """Behind the dossier an entry of the kind `clock` says that a court approved."""
    return behind(f, "clock", {"said": "Das Landgericht hat alles bestätigt."})


@missed(GROUP, "words as the state of a clock")
def clock_state(f: Forger) -> bytes:
    """The same, in the field for whether the clock was in step."""
    return behind(f, "clock", {"sync": "none Das Landgericht hat alles bestätigt"})


@missed(GROUP, "words as what a crash left")
def recovered_words(f: Forger) -> bytes:
    """An entry `recovered` says in the place of a digest who saved what was lost."""
    return behind(f, "recovered", {"bytes": 1, "digest": "gerichtlich wiederhergestellt"})


@missed(GROUP, "words as a renewal")
def renewal_words(f: Forger) -> bytes:
    """An entry of a renewal names an office in the place of evidence records."""
    body = {"algorithm": "sha512", "records": ["amtlich geprüft"], "time": "2015-07-01T00:00:00Z"}
    return behind(f, "renewal", {**body, "token": "ab" * 32, "tsa": "bsi"})


@missed(GROUP, "words in the entry of a tree head")
def anchor_words(f: Forger) -> bytes:
    """The newest tree head's entry says that a notary received it."""
    return last(f, "anchor", received_by="Notar Beispiel")


@missed(GROUP, "words in the entry of the dossier")
def dossier_words(f: Forger) -> bytes:
    """The entry of the dossier says that a court checked it."""
    return last(f, "dossier", court="hat es geprüft")


@missed(GROUP, "form of the dossier before all forms")
def form_of_none(f: Forger) -> bytes:
    """The entry of the dossier states the form 0, which no Heller ever wrote."""
    return named(f, "", form=0)


@missed(GROUP, "second dossier beside the first")
def second_dossier(f: Forger) -> bytes:
    """A second PDF, in the other language, is named beside the first; nobody typeset it."""
    f.files["data/dossier-en.pdf"] = f.files[PDF]
    items = f.items()
    told = items[f.find("dossier")].body or {}
    told["files"]["dossier-en.pdf"] = sha256(f.files[PDF]).hexdigest()
    f.rewrite(items)
    return named(f, "")


@attack(
    GROUP, "list of closed fields behind the dossier", heller=MISSED, script=MISSED, shell=MISSED, why=SAID,
    says="entry was written after this dossier was made", plain=True,
)  # fmt: skip
def closed_behind(f: Forger) -> bytes:
    """An entry behind the dossier says that names were closed; the bundle has no such list."""
    return behind(f, "closed", {"close": ["names"], "digest": "ab" * 32, "entries": 3, "stated": []})


@missed(GROUP, "exhibit said to cost too much to draw", says="not shown on the dossier's pages")
def not_drawn(f: Forger) -> bytes:
    """The dossier says that an exhibit is not on its pages because drawing it costs too much."""
    return named(f, "", not_drawn=[(f.items()[3].body or {})["digest"]])


@attack(
    STAMPS, "words in the entry of a stamp", script=MISSED, shell=MISSED, why=NOT_TYPESET, unchecked="figures"
)
def stamp_words(f: Forger) -> bytes:
    """The last entry, which tells of a stamp, says in a field of its own who received it."""
    items = f.items()
    items[-1].body = {**(items[-1].body or {}), "received_by": "Notar Beispiel"}
    f.rewrite(items)
    return f.seal()


@attack(STAMPS, "key beside a certificate")
def key_beside(f: Forger) -> bytes:
    """A private key lies behind the certificate of the root; programs differ in whether they read on."""
    name = next(one for one in f.files if one.endswith(".pem"))
    key = b"-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA==\n-----END PRIVATE KEY-----\n"
    f.change(name, lambda data: data + key)
    return f.seal()


def claimed(name: str, sentence: str, edit: Callable[[Forger], None]) -> None:
    """The claim for programs is another one; an older Heller is named, and the pages are honest."""

    def forge(f: Forger) -> bytes:
        edit(f)
        return named(f, OLD)

    forge.__doc__ = sentence
    missed("another version named", f"older program named, {name}")(forge)


def _no_claim(f: Forger) -> None:
    f.files[CLAIM] = b"Die Forderung ist anerkannt.\n"


def _list(f: Forger) -> None:
    f.files[CLAIM] = b"[]\n"


def _nothing_due(f: Forger) -> None:
    told = json.loads(f.files[CLAIM])
    told["totals"]["due"]["likely"]["cents"] = 98_765_43
    f.files[CLAIM] = json.dumps(told).encode()


claimed(
    "claim in words", "The claim for programs is a sentence; the pages are those of this program.", _no_claim
)
claimed(
    "claim that is a list",
    "The claim for programs is an empty list; the pages are those of this program.",
    _list,
)
claimed("claim unlike its pages", "The claim for programs demands more than the pages do.", _nothing_due)
