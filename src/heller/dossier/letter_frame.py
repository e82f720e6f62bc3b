"""The frame of every letter: who writes to whom, reference, contract and day, the end; and a letter as plain text.

It knows no kind of letter: what is said in between stands in the files under `letters/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from textwrap import wrap
from typing import NamedTuple
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from heller.dossier.blocks import Block, Definitions, Heading, Letter, Para, Table
from heller.dossier.wording import Words
from heller.dossier.writer import Pen
from heller.model.case import Case
from heller.model.errors import InputRefused
from heller.model.facts import FACTS, Side
from heller.model.kinds.contact import Contact, ContactKind, SentLetter
from heller.model.kinds.succession import WhoseName
from heller.model.money import Money
from heller.model.party_name import SIDES, party_name
from heller.model.text import Text, text

SMALL = frozenset(
    {"Als", "Am", "Bis", "Das", "Mit", "Nach", "Unser", "Unsere", "Wir"}
)  # no nouns, no polite address
FORMER = "provider.former"  # beside the facts: what the provider was called before
WIDTH = 76  # characters of a line: mail programs break longer ones themselves


class Occasion(NamedTuple):
    """What a letter is about beside the case: the contact that it confirms or answers, the day that it sets, whom it
    goes to, an amount that it names. What is left out, the letter takes from the case."""

    about: Contact | None = None
    by: date | None = None
    to: str = ""
    amount: Money | None = None


NOTHING_SPECIAL = Occasion()
NOTHING_TO_DO = text("Nothing has to be done.")
UNWRITTEN = text("Nothing was written; the case is as it was.")


def contacts(pen: Pen, *kinds: ContactKind, incoming: bool) -> list[Contact]:
    """Contacts of some kinds up to the day asked for, in order of time."""
    on = pen.claim.waterfall.as_of
    found = [
        one
        for one in pen.case.records(Contact)
        if one.kind in kinds and one.incoming is incoming and pen.words.local(one.at).date() <= on
    ]
    return sorted(found, key=lambda one: one.at)


class LetterKind(NamedTuple):
    """A letter: its name at the command line, its place in lists, its title, and who writes it. `compose` raises
    InputRefused where the case lacks what the letter is about. `about` are the contacts of the other side that it may
    confirm or answer, `otherwise` what to do where there is none; `sent_as` is what it is in the case once it has gone
    out, `day` the day that it sets, None where it expects nothing."""

    name: str
    place: int
    title: Text
    compose: Callable[[Pen, Occasion], Letter]
    about: tuple[ContactKind, ...] = ()
    sent_as: ContactKind = ContactKind.CONTACT
    day: Callable[[Pen, Occasion], date] | None = None
    otherwise: Text = NOTHING_TO_DO
    only: Callable[[Contact], bool] = lambda contact: True

    def write(self, pen: Pen, occasion: Occasion = NOTHING_SPECIAL) -> Letter:
        """The letter as the case stands. Raises InputRefused."""
        return self.compose(pen, self.of(pen, occasion))

    def of(self, pen: Pen, occasion: Occasion) -> Occasion:
        """With the contact that the letter confirms or answers: the one chosen, else the latest that has no such
        letter yet, else the latest. Raises InputRefused where there is none."""
        if not self.about or occasion.about is not None:
            return occasion
        found = [one for one in contacts(pen, *self.about, incoming=True) if self.only(one)]
        if not found:
            what = text("{letter}: nothing is written down that it could be about.", letter=self.title)
            raise InputRefused(what, UNWRITTEN, self.otherwise)
        letters = (one for one in pen.case.records(Contact) if one.letter and one.letter.kind == self.name)
        done = {one.about for one in letters}
        return occasion._replace(
            about=next((one for one in reversed(found) if one.at not in done), found[-1])
        )


class PlainLetter(Struct, frozen=True):
    """A letter ready to send as text: its subject, its whole text."""

    subject: str
    body: str

    @property
    def mail(self) -> str:
        """The address that opens the letter in a mail program."""
        return f"mailto:?subject={quote(self.subject)}&body={quote(self.body)}"


def sent_letter(
    kind: LetterKind, pen: Pen, occasion: Occasion, at: datetime, channel: str, proof: str = ""
) -> Contact:
    """A letter that has gone out, as a contact of the case: its whole text, the day that it sets, what it answers.
    Raises InputRefused where it cannot be written."""
    occasion = kind.of(pen, occasion)
    letter = kind.compose(pen, occasion)
    ready, about = plain(letter), occasion.about
    who = (about.who if about else "") or letter.recipient[0]
    demanded = pen.claim.waterfall.due.low if kind.sent_as is ContactKind.DEMAND else None
    return Contact(
        at=at,
        kind=kind.sent_as,
        channel=channel,
        who=who,
        said=ready.subject,
        incoming=False,
        until=kind.day(pen, occasion) if kind.day else None,
        amount=occasion.amount or demanded,
        about=about.at if about else None,
        letter=SentLetter(kind.name, who, ready.body, proof),
    )


def facts_of(case: Case) -> dict[str, str]:
    """What is stated and may be said to the other side; a party that has another name by now is called by it."""
    found = {key: fact.value for key, fact in case.facts.said.items() if _goes_out(key)}
    for whose, side in SIDES.items():
        now = party_name(case, whose)
        if now.former:
            found |= {f"{side}.name": now.name, f"{side}.address": now.address}
            found |= {FORMER: now.former[0][0]} if whose is WhoseName.PROVIDER else {}
    return found


def _goes_out(key: str) -> bool:
    return key in FACTS and FACTS[key].side is not Side.US


def framed(
    facts: Mapping[str, str],
    words: Words,
    on: date,
    subject: tuple[str, ...],
    blocks: tuple[Block, ...],
    *,
    reference: str = "",
    enclosed: tuple[str, ...] = (),
    recipient: tuple[str, ...] = (),
    form: bool = False,
    sender: tuple[str, ...] = (),
) -> Letter:
    """A letter of the firm on a day, to the provider where no other recipient is named; what is not known of them
    stands in brackets. A `form` greets nobody: it is signed, or filed. Another `sender` writes and signs in the firm's
    place, without its letterhead."""
    firm = facts.get("firm.name") or words(text("[your firm]"))
    info = (
        (text("Our reference"), reference),
        (text("Contract number"), facts.get("line.number", "")),
        (text("Date"), words.day(on)),
    )
    return Letter(
        sender=sender or (firm, *_lines(facts, "firm.address", text("[your address]"), words)),
        letterhead=() if sender else tuple(_letterhead(facts, words)),
        recipient=recipient or provider_address(facts, words),
        info=tuple((words(name), value) for name, value in info if value),
        subject=subject,
        blocks=blocks
        if form
        else (Para(words(text("Dear Sir or Madam,"))), *_after_the_comma(words, blocks)),
        closing=() if form else (words(text("Yours faithfully")), sender[0] if sender else firm),
        enclosed_title=words(text("Enclosed")),
        enclosed=enclosed,
    )


def _after_the_comma(words: Words, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """In German the sentence goes on after the greeting: small, unless its first word is written large anyway."""
    first = blocks[0] if blocks else None
    if words.lang != "de" or not isinstance(first, Para) or first.text.partition(" ")[0] not in SMALL:
        return blocks
    return (replace(first, text=first.text[0].lower() + first.text[1:]), *blocks[1:])


def provider_address(facts: Mapping[str, str], words: Words) -> tuple[str, ...]:
    """The provider as recipient, line by line."""
    name = facts.get("provider.name") or words(text("[provider]"))
    former = (words(text("formerly {name}", name=facts[FORMER])),) if facts.get(FORMER) else ()
    return (name, *former, *_lines(facts, "provider.address", text("[address of the provider]"), words))


def _lines(facts: Mapping[str, str], key: str, otherwise: Text, words: Words) -> tuple[str, ...]:
    said = facts.get(key) or words(otherwise)
    return tuple(line.strip() for line in said.splitlines() if line.strip())


def _letterhead(facts: Mapping[str, str], words: Words) -> Iterator[str]:
    """The facts that stand in the head of every letter: as soon as a row says so, it is printed."""
    for row in FACTS.values():
        if row.letterhead and row.key in facts:
            yield f"{words(row.label)}: {facts[row.key]}"


def plain(letter: Letter) -> PlainLetter:
    """The letter as text that can be mailed or printed."""
    return PlainLetter(letter.subject[0], "\n".join(_wrapped(_text_lines(letter))).rstrip() + "\n")


def _text_lines(letter: Letter) -> Iterator[str]:
    yield from (*letter.sender, "", *letter.recipient, "")
    yield from (f"{name}: {value}" for name, value in letter.info)
    yield from ("", *letter.subject, "")
    for block in letter.blocks:
        yield from (*_block(block), "")
    if letter.closing:
        yield from (letter.closing[0], "", *letter.closing[1:])
    if letter.enclosed:
        yield from ("", f"{letter.enclosed_title}:", *(f"    {one}" for one in letter.enclosed))
    if letter.letterhead:
        yield from ("", "--", *letter.letterhead)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Para | Heading):
        yield block.text
    elif isinstance(block, Definitions):
        yield from (f"    {name}: {cell.text}" for name, cell in block.items)
    elif isinstance(block, Table):
        yield from _columns([[cell.text for cell in row.cells] for row in block.rows])
    else:
        raise TypeError(f"a letter as text has no {type(block).__name__}")


def _columns(rows: list[list[str]]) -> Iterator[str]:
    """Rows set in, the last column at the right; a first cell that is too wide goes on above."""
    right = max(len(row[-1]) for row in rows)
    most = WIDTH - 6 - right
    cells = [(wrap(row[0], most) or [""], row[-1]) for row in rows]
    wide = max(len(line) for lines, _ in cells for line in lines)
    for lines, last in cells:
        yield from (f"    {line}" for line in lines[:-1])
        yield f"    {lines[-1]:<{wide}}  {last:>{right}}"


def _wrapped(lines: Iterator[str]) -> Iterator[str]:
    """Lines of a width that every mail program shows; what is set in stays set in."""
    for line in (part for block in lines for part in block.split("\n")):
        indent = " " * (len(line) - len(line.lstrip()))
        yield from wrap(line, WIDTH, subsequent_indent=indent and indent + "   ") or [""]
