"""The order of the dossier: for the other side, or for the firm and its lawyer."""

from __future__ import annotations

import json

from heller.dossier import machine
from heller.dossier.blocks import Dossier, Letter, Part
from heller.dossier.letter_stage import mandate
from heller.dossier.letters import claim as claim_letter
from heller.dossier.letters import lawyers_letter
from heller.dossier.outage_words import product
from heller.dossier.parts import (
    account,
    adjuster,
    advice,
    checking,
    chronology,
    corrections,
    dispute,
    elements,
    events,
    matter,
    net_and_gross,
    objections,
    outage,
    register,
    sales,
    schedule,
    since,
    waterfall,
    worlds,
)
from heller.dossier.writer import Pen
from heller.model.claim import Claim
from heller.model.text import text

LONGEST_HEAD = 110  # characters in the head of each page


def compose(claim: Claim, lang: str, *, inner: bool = False) -> Dossier:
    """What the dossier prints; `inner` leaves out letter and exhibits and adds the advice. Pure."""
    pen = Pen(claim, lang)
    parts = (
        (
            events.part(pen),
            matter.part(pen),
            waterfall.part(pen, inner=True),
            dispute.part(pen),
            objections.part(pen, inner=True),
            *advice.parts(pen),
        )
        if inner
        else (
            events.part(pen),
            matter.part(pen),
            chronology.part(pen),
            outage.part(pen),
            elements.part(pen),
            schedule.part(pen),
            net_and_gross.part(pen),
            worlds.part(pen),
            adjuster.part(pen),
            sales.part(pen),
            waterfall.part(pen),
            dispute.part(pen),
            objections.part(pen),
            account.part(pen),
            register.part(pen),
            corrections.part(pen),
            checking.part(pen),
            since.part(pen),
        )
    )
    return Dossier(
        lang=lang,
        title=pen(text("Advice for the firm and its lawyer") if inner else text("Dossier")),
        subtitle=_subtitle(pen),
        author=pen.case.fact("firm.name") or "",
        reference=_reference(pen),
        as_of=claim.waterfall.as_of,
        parties=_parties(pen),
        labels=_labels(pen, inner=inner),
        parts=tuple(part for part in parts if isinstance(part, Part)),
        letter=_letter(pen) if _demanded(claim) and not inner else None,
        plates=() if inner else register.plates(pen),
        data="" if inner else _data(claim),
    )


def _letter(pen: Pen) -> Letter:
    """The letter in front: the lawyer's where one is mandated and something is due, else the firm's."""
    by_lawyer = (
        mandate(pen) is not None and bool(pen.claim.waterfall.due.low) and not pen.claim.waterfall.over
    )
    kind = lawyers_letter.LETTER if by_lawyer else claim_letter.LETTER
    return kind.write(pen)


def _demanded(claim: Claim) -> bool:
    """Whether there is a letter of demand: a law that grants it, and something that is owed or may be."""
    return claim.waterfall.jurisdiction.known and not (claim.waterfall.over and not claim.waterfall.due.low)


def _data(claim: Claim) -> str:
    return json.dumps(machine.claim_json(claim), sort_keys=True, indent=1, ensure_ascii=False) + "\n"


def _subtitle(pen: Pen) -> str:
    if name := product(pen):
        return pen(text("Damages for the outage of {product}", product=name))
    return pen(text("Damages for the outage of a line"))


def _reference(pen: Pen) -> str:
    firm, provider = pen.case.fact("firm.name"), pen.case.fact("provider.name")
    parties = pen(text("{firm} v {provider}", firm=firm or "?", provider=provider or "?"))
    named = parties if firm or provider else pen.case.id
    return named if len(named) <= LONGEST_HEAD else named[: LONGEST_HEAD - 1] + "…"


def _parties(pen: Pen) -> tuple[tuple[str, str], ...]:
    items = (
        (text("Claimant"), pen.fact("firm.name", text("(firm not stated)"))),
        (text("Respondent"), pen.fact("provider.name", text("(provider not stated)"))),
        (text("Contract"), pen.case.fact("line.number") or ""),
        (text("As of"), pen.words.day(pen.claim.waterfall.as_of, "long")),
    )
    return tuple((pen(name), value) for name, value in items if value)


def _labels(pen: Pen, *, inner: bool) -> dict[str, str]:
    """The template's own words; `{names}` in braces are filled by the template."""
    said = {
        "page": text("Page {page} of {pages}"),
        "contents": text("Contents"),
        "exhibits": text("Exhibits"),
        "figure": text("Picture"),
        "taken_in": text("Taken in"),
        "file": text("File"),
        "part_of": text("Sheet {sheet} of {sheets}"),
        "stated": text("As the program reads it"),
        "more": text("{shown} of {pages} pages are shown; the original is attached."),
        "rows": text(
            "{shown} of {lines} lines are shown, those that the claim rests on among them; the original is attached."
        ),
        "whole": text("All {lines} lines are shown."),
        "binary": text("This format cannot be printed; the original is attached."),
        "whole_closed": text(
            "Redacted: the original stays with the claimant. What was read from it is stated."
        ),
        "fields_closed": text("Fields are redacted; the original stays with the claimant."),
        "absent": text(
            "Not attached: nothing in this dossier rests on it, or it was lost; 'How to check this dossier' says which."
            " What was kept can be inspected."
        ),
        "xml": text("Data without pages; the original is attached."),
        "claim": text("The claim in machine-readable form (heller-claim/1)"),
    }
    labels = {key: pen(what) for key, what in said.items()}
    if pen.case.closing is not None:
        labels["closed"] = pen(text("redacted"))
    if inner:
        labels["confidential"] = pen(text("Confidential: not for the other side"))
    return labels
