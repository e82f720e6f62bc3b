"""heller stamp: have the case and its PDFs stamped, show where it stands, and go on without a line."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from getpass import getpass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from heller import casefile
from heller.casefile import stamping
from heller.casefile.stamping.states import NAMES
from heller.cli import screen
from heller.cli.options import AsJson, CaseFolder
from heller.cli.screen import tr
from heller.dossier.wording import Words
from heller.intake.written import numbers
from heller.model.errors import InputRefused
from heller.model.text import text

PLACE = 240
VERB = text("Have the case stamped by third parties; without a line, as a text and a QR code.")


@Parameter(name="*", show_default=False)
@dataclass(frozen=True, kw_only=True)
class Authorities:
    """Who stamps."""

    tsa: Annotated[
        list[str], Parameter(help=tr("Address of a time stamping authority (RFC 3161); may be repeated."))
    ] = field(default_factory=list)
    root: Annotated[
        list[Path], Parameter(help=tr("Certificate that its stamps lead to, PEM or DER; may be repeated."))
    ] = field(default_factory=list)
    qualified: Annotated[
        bool,
        Parameter(help=tr("The authorities named here are qualified (eIDAS); Heller cannot check that.")),
    ] = False
    via: Annotated[
        list[str], Parameter(help=tr("Address of this machine on another line to try; may be repeated."))
    ] = field(default_factory=list)
    again: Annotated[bool, Parameter(help=tr("Ask now, although the pause after a failure is not over."))] = (
        False
    )


@Parameter(name="*", show_default=False)
@dataclass(frozen=True, kw_only=True)
class PdfOptions:
    """A PDF."""

    pdf: Annotated[
        Path | None,
        Parameter(help=tr("Put a document time stamp on a copy of this PDF; with a key, a signature.")),
    ] = None
    p12: Annotated[Path | None, Parameter(help=tr("Signing key as PKCS#12 file."))] = None
    pkcs11: Annotated[Path | None, Parameter(help=tr("Library of a signing token (PKCS#11)."))] = None
    token: Annotated[str, Parameter(help=tr("Label of the token."))] = ""
    key: Annotated[str, Parameter(help=tr("Label of key and certificate on the token."))] = ""


@Parameter(name="*", show_default=False)
@dataclass(frozen=True, kw_only=True)
class OfflineOptions:
    """Without an authority."""

    offline: Annotated[
        bool, Parameter(help=tr("Ask nobody: print the anchor as a line of text and as a QR code."))
    ] = False
    given: Annotated[str, Parameter(help=tr("Who received the anchor's line."))] = ""
    at: Annotated[str | None, Parameter(help=tr("When; now if left out."))] = None
    channel: Annotated[str, Parameter(help=tr("Text message, phone, fax, on paper ..."))] = ""
    read_back: Annotated[str, Parameter(help=tr("The line as they repeated it."))] = ""
    beacon: Annotated[Path | None, Parameter(help=tr("File with a round of drand (JSON)."))] = None
    till_certificate: Annotated[
        Path | None, Parameter(help=tr("Certificate of the till's module (TSE), with those above it."))
    ] = None
    till: Annotated[
        str, Parameter(help=tr("Text of a till receipt's QR code (V0;...), or a file with it."))
    ] = ""


def run(
    case: CaseFolder,
    authorities: Authorities = Authorities(),
    outside: OfflineOptions = OfflineOptions(),
    paper: PdfOptions = PdfOptions(),
    *,
    json: AsJson = False,
) -> None:
    """Have the case stamped by third parties, and show where its stamps stand."""
    casefile.entries(case)
    told = _outside(case, outside)
    if authorities.tsa or authorities.root or authorities.via:
        stamping.add(
            case, authorities.tsa, authorities.root, qualified=authorities.qualified, sources=authorities.via
        )
    say = screen.words(casefile.zone(case))
    if outside.offline:
        places = stamping.where(case)
    else:
        with screen.progress("") as done:
            places = stamping.stamp(case, lambda said: done(say(said)), again=authorities.again)
    shown = stamping.show(case) if outside.offline else None
    made = _paper(case, paper, say)
    if json:
        screen.as_json({**as_json(places, shown, say), "pdf": str(made) if made else None})
        return
    for line in told:
        screen.out().print(line, soft_wrap=True)
    show(places, say)
    if made is not None:
        screen.out().print(say(text("Stamped: {path}", path=str(made))), soft_wrap=True)
    if shown is not None:
        _read_aloud(shown, say)


def _outside(case: Path, given: OfflineOptions) -> list[str]:
    """Write down what was handed in; returns what to say about it."""
    say, told = screen.words(casefile.zone(case)), []
    if given.given or given.read_back:
        entry = stamping.witness(case, given.given, _moment(case, given.at), given.channel, given.read_back)
        told.append(say(text("{who} is entry {n}: shown, not proven.", who=given.given, n=entry)))
    if given.beacon is not None:
        got = stamping.beacon(case, given.beacon)
        told.append(
            say(
                text(
                    "Round {n} of {network}, {at}: from here on the journal is younger.",
                    n=got.number,
                    network=got.network,
                    at=got.at,
                )
            )
        )
        if not got.proven:
            told.append(tr("Its signature was not checked: that takes the package drand-verify."))
    if given.till:
        got_till = stamping.till(case, given.till, given.till_certificate)
        receipt = got_till.receipt
        told.append(
            say(
                text(
                    "The receipt of {at} holds: signature {n} of this till's module.",
                    at=receipt.ended,
                    n=receipt.counter,
                )
            )
        )
        told.append(tr("Its clock is the till's; when the sale began lies under another signature."))
        told.append(_till_key(got_till, say))
        if got_till.anchor is not None:
            told.append(
                say(text("The module signed anchor {n}: it existed by then.", n=got_till.anchor.number))
            )
    return told


def _paper(case: Path, given: PdfOptions, say: Words) -> Path | None:
    """A stamped or signed copy of a PDF, where one is wanted."""
    if given.pdf is None:
        return None
    library = given.p12 or given.pkcs11
    key = stamping.Key(library, _secret(), given.token, given.key) if library else None
    with screen.progress("") as done:
        return stamping.stamp_pdf(case, given.pdf, key, lambda said: done(say(said)))


def _secret() -> str:
    """The passphrase or PIN: never on the command line, where others can read it."""
    return os.environ.get("HELLER_KEY_SECRET") or getpass(tr("Passphrase or PIN of the key: "))


def _till_key(got: stamping.Till, say: Words) -> str:
    if got.proven:
        return tr("The module's certificate leads to a root that this case trusts.")
    return say(
        text(
            "Whose key it is was not checked: match serial number {serial} with the certificate in the till's"
            " export (--till-certificate).",
            serial=got.receipt.serial,
        )
    )


def _moment(case: Path, raw: str | None) -> datetime:
    if raw is None:
        return datetime.now(UTC)
    found = numbers.moment(raw, "", casefile.zone(case))
    if found is None:
        raise InputRefused(
            what=text("{raw} cannot be read.", raw=raw),
            why=text("Nothing was written; the case is as it was."),
            do=text("Write it as 04.02.2015 08:35."),
        )
    return found


def show(places: tuple[stamping.StampState, ...], say: Words) -> None:
    """Where every anchor stands at every authority."""
    out = screen.out()
    if not any(place.authority for place in places):
        out.print(tr("No authority stamps this case yet."))
        out.print(tr("Name one with: heller stamp CASE --tsa URL --root CERTIFICATE"))
    table = screen.table(tr("Anchor"), tr("Lines"), tr("Authority"), tr("State"), tr("Time"), right=(0, 1))
    shown = [place for place in places if place.state is not stamping.State.COVERED]
    for place in shown:
        name = place.authority + (f" ({tr('qualified')})" if place.qualified else "")
        when = say.moment(datetime.fromisoformat(place.time), seconds=True) if place.time else ""
        table.add_row(str(place.number), say.number(place.size), name, _state(place, say), when)
    out.print(table)
    if len(shown) < len(places):
        out.print(tr("Older anchors that nobody stamped are covered by later ones."))


def _state(place: stamping.StampState, say: Words) -> str:
    said = say(NAMES[place.state])
    if place.fault is not None:
        said += f"\n{say(place.fault)}"
    if place.due is not None:
        due = say.moment(place.due, seconds=True)
        said += f"\n{say(text('Tries: {n}; the next one not before {due}.', n=place.tries, due=due))}"
    return said


def _read_aloud(shown: stamping.AnchorForPeople, say: Words) -> None:
    out = screen.out()
    out.print(say(text("Anchor {n}, to be read aloud, sent or written down:", n=shown.anchor.number)))
    out.print()
    groups = shown.line.split(" ")
    for start in range(0, len(groups), 7):
        out.print("    " + "  ".join(groups[start : start + 7]), style="bold")
    out.print()
    out.print(shown.terminal, highlight=False, soft_wrap=True)
    screen.labels(((tr("Text message"), shown.message), (tr("QR code"), f"{shown.png}  {shown.svg}")))
    out.print(
        tr("Whoever receives it: write it down with --given NAME --channel HOW, then it is in the journal.")
    )


def as_json(
    places: tuple[stamping.StampState, ...], shown: stamping.AnchorForPeople | None, say: Words
) -> dict[str, object]:
    """The same for machines."""
    made: dict[str, object] = {
        "anchors": [
            {
                "anchor": place.digest,
                "authority": place.authority,
                "due": place.due.isoformat() if place.due else None,
                "fault": say(place.fault) if place.fault else None,
                "number": place.number,
                "qualified": place.qualified,
                "size": place.size,
                "state": place.state.value,
                "time": place.time or None,
                "tries": place.tries,
            }
            for place in places
        ]
    }
    if shown is not None:
        made["offline"] = {
            "line": shown.line,
            "message": shown.message,
            "png": str(shown.png),
            "svg": str(shown.svg),
        }
    return made
