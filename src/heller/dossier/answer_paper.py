"""The answer of the other side as a paper: what is agreed of each item and why not more, and what that comes to.

It says what the answer file says and nothing beside it; whoever doubts it reads the file.
"""

from __future__ import annotations

from collections.abc import Iterator

from heller.dossier.blocks import (
    Block,
    Cell,
    Dossier,
    KeyFigure,
    Keys,
    Para,
    Part,
    Table,
    TableColumn,
    TableRow,
)
from heller.dossier.writer import Pen
from heller.model.answer_file import AnswerBody, AnswerFile, FileRuling
from heller.model.claim import Claim
from heller.model.kinds.item_ruling import REASONS, RULINGS, RulingKind
from heller.model.money import Money, total
from heller.model.text import text


def answer_paper(claim: Claim, file: AnswerFile, agreed: Money, lang: str) -> Dossier:
    """What is printed, in one language; `agreed` is what is due for what the answer agrees to."""
    pen, body = Pen(claim, lang), file.answer
    title = pen(text("Answer to the claim, round {n}", n=body.round))
    return Dossier(
        lang=lang,
        title=title,
        subtitle=pen(text("{by}, {day}", by=body.by, day=body.on)),
        author=body.by,
        reference=file.sha256[:16],
        as_of=body.on,
        parties=_parties(pen, body),
        labels={
            "page": pen(text("Page {page} of {pages}")),
            "contents": pen(text("Contents")),
            "figure": pen(text("Picture")),
        },
        parts=(
            Part("answer", pen(text("What is agreed")), tuple(_blocks(pen, file, agreed))),
            Part("bound", pen(text("What this answer is bound to")), tuple(_bound(pen, file))),
        ),
    )


def _parties(pen: Pen, body: AnswerBody) -> tuple[tuple[str, str], ...]:
    items = (
        (text("Claimant"), pen.fact("firm.name", text("(firm not stated)"))),
        (text("Respondent"), pen.fact("provider.name", text("(provider not stated)"))),
        (text("Answered by"), body.by),
        (text("Claim as of"), pen.words.day(body.bundle.as_of, "long")),
    )
    return tuple((pen(name), value) for name, value in items)


def _blocks(pen: Pen, file: AnswerFile, agreed: Money) -> Iterator[Block]:
    body = file.answer
    asked, of_items = total(r.asked for r in body.rulings), total(r.agreed for r in body.rulings)
    yield Keys(
        (
            KeyFigure(pen(text("Asked for")), pen.words.money(asked)),
            KeyFigure(pen(text("Agreed of the items")), pen.words.money(of_items)),
            KeyFigure(
                pen(text("Due for what is agreed")),
                pen.words.money(agreed),
                pen(text("with cap, interest and costs as the claim works them out")),
            ),
        )
    )
    if body.words:
        yield Para(body.words)
    if body.offer is not None:
        yield Para(pen(text("Offered for everything: {amount}.", amount=body.offer)))
    yield _table(pen, body.rulings)
    if body.tried:
        columns = (
            TableColumn(pen(text("Other reading that was tried")), "left", "1fr"),
            TableColumn(pen(text("due then")), "right", "28mm"),
        )
        rows = tuple(TableRow((Cell(one.what), Cell(pen.bare(one.due)))) for one in body.tried)
        yield Table(columns, rows, size="small")


def _table(pen: Pen, rulings: tuple[FileRuling, ...]) -> Table:
    columns = (
        TableColumn(pen(text("No.")), "right"),
        TableColumn(pen(text("Item")), "left", "1fr"),
        TableColumn(pen(text("Answer")), "left", "1fr"),
        TableColumn(pen(text("asked")), "right", "24mm"),
        TableColumn(pen(text("agreed")), "right", "24mm"),
        TableColumn(pen(text("disputed")), "right", "24mm"),
    )
    rows = [
        TableRow(
            (
                Cell(str(n)),
                Cell(one.title, one.item),
                Cell(pen(RULINGS[one.ruling]), why(pen, one)),
                Cell(pen.bare(one.asked)),
                Cell(pen.bare(one.agreed)),
                Cell(pen.bare(one.asked - one.agreed)),
            )
        )
        for n, one in enumerate(rulings, 1)
    ]
    asked, agreed = total(r.asked for r in rulings), total(r.agreed for r in rulings)
    rows.append(
        TableRow(
            (
                Cell(),
                Cell(pen(text("Sum"))),
                Cell(),
                Cell(pen.bare(asked)),
                Cell(pen.bare(agreed)),
                Cell(pen.bare(asked - agreed)),
            ),
            "total",
        )
    )
    return Table(columns, tuple(rows), pen(text("In euros.")), size="small")


def why(pen: Pen, one: FileRuling) -> str:
    """Reason, words, the paper that is asked for with its day, the ground."""
    said = [pen(REASONS[one.reason])] if one.reason is not None else []
    said += [one.words] if one.words else []
    if one.ruling is RulingKind.DOUBT:
        asked = text("asked for: {paper}", paper=one.paper)
        until = text("{what}, by {day}", what=asked, day=one.until) if one.until is not None else asked
        said.append(pen(until))
    return "; ".join([*said, *([one.ground] if one.ground else [])])


def _bound(pen: Pen, file: AnswerFile) -> Iterator[Block]:
    body = file.answer
    yield Para(
        pen(text("Whoever changes one byte of the bundle or of the answer is found out by these digests."))
    )
    yield pen.terms(
        [
            (text("SHA-256 of the bundle"), body.bundle.sha256),
            (text("Last line of its journal"), body.bundle.head),
            (text("Answer before this one"), body.before or pen(text("none: this is the first round"))),
            (text("SHA-256 of what is answered"), file.sha256),
            (text("Signed with the Ed25519 key"), file.key or pen(text("not signed"))),
            (text("Stamped by a third party"), pen(text("yes")) if file.stamp else pen(text("no"))),
        ]
    )
