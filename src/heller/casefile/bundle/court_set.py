"""The set for a court: PDF/A-2b files, exhibits K 1 ... of their own, their list, and the XJustiz message beside them.

It is made from what a bundle would show: what is closed there is closed here. Nothing is written into the journal.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import pikepdf
from msgspec import Struct

from heller import law, pipeline
from heller.casefile import folder as casefolder
from heller.casefile.bundle import closed_case
from heller.casefile.bundle.build import DERIVED, originals_shown
from heller.casefile.bundle.drawn_pages import drawing
from heller.casefile.bundle.scope import professional, unread
from heller.casefile.bundle.shown_originals import ShownOriginals
from heller.casefile.bundle.xjustiz_schema import Schema
from heller.dossier import court, xjustiz
from heller.dossier.blocks import Dossier
from heller.dossier.court_names import file_name
from heller.dossier.explained import refuse_unexplained
from heller.dossier.letter_due import principal
from heller.dossier.letter_frame import Occasion
from heller.dossier.letters import letters
from heller.dossier.typesetting import Profile, letter_pdf, write
from heller.dossier.writer import Pen
from heller.journal import store
from heller.journal.draft import draft
from heller.model.claim import Claim
from heller.model.errors import InputRefused
from heller.model.filing import FiledDocument, FilingRules
from heller.model.finding import Finding, Weight
from heller.model.text import Text, text

PAGES = 2000  # of one exhibit: nothing is attached, so all of them are shown
PLEADING = "statement_of_claim"


class CourtSet(Struct, frozen=True):
    """What was made: the folder, the files in their order, the message, what about it a person must see to."""

    folder: Path
    files: tuple[FiledDocument, ...]
    message: Path
    findings: tuple[Finding, ...]


class _Made(Struct, frozen=True):
    """A file in memory, before it is written."""

    file: str
    title: str
    data: bytes
    exhibit: int = 0

    def filed(self) -> FiledDocument:
        with pikepdf.open(io.BytesIO(self.data)) as pdf:
            pages = len(pdf.pages)
        return FiledDocument(
            self.file, self.title, sha256(self.data).hexdigest(), len(self.data), self.exhibit, pages
        )


def court_set(
    folder: Path,
    as_of: date,
    lang: str,
    at: datetime,
    progress: Callable[[Text], None] = lambda said: None,
    close: Collection[str] | None = None,
    schema: Path | None = None,
) -> CourtSet:
    """Write the set into the case's `derived/court-DAY-LANG/`; `at` is when the message says that it was made, `schema`
    a folder with the XSD files of XJustiz, whose version the message then has.

    Raises InputRefused where nobody knows what a court of the country takes, where two statements contradict each
    other, and where the message does not fit the schema.
    """
    progress(text("Reading and working out the case"))
    claimed = casefolder.claim(folder, as_of)
    refuse_unexplained(claimed)
    rules = law.filing_rules(law.seat(claimed.case).code, at.date())
    if rules is None:
        raise _no_rules()
    left = unread(claimed)
    if left:
        claimed = casefolder.claim(folder, as_of, left=left)
    wanted = professional(claimed.case) if close is None else close
    closed = closed_case.close(folder, claimed, as_of, wanted, left)
    shown = closed.claim if closed else claimed
    outward = pipeline.objected(pipeline.outward(shown))
    progress(text("Typesetting the pages"))
    made = list(_files(outward, lang, rules, originals_shown(folder, shown, left, closed)))
    listed = [one.filed() for one in made]
    register = _typeset(court.register(outward, lang, listed))
    title = Pen(outward, lang)(text("List of exhibits"))
    made.insert(
        sum(not one.exhibit for one in made),
        _Made(file_name("003", title, rules.name), title, register),
    )
    files = tuple(one.filed() for one in made)
    known = Schema(schema) if schema else None
    message = xjustiz.message(_filing(outward, lang, rules, at, known), files)
    if known:
        known.check(message)
    out = folder / DERIVED / f"court-{as_of.isoformat()}-{lang}"
    _write(folder, out, [*((one.file, one.data) for one in made), (xjustiz.NAME, message)])
    return CourtSet(
        out, files, out / xjustiz.NAME, tuple(_findings(files, rules, outward, known is not None))
    )


def _files(shown: Claim, lang: str, rules: FilingRules, originals: ShownOriginals) -> Iterator[_Made]:
    """The pleading where one can be written, the dossier, each exhibit, in this order."""
    pen = Pen(shown, lang)
    try:
        draft_of_claim = letters()[PLEADING].write(pen, Occasion())
    except InputRefused:
        pass  # nothing is due yet, or no such letter is known
    else:
        title = pen(letters()[PLEADING].title)
        pdf = letter_pdf(draft_of_claim, lang, shown.waterfall.as_of, Profile.COURT)
        yield _Made(file_name("001", title, rules.name), title, pdf)
    title = pen(text("Dossier"))
    yield _Made(file_name("002", title, rules.name), title, _typeset(court.front(shown, lang)))
    for plate, pages in court.exhibits(shown, lang):
        out = io.BytesIO()
        draw = drawing(most=PAGES)
        held = {plate.digest: originals[plate.digest]} if plate.digest in originals else {}
        write(pages, held, out, draw=draw, profile=Profile.COURT)
        name = file_name(f"K{plate.number:03}", plate.name, rules.name)
        yield _Made(name, f"{plate.label}: {plate.what}", out.getvalue(), plate.number)


def _typeset(dossier: Dossier) -> bytes:
    out = io.BytesIO()
    write(dossier, {}, out, profile=Profile.COURT)
    return out.getvalue()


def _filing(
    shown: Claim, lang: str, rules: FilingRules, at: datetime, schema: Schema | None
) -> xjustiz.Filing:
    pen, costs = Pen(shown, lang), shown.waterfall.costs
    return xjustiz.Filing(
        version=schema.version if schema else rules.message,
        at=at,
        case=shown.case.id,
        court=pen(costs.court_name) if costs else pen(text("[court]")),
        claimant=pen.fact("firm.name", text("[your firm]")),
        defendant=pen.fact("provider.name", text("[provider]")),
        subject=pen(text("Damages for the outage of a line")),
        value=principal(pen) or None,
        product=("Heller", "Heller", version("heller")),
    )


def _findings(
    files: Sequence[FiledDocument], rules: FilingRules, shown: Claim, checked: bool
) -> Iterator[Finding]:
    """What a person sees to before filing."""
    if shown.waterfall.costs is None or not shown.case.fact("lawyer.name"):
        yield Finding(
            "court.names",
            text("The message names the court by its kind only, and no lawyer: who files it completes both."),
            weight=Weight.NOTE,
        )
    total = sum(one.size for one in files)
    if len(files) > rules.files or total > rules.size:
        yield Finding(
            "court.limits",
            text(
                "{n} files with {size} MB are more than one message may have ({most} files, {limit} MB).",
                n=len(files),
                size=total // 1_000_000 + 1,
                most=rules.files,
                limit=rules.size // 1_000_000,
            ),
            text("File the exhibits in several messages, or on a data carrier (§ 3 ERVV)."),
        )
    if not checked:
        yield Finding(
            "court.schema",
            text(
                "The message was not checked against the schema of XJustiz {version}.", version=rules.message
            ),
            text(
                "Point at the folder of its XSD files (xjustiz.de): heller dossier CASE --profile court --xsd FOLDER"
            ),
            Weight.NOTE,
        )


def _write(folder: Path, out: Path, files: Sequence[tuple[str, bytes]]) -> None:
    """All files or none of a name; what an earlier set had and this one has not goes."""
    with store.failing(folder), ExitStack() as drafts:
        out.mkdir(parents=True, exist_ok=True)
        made = [drafts.enter_context(draft(out / name)) for name, _ in files]
        for one, (_, data) in zip(made, files, strict=True):
            one.file.write(data)
        for one in made:
            one.keep()
        for old in out.glob("*.pdf"):
            if old.name not in {name for name, _ in files}:
                old.unlink()


def _no_rules() -> InputRefused:
    return InputRefused(
        what=text("What a court takes by electronic filing is not known here for this country."),
        why=text("Formats, names and sizes are rules of each country."),
        do=text("Make the dossier without --profile court."),
    )
