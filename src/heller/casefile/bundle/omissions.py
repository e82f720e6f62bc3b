"""Says what a bundle leaves out or leaves open: nothing of it is a breach, all of it is worth a question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from heller.casefile.bundle.made_again import WRITTEN_ALONG, proofs_of
from heller.casefile.counting import WITHDRAWN, counting
from heller.casefile.fold import exhibit_numbers
from heller.casefile.folder import SEALING
from heller.journal.brackets import brackets
from heller.journal.bundle import TOKEN
from heller.journal.checking.verify import Verified
from heller.journal.entry import Entry
from heller.journal.stamps.chain import certificates, self_issued
from heller.journal.stamps.token import unsigned_words
from heller.model.text import Text, text

AGENT = re.compile(r"Bag-Software-Agent: (?!heller \d[\d.a-z+]{0,20}$)")  # and more words
PEM = re.compile(rb"-----BEGIN CERTIFICATE-----[^-]{1,20000}-----END CERTIFICATE-----")
INFO = ("Bag-Software-Agent", "External-Identifier", "Payload-Oxum")
TRUST = "data/anchors/trust/"
LISTS = (".crl", ".ocsp")
DAY = timedelta(days=1)
SHORT = 120  # letters of free text that are quoted


def omissions(found: Verified) -> tuple[Text, ...]:
    """One line for each kind of thing that is not there or that nobody checked, in the order of its weight."""
    entries = found.journal.entries if found.journal else ()
    return (
        *_stamps(found, entries),
        *_left_out(found),
        *_unread(entries),
        *_erased(entries),
        *_withdrawn(entries),
        *_since(entries),
        *(clock.text for clock in brackets(entries, proofs_of(found)).findings),
        *_beside(found),
    )


def _stamps(found: Verified, entries: tuple[Entry, ...]) -> Iterator[Text]:
    if not found.stamps:
        yield text("No third party stamped the time: when the journal was written is not proven.")
        return
    if TOKEN not in found.files:
        yield text(
            "The bundle as a whole carries no time stamp, although its case knows authorities: its newest files "
            "are as old as its newest stamped tree head, or younger."
        )
    keys = {stamp.token.certificate for stamp in found.stamps}
    if len(keys) == 1:
        yield text("All time stamps are by one key: a second authority would not lie the same way.")
    if any(not stamp.unrevoked for stamp in found.stamps):
        yield text("For some time stamps nothing was kept that says whether they were revoked.")
    late = [stamp.name for stamp in found.stamps if stamp.token.time > datetime.now(UTC) + DAY]
    if late:
        yield text(
            "By the clock of this computer these time stamps are of the future: {which}. One of the two is wrong.",
            which=", ".join(late),
        )
    yield from _status(found)


def _status(found: Verified) -> Iterator[Text]:
    """Words around a token, which no authority signed."""
    for stamp in found.stamps:
        said = unsigned_words(found.get(stamp.name)) if stamp.name != TOKEN else ""
        if said:
            yield text(
                "Around the time stamp {name} stands what nobody signed: {said}",
                name=stamp.name,
                said=_quotation(said),
            )


def _left_out(found: Verified) -> Iterator[Text]:
    if found.left_out:
        yield text(
            "{n} originals are not in the bundle; their lines are.",
            "One original is not in the bundle; its line is.",
            n=len(found.left_out),
        )


def _unread(entries: tuple[Entry, ...]) -> Iterator[Text]:
    """What nobody read and what no page shows, because it costs more than a file may."""
    unread = [e.seq for e in entries if e.kind == "exhibit" and "unread" in (e.body or {})]
    if unread:
        yield text(
            "{n} originals were taken in and not read, because they cost more than a file may: entries {which}.",
            "One original was taken in and not read, because it costs more than a file may: entry {which}.",
            n=len(unread),
            which=", ".join(map(str, unread)),
        )
    made = next((e.body for e in reversed(entries) if e.kind == "dossier" and e.body is not None), {})
    hidden = set(made.get("not_drawn", ()))
    numbers = exhibit_numbers(entries)
    shown = [numbers[e.seq] for e in entries if e.seq in numbers and (e.body or {}).get("digest") in hidden]
    if shown:
        yield text(
            "{n} exhibits are not shown on the dossier's pages, because drawing them costs more than a file may: "
            "{which}.",
            "One exhibit is not shown on the dossier's pages, because drawing it costs more than a file may: "
            "{which}.",
            n=len(shown),
            which=", ".join(f"K {n}" for n in shown),
        )


def _erased(entries: tuple[Entry, ...]) -> Iterator[Text]:
    for entry in entries:
        if entry.kind == "erased" and entry.body is not None:
            yield text(
                "What entry {gone} said was erased on {at}. The reason that entry {seq} states: {why}",
                gone=str(entry.body.get("entry")),
                at=entry.wall[:10],
                seq=entry.seq,
                why=_quotation(str(entry.body.get("why", ""))),
            )


def _withdrawn(entries: tuple[Entry, ...]) -> Iterator[Text]:
    kinds = {entry.seq: entry.kind for entry in entries}
    by = {seq: kinds.get(one) for seq, one in counting(entries).withdrawn.items()}
    exhibits = sorted(seq for seq, how in by.items() if how == WITHDRAWN and kinds.get(seq) == "exhibit")
    if exhibits:
        yield text(
            "{n} exhibits were withdrawn after they had been taken in: entries {which}.",
            "One exhibit was withdrawn after it had been taken in: entry {which}.",
            n=len(exhibits),
            which=", ".join(map(str, exhibits)),
        )


def _since(entries: tuple[Entry, ...]) -> Iterator[Text]:
    """What was written after the dossier that lies in the bundle."""
    made = max((e.seq for e in entries if e.kind == "dossier"), default=-1)
    quiet = {*SEALING, *WRITTEN_ALONG} - {"closed"}  # a list of closed fields comes before its dossier
    later = [e for e in entries[made + 1 :] if e.kind not in quiet]
    if later:
        yield text(
            "{n} entries were written after this dossier was made; it does not know them.",
            "One entry was written after this dossier was made; it does not know it.",
            n=len(later),
        )


def _beside(found: Verified) -> Iterator[Text]:
    """What lies in the bundle and proves nothing: free words, certificates and lists that no stamp needs."""
    rows = found.get("bag-info.txt").decode("utf-8", "replace").splitlines()
    free = [row for row in rows if row.partition(": ")[0] not in INFO or AGENT.match(row)]
    if free:
        yield text("bag-info.txt says what nobody checks: {said}", said=_quotation(" / ".join(free)))
    stamped = {name.rpartition(".")[0] for name in found.files if name.endswith((".tsr", ".tst"))}
    lists = [n for n in found.files if n.endswith(LISTS) and not any(n.startswith(s + ".") for s in stamped)]
    if lists:
        yield text(
            "{n} lists of revoked certificates belong to no time stamp: {which}",
            "One list of revoked certificates belongs to no time stamp: {which}",
            n=len(lists),
            which=", ".join(sorted(name.rpartition("/")[2] for name in lists)),
        )
    yield from _trusted(found)


def _trusted(found: Verified) -> Iterator[Text]:
    """Root certificates of the bundle to which no time stamp leads, and words that stand beside certificates."""
    used = {stamp.root for stamp in found.stamps}
    names = [name for name in found.files if name.startswith(TRUST)]
    idle = [
        name.rpartition("/")[2]
        for name in names
        if any(
            self_issued(der) and sha256(der).hexdigest() not in used for der in certificates(found.get(name))
        )
    ]
    if idle:
        yield text(
            "{n} certificates lie in the bundle and no time stamp leads to them: {which}.",
            "One certificate lies in the bundle and no time stamp leads to it: {which}.",
            n=len(idle),
            which=", ".join(idle),
        )
    for name in names:
        data = found.get(name)
        if PEM.search(data) and (said := PEM.sub(b"", data).decode("utf-8", "replace").strip()):
            yield text(
                "Beside the certificate {name} stands what nobody checks: {said}",
                name=name,
                said=_quotation(said),
            )


def _quotation(said: str) -> str:
    """Foreign words, cut where they are long and without signs that move the cursor."""
    plain = "".join(sign if sign.isprintable() else " " for sign in said)
    return plain if len(plain) <= SHORT else plain[:SHORT] + " …"
