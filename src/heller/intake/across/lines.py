"""Which line a log, a note or a test is of: as a person decided, else by names, addresses, ports and files.

Logs of two lines are never put together: where nothing tells, a log stands by itself and is asked for. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from heller.model.case import Case, Exhibit
from heller.model.finding import Finding
from heller.model.kinds.acceptance import Acceptance
from heller.model.kinds.access_line import ALL, AccessLine, LineRole
from heller.model.kinds.belonging import Belonging
from heller.model.kinds.contact import Contact
from heller.model.kinds.device_log import DeviceLog
from heller.model.kinds.hit_log import HitLog
from heller.model.kinds.probe_log import ProbeLog
from heller.model.kinds.queue_log import QueueLog
from heller.model.kinds.speed_test import SpeedTest
from heller.model.record import Record
from heller.model.text import text

# How files of a line beside the main one are called.
BACKUP = re.compile(
    r"backup|fail-?over|fall-?back|ersatz|notfall|notbetrieb|(?<![a-z])(lte|4g|5g|umts)(?![a-z])|mobil|"
    r"zweitleitung|zweitanschluss|secondary|(?<![a-z])wan-?2",
    re.IGNORECASE,
)
BRANCH = re.compile(r"filiale|zweigstelle|branch", re.IGNORECASE)
LOGS = (ProbeLog, DeviceLog, SpeedTest, Acceptance)
OF_A_LINE = (*LOGS, Contact)


class SortedLogs(Struct, frozen=True):
    """The case as each line shows it: its own logs, tests and contacts only. `unnamed` are lines that nobody has
    stated, by the file that tells of them."""

    lines: Mapping[str, Case]
    unnamed: frozenset[str] = frozenset()
    findings: tuple[Finding, ...] = ()


def belongings(case: Case) -> dict[str, Belonging]:
    """What was decided last of each thing: what was left open there is as it was decided before."""
    found: dict[str, Belonging] = {}
    for one in case.records(Belonging):
        before = found.get(one.thing)
        if before is not None:
            kept = not (one.event or one.every_event)
            one = replace(
                one,
                line=one.line or before.line,
                event=before.event if kept else one.event,
                every_event=before.every_event if kept else one.every_event,
            )
        found[one.thing] = one
    return found


def by_line(case: Case, apart: frozenset[str] = frozenset()) -> SortedLogs:
    """The case by its lines, the main one first; the files in `apart` are of another line than the rest."""
    sorter = _Sorter(case, apart)
    homes = {e.digest: sorter.of_exhibit(e) for e in case.exhibits}
    noted = [sorter.of_note(n, record) for n, record in enumerate(case.noted)]
    named = [line.name for line in case.lines] or [""]
    found = [home for many in homes.values() for home in many] + noted
    unnamed = [home for home in dict.fromkeys(found) if home not in (*named, ALL)]
    lines = {name: _slice(case, name, homes, noted) for name in (*named, *unnamed)}
    return SortedLogs(lines, frozenset(unnamed), tuple(sorter.findings(unnamed, case, homes)))


def _slice(case: Case, name: str, homes: Mapping[str, Sequence[str]], noted: Sequence[str]) -> Case:
    def kept(records: Sequence[Record], of: Sequence[str]) -> tuple[Record, ...]:
        return tuple(record for record, home in zip(records, of, strict=True) if home in (name, ALL))

    exhibits = tuple(
        replace(e, reading=replace(e.reading, records=kept(e.reading.records, homes[e.digest])))
        for e in case.exhibits
    )
    return replace(case, exhibits=exhibits, noted=kept(case.noted, noted), noted_in=(), line=name)


class _Sorter:
    """Says of each record which line it is of; what is of every line is of ALL."""

    def __init__(self, case: Case, apart: frozenset[str]) -> None:
        self.case, self.apart = case, apart
        self.decided = belongings(case)
        self.lines = case.lines
        self.main = self.lines[0].name if self.lines else ""
        logs = [e for e in case.exhibits if any(isinstance(r, LOGS) for r in e.reading.records)]
        beside = [e for e in logs if BACKUP.search(e.name) or BRANCH.search(e.name)]
        self.beside = {e.digest for e in beside} if len(beside) < len(logs) else set()

    def of_exhibit(self, exhibit: Exhibit) -> list[str]:
        """The line of each record of an exhibit."""
        records = exhibit.reading.records
        if exhibit.digest not in self.decided and not any(
            isinstance(record, OF_A_LINE) for record in records
        ):
            return [ALL] * len(records)
        return [self.of_log(exhibit, record) for record in records]

    def of_log(self, exhibit: Exhibit, record: Record) -> str:
        """The line of a record of an exhibit."""
        decided = self.decided.get(exhibit.digest)
        if decided is not None and decided.line:
            return decided.line
        if isinstance(record, HitLog | QueueLog) or not isinstance(record, OF_A_LINE):
            return ALL
        if isinstance(record, Contact):
            return self.main
        if not self.lines:
            aside = exhibit.digest in self.beside or exhibit.digest in self.apart
            return exhibit.name if aside else ""
        fits = [line.name for line in self.lines if _signed(line, exhibit, record)]
        fits = fits or [line.name for line in self.lines if _has_name_of(line, exhibit)]
        if len(fits) == 1:
            return fits[0]
        own = [line for line in self.lines if not line.stands_in]
        plain = not fits and len(own) == 1 and exhibit.digest not in self.apart
        return own[0].name if plain else exhibit.name

    def of_note(self, n: int, record: Record) -> str:
        """The line of a record that was written by hand."""
        seq = self.case.noted_in[n] if n < len(self.case.noted_in) else None
        decided = self.decided.get(f"#{seq}") if seq is not None else None
        if decided is not None and decided.line:
            return decided.line
        return self.main if isinstance(record, OF_A_LINE) else ALL

    def findings(
        self, unnamed: Sequence[str], case: Case, homes: Mapping[str, Sequence[str]]
    ) -> Iterator[Finding]:
        """A question for each log that nothing tells the line of."""
        for exhibit in case.exhibits:
            if any(home in unnamed for home in homes[exhibit.digest]):
                yield Finding(
                    "line.which",
                    text(
                        "The log {name} is not of the main line as far as its name or its answers tell; it is kept "
                        "apart, and nothing of it enters the claim.",
                        name=exhibit.name,
                    ),
                    text(
                        "Say which line it is of: heller line give CASE {name} LINE. If it is the main line's, its "
                        "answers speak against the outage.",
                        name=exhibit.name,
                    ),
                )


def _signed(line: AccessLine, exhibit: Exhibit, record: Record) -> bool:
    """Whether a log names a line: by one of its signs, its name or its site."""
    words = " ".join((exhibit.name, *_names(record))).casefold()
    return any(_stands_in(sign.casefold(), words) for sign in (*line.signs, line.name, line.site) if sign)


def _has_name_of(line: AccessLine, exhibit: Exhibit) -> bool:
    """Whether a file is called as those of such a line are."""
    named = BACKUP if line.stands_in else BRANCH if line.role is LineRole.BRANCH else None
    return named is not None and bool(named.search(exhibit.name))


def _stands_in(sign: str, words: str) -> bool:
    """Whether a sign stands in the words, not as a part of a longer word or number."""
    return re.search(rf"(?<![a-z0-9]){re.escape(sign)}(?![a-z0-9])", words) is not None


def _names(record: Record) -> tuple[str, ...]:
    if isinstance(record, ProbeLog):
        return (record.target,)
    if isinstance(record, DeviceLog):
        return (record.device, *dict.fromkeys(event.port for event in record.events))
    return ()
