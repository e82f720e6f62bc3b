"""heller letter: the letters of the case, as text, for the mail program or as PDF, and written down once sent."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from heller.cli import screen
from heller.cli.options import AsJson, AsOf, CaseFolder
from heller.cli.screen import tr
from heller.cli.written_file import writing
from heller.model.errors import InputRefused
from heller.model.text import Text, text

if TYPE_CHECKING:
    from heller.dossier.letter_frame import LetterKind, Occasion
    from heller.dossier.writer import Pen
    from heller.model.claim import Claim
    from heller.model.finding import Finding

PLACE = 215
VERB = text("Write a letter of the case: fault report, notice, demand, answers, court ...")
UNWRITTEN = text("Nothing was written; the case is as it was.")


def run(
    case: CaseFolder,
    kind: Annotated[str, Parameter(help=tr("Which letter; without it, all that there are."))] = "",
    *,
    as_of: AsOf = None,
    debtor: Annotated[str | None, Parameter(help=tr("To whom, where several owe something."))] = None,
    about: Annotated[
        str, Parameter(help=tr("The day of the contact that it confirms or answers; the latest if left out."))
    ] = "",
    by: Annotated[str, Parameter(help=tr("The day that it sets; counted by the rules if left out."))] = "",
    addressee: Annotated[
        str, Parameter(name="--for", help=tr("Whom it goes to: an insurer, a lawyer ..."))
    ] = "",
    amount: Annotated[str, Parameter(help=tr("A sum that it names: the counter-offer."))] = "",
    to: Annotated[Path | None, Parameter(help=tr("Write it to this file."))] = None,
    pdf: Annotated[Path | None, Parameter(help=tr("Typeset it into this PDF."))] = None,
    mail: Annotated[bool, Parameter(help=tr("The address that opens it in a mail program."))] = False,
    sent: Annotated[
        str,
        Parameter(
            help=tr("It has gone out by this channel (e-mail, letter ...): write it down in the case.")
        ),
    ] = "",
    proof: Annotated[
        str, Parameter(help=tr("What proves that it was sent: the number of the registered letter."))
    ] = "",
    json: AsJson = False,
) -> None:
    """One letter as text. Nothing is sent; with --sent it is written down as a contact of the case."""
    from heller import casefile, pipeline
    from heller.dossier.letter_frame import plain, sent_letter
    from heller.dossier.letters import letters
    from heller.dossier.names import stale
    from heller.dossier.writer import Pen

    claimed = pipeline.outward(casefile.claim(case, screen.as_day(as_of, case)))
    if debtor is not None:
        claimed = _against(claimed, debtor)
    if not kind:
        _list_letters(claimed)
        return
    wanted = _kind(kind, letters())
    pen = Pen(claimed, screen.language())
    occasion = _occasion(pen, wanted, (about, by, addressee, amount))
    letter = wanted.write(pen, occasion)
    ready = plain(letter)
    if to is not None:
        write(to, ready.body.encode())
    if pdf is not None:
        from heller.dossier.typesetting import letter_pdf

        write(pdf, letter_pdf(letter, pen.words.lang, claimed.waterfall.as_of))
    if sent:
        made = sent_letter(wanted, pen, occasion, datetime.now(UTC), sent, proof)
        casefile.note(case, made)
    if json:
        screen.as_json({"subject": ready.subject, "body": ready.body, "mail": ready.mail})
    elif mail or (to is None and pdf is None and not sent):
        screen.out().print(ready.mail if mail else ready.body, soft_wrap=True)
    if not json and (old := stale(claimed.waterfall)) is not None:
        _say_stale(old)
    if sent and not json:
        screen.point(screen.words()(_note_line(made.who, made.until)))


def _note_line(who: str, until: object) -> Text:
    from datetime import date

    if isinstance(until, date):
        return text("Written down as sent to {who}; an answer is due by {until:day}.", who=who, until=until)
    return text("Written down as sent to {who}.", who=who)


def _say_stale(old: Finding) -> None:
    """Beside the letter, not in it: nobody outside need read it."""
    for said in filter(None, (old.text, old.do)):
        screen.err().print(screen.words()(said), style="yellow")


def _list_letters(claimed: Claim) -> None:
    """All letters, and who owes an answer."""
    from heller.dossier.letters import letters
    from heller.dossier.names import owed_words

    say = screen.words()
    screen.labels([(one.name, say(one.title)) for one in letters().values()])
    for owed in claimed.owed:
        screen.point(say(owed_words(owed)))


def _against(claimed: Claim, debtor: str) -> Claim:
    """What one debtor owes; InputRefused where nobody is called so."""
    try:
        return claimed.against(debtor)
    except LookupError:
        names = ", ".join(one.debtor for one in claimed.debts if one.debtor)
        raise InputRefused(
            text("There is no debtor called {name}.", name=debtor),
            UNWRITTEN,
            text("Debtors are: {names}.", names=names or "–"),
        ) from None


def _kind(name: str, known: dict[str, LetterKind]) -> LetterKind:
    if name in known:
        return known[name]
    raise InputRefused(
        text("There is no letter called {kind}.", kind=name),
        UNWRITTEN,
        text("Letters are: {kinds}.", kinds=", ".join(known)),
    )


def _occasion(pen: Pen, kind: LetterKind, typed: tuple[str, str, str, str]) -> Occasion:
    from heller.dossier.letter_frame import Occasion, contacts
    from heller.intake.written import numbers

    about, by, addressee, amount = typed
    day = numbers.day(by) if by else None
    sum_ = numbers.amount(amount) if amount else None
    on = numbers.day(about) if about else None
    for raw, value in ((by, day), (amount, sum_), (about, on)):
        if raw and value is None:
            raise InputRefused(
                text("{raw} cannot be read.", raw=raw),
                UNWRITTEN,
                text("Write days as 04.02.2015, times as 04.02.2015 08:35, amounts as 3.000,00."),
            )
    if on is None:
        return Occasion(None, day, addressee, sum_)
    fitting = [
        one for one in contacts(pen, *kind.about, incoming=True) if pen.words.local(one.at).date() == on
    ]
    if not fitting:
        raise InputRefused(
            text("On {day:full} nothing is written down that this letter could be about.", day=on),
            UNWRITTEN,
            text("See the contacts: heller show CASE"),
        )
    return Occasion(fitting[-1], day, addressee, sum_)


def write(path: Path, body: bytes) -> None:
    """Write a letter; another file is never overwritten."""
    why = text("The letter was not written to a file.")
    do = text("Choose a name that is not there yet, in a folder that may be written to.")
    with writing(path, why, do), path.open("xb") as file:
        file.write(body)
