"""Attacks on what people decided, withdrew, erased and handed out, and on what entries say of dossiers.

Most of them are tried on a journal that nobody stamped, and everything is made anew: chain, commitments, tree heads.
What is left that contradicts the forger are the figures and pages, which follow from the entries.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from tests.lab.attack import MISSED, attack
from tests.lab.forger import B, Forger, Item
from tests.lab.lines import rechained

GROUP = "what people wrote down"
FOLLOWS = "only a program that typesets and works out again can tell"
UNREAD = "nothing follows from these words, and no third party stamped them: whoever made the journal could write so"
Body = dict[str, Any]


def last(items: list[Item], kind: str) -> Item:
    """The last entry of a kind that says something."""
    return [item for item in items if item.kind == kind and item.body is not None][-1]


def noted(items: list[Item], kind: str) -> Item:
    """The last note that holds a record of a kind."""
    return [i for i in items if i.body and (i.body.get("record") or {}).get("type") == kind][-1]


def anew(f: Forger, edit: Callable[[list[Item]], object]) -> bytes:
    """Edit the entries of a journal that nobody stamped, then make everything anew."""
    items = f.items()
    edit(items)
    f.rewrite(items)
    f.reanchor()
    return f.seal()


def say(item: Item, **said: Any) -> None:
    """Let an entry say something else."""
    item.body = {**(item.body or {}), **said}


def record(item: Item, **said: Any) -> None:
    """Let the record of a note say something else."""
    say(item, record={**(item.body or {})["record"], **said})


def before_dossier(f: Forger, *more: Item) -> bytes:
    """Put entries before the dossier, which then rests on as many more."""

    def edit(items: list[Item]) -> None:
        at = items.index(last(items, "dossier"))
        say(items[at], entries=(items[at].body or {})["entries"] + len(more))
        items[at:at] = more

    return anew(f, edit)


def behind(f: Forger, kind: str, body: Body) -> bytes:
    """Add an entry behind all others, where no stamp and no tree head covers it."""
    items = f.items()
    f.rewrite([*items, Item(kind, body, items[-1].clock)])
    return f.seal()


def _missed_by_small(name: str) -> Callable[..., Any]:
    return attack(GROUP, name, script=MISSED, shell=MISSED, why=FOLLOWS, unchecked="figures", plain=True)


@_missed_by_small("decision: sum raised")
def decision_raised(f: Forger) -> bytes:
    """A person's decision what a receipt costs is raised tenfold."""

    def edit(items: list[Item]) -> None:
        item = noted(items, "decided")
        values = (item.body or {})["record"]["values"]
        record(item, values={**values, "net": "200.00", "vat": "38.00", "gross": "238.00"})

    return anew(f, edit)


@_missed_by_small("decision: by somebody else")
def decision_by_other(f: Forger) -> bytes:
    """Another person is said to have decided."""
    return anew(f, lambda items: record(noted(items, "decided"), who="Prof. Dr. Sachverständig"))


@_missed_by_small("decision: about another receipt")
def decision_about_other(f: Forger) -> bytes:
    """The decision is said to be about the bill for the emergency line."""

    def edit(items: list[Item]) -> None:
        other = next(
            i for i in items if i.kind == "exhibit" and "notanschluss" in str((i.body or {})["name"])
        )
        record(noted(items, "decided"), object=(other.body or {})["digest"])

    return anew(f, edit)


@_missed_by_small("purpose: another head of loss")
def purpose_moved(f: Forger) -> bytes:
    """A receipt is said to have been for an expert."""
    return anew(f, lambda items: record(noted(items, "purpose"), head="expert"))


@_missed_by_small("purpose: share lowered to nothing")
def purpose_share(f: Forger) -> bytes:
    """A tenth of a receipt is said to be due to the outage."""
    return anew(f, lambda items: record(noted(items, "purpose"), share="0.1"))


@_missed_by_small("correction of another entry")
def correction_moved(f: Forger) -> bytes:
    """What was withdrawn counts again; what counted is withdrawn."""

    def edit(items: list[Item]) -> None:
        notes = [n for n, i in enumerate(items) if i.kind == "note" and i.body and "said" in i.body["record"]]
        say(last(items, "correction"), corrects=notes[-1])

    return anew(f, edit)


@_missed_by_small("reason of a correction altered")
def correction_reason(f: Forger) -> bytes:
    """Another reason is given why a contact was withdrawn."""
    return anew(f, lambda items: say(last(items, "correction"), why="Der Anbieter hat es zugegeben."))


@_missed_by_small("correction becomes its opposite")
def correction_restored(f: Forger) -> bytes:
    """The entry that withdraws a contact is said to restore it."""

    def edit(items: list[Item]) -> None:
        item = last(items, "correction")
        item.kind, item.body = "restored", {"restores": (item.body or {})["corrects"], "why": "doch"}

    return anew(f, edit)


@attack(GROUP, "correction taken out of the stamped journal")
def correction_out(f: Forger) -> bytes:
    """The entry that withdraws a contact becomes a note, everything made anew, the old stamps kept."""

    def edit(items: list[Item]) -> list[Item]:
        item = next(i for i in items if i.kind == "correction")
        item.kind, item.body = "note", items[-8].body or {"record": {}}
        return items

    return rechained(f, edit)


@_missed_by_small("contact dated back")
def contact_earlier(f: Forger) -> bytes:
    """A report of the outage is said to have been made two weeks earlier."""
    return anew(f, lambda items: record(noted(items, "contact"), at="2015-02-02T09:00:00Z"))


@_missed_by_small("contact: other words")
def contact_said(f: Forger) -> bytes:
    """The provider is said to have admitted everything."""
    return anew(f, lambda items: record(noted(items, "contact"), said="Wir haften."))


@_missed_by_small("contact that takes the place of another")
def contact_replaces(f: Forger) -> bytes:
    """A note is said to replace an earlier one, which counts no more."""

    def edit(items: list[Item]) -> None:
        notes = [n for n, i in enumerate(items) if i.kind == "note" and i.body and "said" in i.body["record"]]
        say(items[notes[-1]], replaces=notes[-2])

    return anew(f, edit)


@attack(GROUP, "layout of tables altered in the stamped journal")
def layout_altered(f: Forger) -> bytes:
    """How a bank's table is read is changed: sums become days. The old stamps are kept."""

    def edit(items: list[Item]) -> list[Item]:
        item = last(items, "layout")
        profile = (item.body or {})["profile"]
        say(
            item,
            profile={**profile, "columns": {"amount": ["Tag"], "booked": ["Euro"], "purpose": ["Zweck"]}},
        )
        return items

    return rechained(f, edit)


@_missed_by_small("recipient of a hand-out altered")
def handed_to_other(f: Forger) -> bytes:
    """The dossier is said to have been handed to the provider itself."""
    return anew(f, lambda items: say(last(items, "handed"), to="Netzbetreiber"))


@_missed_by_small("hand-out invented")
def handed_invented(f: Forger) -> bytes:
    """An entry says that an earlier dossier was handed out."""
    body = {
        "as_of": "2015-03-01",
        "bundle": "cd" * 32,
        "dossier": "ef" * 32,
        "number": 2,
        "to": "Netzbetreiber",
    }
    return before_dossier(f, Item("handed", body, f.items()[0].clock))


@_missed_by_small("erasure: another reason")
def erased_reason(f: Forger) -> bytes:
    """What was erased is said to have gone on the order of a court."""
    return anew(f, lambda items: say(last(items, "erased"), why="Anordnung des Gerichts"))


@attack(GROUP, "erasure: another entry named", plain=True)
def erased_other(f: Forger) -> bytes:
    """Another entry is said to be erased; what it says is still there, and what is gone was erased by nobody."""
    return anew(f, lambda items: say(last(items, "erased"), entry=1))


@attack(
    GROUP, "what speaks against the claim honestly erased", heller=MISSED, script=MISSED, shell=MISSED,
    why="an erasure is a right; that there was one, when and why, is said first by all of them", says="was erased on",
    unchecked="erased",
)  # fmt: skip
def erased_honestly(f: Forger) -> bytes:
    """The claimant erases a contact by Heller's own means, with a reason; all that follows is honestly made."""
    return f.reborn(cut=False)


@_missed_by_small("zone of the site altered")
def zone_altered(f: Forger) -> bytes:
    """The site is said to lie in another time zone, which moves the working hours."""
    return anew(f, lambda items: say(items[0], zone="Asia/Tokyo"))


@_missed_by_small("file renamed")
def file_renamed(f: Forger) -> bytes:
    """A receipt is said to have been handed in under another name."""
    return anew(f, lambda items: say(last(items, "exhibit"), name="gutachten.xml"))


@_missed_by_small("file of another kind")
def media_altered(f: Forger) -> bytes:
    """A bill is said to be a text of no kind, under a name that says so."""
    return anew(f, lambda items: say(last(items, "exhibit"), media="application/octet-stream", name="x.bin"))


@_missed_by_small("receipt said to cost too much to read")
def said_unread(f: Forger) -> bytes:
    """A receipt is said to have taken more time than a file may, so that nobody reads what it says."""
    return anew(f, lambda items: say(last(items, "exhibit"), unread="time"))


@_missed_by_small("day of the dossier altered")
def day_altered(f: Forger) -> bytes:
    """The dossier is said to speak of another day, with other interest."""
    return anew(f, lambda items: say(last(items, "dossier"), as_of="2016-06-30"))


@attack(
    GROUP,
    "language of the dossier altered",
    script=MISSED,
    shell=MISSED,
    why=FOLLOWS,
    unchecked="pages",
    plain=True,
)
def language_altered(f: Forger) -> bytes:
    """The dossier is said to be the English one."""
    return anew(f, lambda items: say(last(items, "dossier"), lang="en"))


@attack(GROUP, "dossier that rests on entries after it", plain=True)
def basis_beyond(f: Forger) -> bytes:
    """The entry of the dossier says that it rests on more entries than stood before it."""
    return anew(f, lambda items: say(last(items, "dossier"), entries=len(items)))


@attack(GROUP, "second entry of a dossier, for other files")
def second_dossier(f: Forger) -> bytes:
    """A later entry says that other files were made."""
    items = f.items()
    body = dict(last(items, "dossier").body or {})
    body["files"] = {**body["files"], "claim.json": secrets.token_hex(32)}
    return behind(f, "dossier", {**body, "entries": len(items)})


@attack(
    GROUP, "newer form claimed", heller=MISSED, script=MISSED, shell=MISSED, unchecked="figures",
    why="nobody can know what a later form means: that nothing was worked out again has its own exit code",
    says="A newer Heller made this bundle", plain=True,
)  # fmt: skip
def newer_form(f: Forger) -> bytes:
    """The entry of the dossier states a form of the future, so that no figure is worked out again."""
    return anew(f, lambda items: say(last(items, "dossier"), form=99))


@_missed_by_small("entry of a kind that does not exist")
def kind_invented(f: Forger) -> bytes:
    """An entry of the kind `approved` says that an expert looked at everything."""
    return before_dossier(f, Item("approved", {"by": "Sachverständige"}, f.items()[0].clock))


@_missed_by_small("record of a kind that does not exist")
def record_invented(f: Forger) -> bytes:
    """A note holds a record that no Heller knows."""
    return before_dossier(
        f, Item("note", {"record": {"type": "verdict", "due": 100_000}}, f.items()[0].clock)
    )


@_missed_by_small("record with a field more")
def record_with_more(f: Forger) -> bytes:
    """A contact carries a field of which no Heller knows."""
    return anew(f, lambda items: record(noted(items, "contact"), admitted=True))


@_missed_by_small("witness of a tree head invented")
def witness_invented(f: Forger) -> bytes:
    """Somebody is said to have received a tree head in 2015."""
    head = f.anchors()[0]
    body = {"anchor": secrets.token_hex(32), "channel": "Brief", "grade": "proven", "number": 1, "read_back": True,
            "size": 5, "time": "2015-02-05T08:00:00.000000Z", "who": f"Notar {head}"}  # fmt: skip
    return before_dossier(f, Item("witness", body, f.items()[0].clock))


@attack(
    GROUP, "witness invented behind the dossier", heller=MISSED, script=MISSED, shell=MISSED, unchecked="newer",
    why="a journal goes on after a dossier: all of them say that there are entries that the dossier does not know",
    says="written after this dossier",
)  # fmt: skip
def witness_behind(f: Forger) -> bytes:
    """The last entry says that somebody received a tree head in 2015; no dossier rests on it."""
    body = {"anchor": secrets.token_hex(32), "channel": "Brief", "grade": "stated", "number": 1, "read_back": True,
            "size": 5, "time": "2015-02-05T08:00:00.000000Z", "who": "Notar"}  # fmt: skip
    return behind(f, "note", {"record": {"type": "fact", "key": "firm.name", "value": "x"}, "w": body})


@attack(GROUP, "segment of samples that is not there", plain=True)
def segment_invented(f: Forger) -> bytes:
    """An entry names a segment of measured samples; the bundle holds none."""
    body = {"digest": "ab" * 32, "end": "2015-02-05T00:00:00Z", "name": "20150204T000000Z.parquet"}
    return before_dossier(f, Item("segment", body, f.items()[0].clock))


@attack(GROUP, "samples that no entry names")
def samples_slipped_in(f: Forger) -> bytes:
    """A segment of samples lies there, of which no entry tells."""
    f.files["data/samples/20150204T000000Z.parquet"] = b"PAR1"
    return f.seal()


@attack(GROUP, "body that is a list", plain=True)
def body_list(f: Forger) -> bytes:
    """What an entry says is a list and no object; everything else fits."""
    lines = f.lines(B)
    at = next(n for n, line in enumerate(lines) if b'"corrects"' in line)
    lines[at] = b'{"body":["corrects"],"salt":' + lines[at].split(b'"salt":')[1]
    f.put_lines(lines, B)
    f.reanchor()
    return f.seal()


@_missed_by_small("second opening of the case")
def opened_twice(f: Forger) -> bytes:
    """An entry in the middle opens the case again, under another number."""
    body = {"case": secrets.token_hex(16), "program": "heller 0.1.0", "zone": "Europe/Berlin"}
    return before_dossier(f, Item("opened", body, f.items()[0].clock))
