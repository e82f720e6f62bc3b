"""Taking files in: the original is kept by digest, an entry names it, nothing is read twice."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from msgspec import Struct

from heller.casefile.answers import require_fitting
from heller.casefile.apart import process
from heller.casefile.derived.originals import originals
from heller.casefile.derived.premises import Premises, layout_entries, premises_of
from heller.casefile.derived.reading_anew import anew, excess_of, with_layouts
from heller.casefile.derived.readings import Readings
from heller.casefile.fold import digests, exhibit_numbers, unread
from heller.casefile.writing.folders import walk
from heller.casefile.writing.own_files import heads_of, require_foreign
from heller.intake import from_disk
from heller.intake.bank import profile
from heller.intake.bank.profile import Profile
from heller.journal import store
from heller.journal.arriving import arriving, give_up
from heller.journal.clock import read_clock
from heller.journal.entry import Entry
from heller.model.errors import InputRefused
from heller.model.record import Blob, Reading
from heller.model.text import text
from heller.model.visible import readable, visible

LONGEST = 255  # characters of a name
NO_YEAR = frozenset(("log.no_year", "log.no_such_day"))  # findings about lines whose year is not known
SAFE = " !\"#$&'()*+,/:;<=>?@[]^`{|}~"  # stand for themselves in a name as it was given; % and other bytes do not


class Added(Struct, frozen=True):
    """A file that was handed in: its exhibit number, what it says, whether it was there already, and whether it was
    read again for its name or its year."""

    name: str
    number: int
    reading: Reading
    known: bool
    again: bool = False


def add(
    folder: Path,
    paths: Sequence[Path],
    now: datetime | None = None,
    progress: Callable[[str], None] = lambda name: None,
    until: date | None = None,
) -> tuple[Added, ...]:
    """Take files in, all or none; `until` is the last day of logs that write no year. Raises InputRefused, NotACase,
    StoreFailed; then the case is as it was."""
    why = text("Nothing was added; the case is as it was.")
    found = (from_disk.blob(path, why) for path in from_disk.with_logs(walk(paths).files))
    return take_in(folder, ((file.name, file.data) for file in found), now, progress, until)


def take_in(
    folder: Path,
    named: Iterable[tuple[str, bytes]],
    now: datetime | None = None,
    progress: Callable[[str], None] = lambda name: None,
    until: date | None = None,
) -> tuple[Added, ...]:
    """Take in files that are given as name and bytes (an upload).

    They are fetched, kept and read first, however long that takes, and only then nobody else may write: an entry
    is a matter of a moment. What was kept and is not named in the end goes again. One that costs more than a file
    may is an exhibit like the others, and its entry says that it was not read. The same bytes once more are no second
    exhibit; under a name that says more, or with a day until which a log goes, they are read again.
    """
    process.start()
    with store.open_journal(folder) as (_, checked):  # nothing is kept for a journal that nothing can follow
        before = checked.entries
    premises = premises_of(before)
    fresh: list[str] = []
    with arriving(folder) as coming, _dropping(folder, fresh):
        files = _some([_keep(folder, name, data, fresh, coming) for name, data in named])
        layouts, excess = _layouts(folder, files, premises.zone, unread(before))
        known_by = Premises(premises.zone, {**premises.layouts, **layouts})
        so_far = digests(before)
        files = [_as_read(file, so_far) for file in files]
        readings = _readings_of(folder, so_far, files, excess, known_by, progress)

        def again(digest: str, name: str) -> Reading:
            blob = Blob(name, store.get_object(folder, digest), digest)
            return anew(blob, known_by.zone, known_by.layouts)

        files = list(_that_say_more(files, so_far, readings, again, until))
        with store.open_journal(folder) as (writer, checked):
            for file in files:
                _require(folder, file)
            known, taken = _numbers(checked.entries)
            twins = []
            for file in files:
                twins.append(file["digest"] in known)
                taken += not twins[-1]
                known.setdefault(file["digest"], taken)
            kinds = ("double" if twin else "exhibit" for twin in twins)
            said = (_with_excess(file, readings[file["digest"]]) for file in files)
            own = layout_entries(layouts, premises_of(checked.entries))
            writer.append_held([*own, *zip(kinds, said, strict=True)], read_clock(now))
    return tuple(
        Added(file["name"], known[file["digest"]], readings[file["digest"]], twin, twin and "read_as" in file)
        for file, twin in zip(files, twins, strict=True)
    )


def _as_read(file: dict[str, Any], named: Mapping[str, str]) -> dict[str, Any]:
    """A file whose bytes are known under another name: its own may say more."""
    known = named.get(file["digest"], file["name"])
    return file if known == file["name"] else file | {"read_as": file["name"]}


def _that_say_more(
    files: Sequence[dict[str, Any]],
    named: Mapping[str, str],
    readings: dict[str, Reading],
    read: Callable[[str, str], Reading],
    until: date | None,
) -> Iterator[dict[str, Any]]:
    """The files, with a name to be read by only where more is read so than before: their own, or where lines have no
    year the one with the day `until` which they go. `read` reads a digest by a name."""
    for file in files:
        digest, name = file["digest"], str(file["name"])
        known = named.get(digest, name)
        if "read_as" in file and _much(readings[digest]) <= _much(before := read(digest, known)):
            readings[digest] = before
            file = {key: value for key, value in file.items() if key != "read_as"}
        if until and (known != name or any(one.code in NO_YEAR for one in readings[digest].findings)):
            dated = _dated(name, until)
            readings[digest] = read(digest, dated)
            file = file | {"read_as": dated}
        yield file


def _dated(name: str, until: date) -> str:
    """A name with the day until which a log goes, as logrotate writes it.

    >>> _dated("router.log", date(2015, 12, 31)), _dated("messages", date(2015, 12, 31))
    ('router-20151231.log', 'messages-20151231')
    """
    stem, ending = Path(name).stem, Path(name).suffix
    return f"{stem}-{until:%Y%m%d}{ending}"


def _much(reading: Reading) -> tuple[int, int]:
    """How much a reading says: its records, then as few doubts as may be."""
    return len(reading.records), -len(reading.findings)


def _readings_of(
    folder: Path,
    named: dict[str, str],
    files: Sequence[dict[str, Any]],
    excess: Mapping[str, str],
    premises: Premises,
    progress: Callable[[str], None],
) -> dict[str, Reading]:
    """What the files say that are being taken in, by digest: read before an entry says so, for that stays."""
    named = dict(named)
    for file in files:
        named[file["digest"]] = file.get("read_as", named.get(file["digest"], file["name"]))
    handed = {file["digest"]: file for file in files}

    def get(digest: str) -> bytes:
        if digest in handed:
            _require(folder, handed[digest])
        return store.get_object(folder, digest)

    read = Readings(folder, premises, get, progress)
    wanted = handed.keys()
    return read(one for one in originals(named, excess) if one.digest in wanted)


def _with_excess(file: dict[str, Any], reading: Reading) -> dict[str, Any]:
    """What an entry says of a file; of one that was not read, what it took too much of."""
    excess = excess_of(reading)
    return file if excess is None else file | {"unread": excess.value}


def _keep(
    folder: Path, name: str, data: bytes, fresh: list[str], coming: Callable[[str], None]
) -> dict[str, Any]:
    """Keep an original; returns what its entry says. One that was not there before is added to `fresh`."""
    require_foreign(name, data, lambda: heads_of(folder))
    require_fitting(folder, name, data)
    digest, new = store.put_object(folder, data, coming)
    if new:
        fresh.append(digest)
    plain = visible(readable(name))[:LONGEST]
    body: dict[str, Any] = {"digest": digest, "name": plain, "media": media_type(plain), "size": len(data)}
    return body if plain == name else body | {"name_given": quote(name, errors="surrogateescape", safe=SAFE)}


def _layouts(
    folder: Path, files: Sequence[dict[str, Any]], zone: ZoneInfo, excess: Mapping[str, str]
) -> tuple[dict[str, Profile], dict[str, str]]:
    """The layouts that this user confirmed and that these files need: they go into the journal, so that every other
    machine reads the same. And what of the files took too much of something (`excess` is what is known of that)."""
    mine, needed, much = profile.of_user(), {}, dict(excess)
    for file in files if mine else ():
        if (digest := file["digest"]) in much:
            continue
        blob = Blob(file["name"], store.get_object(folder, digest), digest)
        reading, used = with_layouts(blob, zone, mine)
        needed.update({key: mine[key] for key in used})
        if found := excess_of(reading):
            much[digest] = found.value
    return needed, much


def keep_layout(folder: Path, headings: str, layout: Profile, now: datetime | None = None) -> None:
    """Write into the journal how tables with these headings are read; nothing where it says so already."""
    known = premises_of(store.load(folder).entries)
    if entries := layout_entries({headings: layout}, known):
        store.append(folder, entries, read_clock(now))


def _require(folder: Path, file: dict[str, Any]) -> None:
    """Raises InputRefused where somebody erased an original after it was found there, and before it was named again."""
    if not store.object_path(folder, file["digest"]).exists():
        raise InputRefused(
            what=text("{name} was erased from the case while it was being taken in.", name=file["name"]),
            why=text("Nothing was added; the case is as the erasure left it."),
            do=text("Add the files again if they may be kept."),
        )
    store.require_object(folder, file["digest"], file["size"])


@contextmanager
def _dropping(folder: Path, fresh: Sequence[str]) -> Iterator[None]:
    """Where it fails, originals that no entry names are taken away; another writer may have named them meanwhile."""
    try:
        yield
    except BaseException:
        if fresh:
            _drop(folder, fresh)
        raise


def _drop(folder: Path, fresh: Sequence[str]) -> None:
    with store.open_journal(folder) as (_, checked):
        named = {(e.body or {}).get("digest") for e in checked.entries}
        give_up(folder, set(fresh) - named)


def _some(files: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The files; raises InputRefused where there are none."""
    if not files:
        raise InputRefused(
            what=text("There is no file to take in."),
            why=text("An empty folder holds no receipt and no record."),
            do=text("Name the files, or a folder that holds them."),
        )
    return files


def _numbers(entries: Sequence[Entry]) -> tuple[dict[str, int], int]:
    """The number of each exhibit by its digest, and how many numbers are given: an erased one keeps its."""
    numbers = exhibit_numbers(entries)
    held = {e.body["digest"]: numbers[e.seq] for e in entries if e.seq in numbers and e.body is not None}
    return held, len(numbers)


def media_type(name: str) -> str:
    """The media type that a name suggests."""
    own = {".eml": "message/rfc822", ".log": "text/plain", ".sta": "text/plain", ".csv": "text/csv"}
    suffix = Path(name).suffix.lower()
    return own.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
