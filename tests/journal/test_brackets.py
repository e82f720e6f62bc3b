"""Brackets of time: what stamps and beacons prove of each entry, and what contradicts itself."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from heller.journal.brackets import NOTHING_PROVEN, SLACK, Proofs, brackets
from heller.journal.entry import Entry
from heller.model.bracket import Bracket, Edge, Stamp

T0 = datetime(2026, 3, 2, 9, tzinfo=UTC)
Event = tuple[str, dict[str, Any]]


def rfc3339(minutes: float) -> str:
    """So many minutes after nine."""
    return (T0 + timedelta(minutes=minutes)).isoformat().replace("+00:00", "Z")


def journal(*events: tuple[float, str, dict[str, Any]]) -> tuple[Entry, ...]:
    """Entries with minute, kind and body."""
    return tuple(Entry(n, kind, rfc3339(at), "ntp", "", body) for n, (at, kind, body) in enumerate(events))


def anchor(size: int) -> dict[str, Any]:
    """The body of an `anchor` entry."""
    return {"digest": f"{size:064x}", "number": 1, "size": size}


def stamp(size: int, at: float, **more: Any) -> dict[str, Any]:
    """The body of a `stamp` entry over that anchor."""
    body = {"anchor": f"{size:064x}", "number": 1, "size": size, "token": "ab", "time": rfc3339(at)}
    return {**body, "accuracy_us": 0, "tsa": "Testzeit", "certificate": "", **more}


def believed(entries: tuple[Entry, ...], beacons: bool = True) -> Proofs:
    """Proofs as if everything that the entries say had been borne out."""
    anchors = {(e.body["digest"], e.body["size"]) for e in entries if e.kind == "anchor" and e.body}
    stamps, edges, covers = [], {}, {}
    for entry in entries:
        body = entry.body or {}
        if entry.kind == "stamp" and (body.get("anchor"), body.get("size")) in anchors:
            at, off = datetime.fromisoformat(body["time"]), timedelta(microseconds=body["accuracy_us"])
            stamps.append(Stamp(body["anchor"], body["size"], body["token"], at, off, body["tsa"], entry.seq))
        if entry.kind == "beacon" and beacons:
            edges[entry.seq] = Edge(
                datetime.fromisoformat(body["time"]), body["source"], body["ref"], entry.seq
            )
            if "size" in body:
                covers[entry.seq] = body["size"]
    return Proofs(tuple(stamps), edges, covers)


OUTAGE = journal(
    (0, "opened", {}),
    (50, "anchor", anchor(1)),
    (51, "stamp", stamp(1, 51)),
    (77, "note", {}),  # the line is dead
    (300, "anchor", anchor(4)),
    (305, "stamp", stamp(4, 305)),
    (306, "note", {}),
)


def of(entries: tuple[Entry, ...], number: int) -> Bracket:
    """The bracket of one entry."""
    return brackets(entries, believed(entries)).brackets[number]


def test_an_entry_of_the_outage_lies_between_two_stamps() -> None:
    """Made at 10:17, the token of 9:51 is before it, the stamp of 14:05 after it: 254 minutes wide."""
    found = of(OUTAGE, 3)
    assert found.not_before is not None and found.not_after is not None
    assert (found.not_before.at, found.not_before.entry) == (T0 + timedelta(minutes=51), 2)
    assert (found.not_after.at, found.not_after.entry) == (T0 + timedelta(minutes=305), 5)
    assert found.width == timedelta(minutes=254)


def test_where_nothing_is_before_it_only_exists_since() -> None:
    """No lower end, no width; after the last stamp no upper end."""
    first, last = of(OUTAGE, 0), of(OUTAGE, 6)
    assert first.not_before is None and first.width is None and first.not_after is not None
    assert last.not_after is None and last.width is None and last.not_before is not None
    assert brackets(OUTAGE, NOTHING_PROVEN).brackets[3] == Bracket(3, T0 + timedelta(minutes=77))


def test_how_far_an_authority_may_be_off_widens_both_ends() -> None:
    """Accuracy is taken off below and added above."""
    rows = list(OUTAGE)
    rows[2] = Entry(2, "stamp", rfc3339(51), "ntp", "", stamp(1, 51, accuracy_us=60_000_000))
    rows[5] = Entry(5, "stamp", rfc3339(305), "ntp", "", stamp(4, 305, accuracy_us=60_000_000))
    assert of(tuple(rows), 3).width == timedelta(minutes=256)


def test_a_proven_beacon_bounds_what_follows_and_a_stated_one_does_not() -> None:
    """Nor does one bound itself; that its entry calls it proven changes nothing."""
    round_of = {"source": "drand", "time": rfc3339(70), "ref": "quicknet 7", "proven": True}
    entries = journal((71, "beacon", round_of), (77, "note", {}))
    for borne_out in (True, False):
        found = brackets(entries, believed(entries, borne_out))
        edge = found.brackets[1].not_before
        assert (edge is not None and edge.kind == "drand") == borne_out
        assert found.brackets[0].not_before is None
        assert [f.code for f in found.findings] == ([] if borne_out else ["beacon-stated"])


def test_a_till_that_signed_an_anchor_bounds_what_it_covers() -> None:
    """The receipt is younger than the anchor in it, and older than what follows the receipt."""
    till = {"source": "tse", "time": rfc3339(20), "ref": "7", "proven": True}
    told = {**till, **{k: stamp(1, 0)[k] for k in ("anchor", "number", "size")}}
    entries = journal((0, "opened", {}), (9, "anchor", anchor(1)), (21, "beacon", told), (22, "note", {}))
    above, below = of(entries, 0).not_after, of(entries, 3).not_before
    assert above is not None and below is not None and above.kind == below.kind == "tse"


def test_a_stamp_over_no_anchor_of_the_journal_counts_for_nothing() -> None:
    """It is a finding, and so is an entry that names nothing."""
    for body in (stamp(2, 51), {}):
        entries = journal((0, "opened", {}), (1, "anchor", anchor(1)), (51, "stamp", body), (52, "note", {}))
        found = brackets(entries, believed(entries))
        assert [f.code for f in found.findings] == ["stamp-astray"]
        assert all(b.not_before is b.not_after is None for b in found.brackets)


def test_a_journal_that_was_dated_back_is_found() -> None:
    """All lines say the second of March; the token before them is from the ninth."""
    week = 7 * 24 * 60
    entries = journal(
        (0, "opened", {}),
        (1, "anchor", anchor(1)),
        (2, "stamp", stamp(1, week)),
        (3, "note", {}),
        (4, "note", {}),
        (5, "anchor", anchor(5)),
        (6, "stamp", stamp(5, week + 9)),
    )
    found = brackets(entries, believed(entries))
    assert [(f.code, f.text.args["a"], f.text.args["b"]) for f in found.findings] == [("clock-behind", 3, 6)]


def test_a_clock_that_runs_ahead_is_found() -> None:
    """The note of ten o'clock was stamped at half past nine."""
    entries = journal(
        (0, "opened", {}), (60, "note", {}), (61, "anchor", anchor(2)), (62, "stamp", stamp(2, 30))
    )
    assert [f.code for f in brackets(entries, believed(entries)).findings] == ["clock-ahead"]


def test_proofs_that_contradict_each_other_are_found() -> None:
    """One of the two authorities has a wrong clock."""
    entries = journal(
        (0, "opened", {}),
        (1, "anchor", anchor(1)),
        (2, "stamp", stamp(1, 200)),
        (3, "note", {}),
        (4, "anchor", anchor(4)),
        (5, "stamp", stamp(4, 100)),
    )
    assert "bracket-crossed" in {f.code for f in brackets(entries, believed(entries)).findings}


kinds = st.lists(st.sampled_from(["note", "anchor", "stamp", "beacon", "wait"]), max_size=25)


@given(kinds, st.integers(0, 900_000))
def test_an_honest_journal_is_always_inside_its_brackets(events: list[str], accuracy: int) -> None:
    """Whatever happened in whatever order: true times lie inside, nothing is found, and no end is looser
    than another proof would make it."""
    rows: list[tuple[float, str, dict[str, Any]]] = [(0.0, "opened", {})]
    at, last = 0.0, 0
    for event in events:
        at += 7.5
        if event == "anchor":
            last = len(rows)
            rows.append((at, event, anchor(last)))
        elif event == "stamp" and last:
            rows.append((at, event, stamp(last, at, accuracy_us=accuracy)))
        elif event == "beacon":
            rows.append((at, event, {"source": "drand", "time": rfc3339(at), "ref": "1", "proven": True}))
        elif event == "note":
            rows.append((at, event, {}))
    entries = journal(*rows)
    proofs = believed(entries)
    held = proofs.stamps
    found = brackets(entries, proofs)
    assert found.findings == ()
    for bracket in found.brackets:
        low, high = bracket.not_before, bracket.not_after
        assert bracket.wall is not None
        assert low is None or low.at <= bracket.wall + SLACK
        assert high is None or bracket.wall <= high.at + SLACK
        assert (high is None) == (not any(s.size > bracket.entry for s in held))
        if high is not None:
            assert high.at == min(s.at + s.accuracy for s in held if s.size > bracket.entry)
        below = [s.at - s.accuracy for s in held if s.entry is not None and s.entry < bracket.entry]
        below += [T0 + timedelta(minutes=a) for a, k, _ in rows[: bracket.entry] if k == "beacon"]
        assert (low.at if low else None) == (max(below) if below else None)


def test_a_stamp_from_outside_bounds_from_above_only() -> None:
    """A token over the bundle's last anchor stands in no entry."""
    outside = Stamp("", 7, "", T0 + timedelta(minutes=400), timedelta(), "Testzeit")
    found = brackets(OUTAGE, replace(believed(OUTAGE), stamps=(*believed(OUTAGE).stamps, outside))).brackets
    assert found[6].not_after is not None and found[6].not_after.entry is None
    assert found[3].width == timedelta(minutes=254)
