"""The words of an office, German or English, and the canonical form of what a person states.

It is used by the readers of tables and by both doors, so that a fact typed in a form and a fact read
from a file are the same fact. It never guesses: what can be read in two ways is None.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from heller.intake.written import numbers, shares
from heller.intake.written.value_writers import euro_of, lines_of, moment_of, number_of
from heller.model.countries import code_of
from heller.model.facts import FACTS, FactSpec
from heller.model.heads import HEADS, RECEIPT_HEADS
from heller.model.kinds import contact, purpose, shift
from heller.model.kinds.contact import ContactKind
from heller.model.kinds.shift import ShiftKind
from heller.model.record_field import AnswerSet
from heller.model.text import Text, text
from heller.model.value_form import ValueForm, ValueKind

ABSENT = frozenset(
    {
        "urlaub", "krank", "krankheit", "frei", "feiertag", "abwesend", "abwesenheit", "elternzeit", "mutterschutz",
        "sonderurlaub", "gleittag", "freizeitausgleich", "krankmeldung", "arbeitsunfaehig", "ueberstundenabbau", "kur",
        "vacation", "holiday", "sick", "leave", "absence", "absent", "pto", "urlaubstag", "krankentag", "kindkrank",
        "berufsschule", "unbezahlter", "sickness", "bildungsurlaub", "conge", "maladie",
    }
)  # fmt: skip
YES = frozenset({"ja", "j", "yes", "y", "wahr", "true"})
NO = frozenset({"nein", "n", "no", "falsch", "false"})
OPEN = frozenset({"", "offen", "open", "unbekannt", "unknown", "nicht bekannt", "k a", "n a", "tbd"})
INCOMING = frozenset({"ein", "eingehend", "eingang", "in", "incoming"})
OUTGOING = frozenset({"aus", "ausgehend", "ausgang", "out", "outgoing"})
STATES: dict[str, str] = {
    "Baden-Württemberg": "BW", "Bayern": "BY", "Berlin": "BE", "Brandenburg": "BB", "Bremen": "HB",
    "Hamburg": "HH", "Hessen": "HE", "Mecklenburg-Vorpommern": "MV", "Niedersachsen": "NI",
    "Nordrhein-Westfalen": "NW", "Rheinland-Pfalz": "RP", "Saarland": "SL", "Sachsen": "SN",
    "Sachsen-Anhalt": "ST", "Schleswig-Holstein": "SH", "Thüringen": "TH", "NRW": "NW",
    "Bavaria": "BY", "Hesse": "HE", "Lower Saxony": "NI", "North Rhine-Westphalia": "NW",
    "Rhineland-Palatinate": "RP", "Saxony": "SN", "Saxony-Anhalt": "ST", "Thuringia": "TH",
}  # fmt: skip

NEAR = 0.7  # how alike two words are spelt, 0 to 1, for one to be taken for the other
LONGEST = 100  # characters of a word, a number or a time

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_NO_LETTER = re.compile(r"[\W_]+")


UNKNOWN = frozenset(
    {"weiß nicht", "weiss nicht", "unbekannt", "keine angabe", "unknown", "don't know", "not known", "?"}
)


def unknown(raw: str) -> bool:
    """Whether a person says that he does not know: what was stated before is open again."""
    return " ".join(raw.casefold().replace("’", "'").strip(" .!").split()) in UNKNOWN


def fold(word: str) -> str:
    """A word without case, umlauts, accents and punctuation, for comparing.

    >>> fold("Von  uns:"), fold("ÜBERSTUNDEN"), fold("fault_report"), fold("État")
    ('von uns', 'ueberstunden', 'fault report', 'etat')
    """
    return _folded(word) if len(word) <= LONGEST else _folded.__wrapped__(word)


@lru_cache(maxsize=4096)
def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKC", word).casefold().translate(_UMLAUTS)
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return _NO_LETTER.sub(" ", bare).strip()


@cache
def _fact_words() -> dict[str, str]:
    """Folded word -> key: the key, the German word and the English label of every fact."""
    named: dict[str, str] = {}
    for spec in FACTS.values():
        named |= dict.fromkeys(map(fold, (spec.key, spec.german, spec.label.id, *spec.also)), spec.key)
    return named


def fact_of(word: str) -> FactSpec[Any] | None:
    """The fact that a word names: its key, its German word or its English label; None if none.

    >>> fact_of("monatsentgelt NETTO").key
    'line.monthly_fee'
    """
    key = _fact_words().get(fold(word))
    return FACTS[key] if key else None


def nearest(word: str, among: Iterable[str] = ()) -> str:
    """The known word that is spelt most like this one, among the facts if nothing else is said; '' where none is spelt
    nearly like it, for a guess far off misleads.

    >>> nearest("Monatsentgeld"), nearest("Zusge", contact.WORDS), nearest("Kühlschrank", contact.WORDS)
    ('Monatsentgelt netto', 'Zusage', '')
    """
    from difflib import get_close_matches

    known = tuple(among) or tuple(name for f in FACTS.values() for name in (f.german, f.label.id))
    plain = {fold(name): name for name in reversed(known)}  # of two that fold alike the first
    found = get_close_matches(fold(word)[:80], plain, 1, NEAR)  # few letters in common: not compared
    return plain[found[0]] if found else ""


def did_you_mean(word: str, among: Iterable[str] = ()) -> Text:
    """What to do about a word that is not known: the one that is nearly spelt like it, else those that are known."""
    known = tuple(among)
    if near := nearest(word, known):
        return text("Did you mean '{nearest}'?", nearest=near)
    if not known:
        return text(
            "The row stays with its file; which facts can be noted, says: heller note CASE fact --help"
        )
    return text("Known are: {words}.", words=", ".join(dict.fromkeys(known)))


def canonical(spec: ValueForm[Any], raw: str, zone: ZoneInfo) -> str | None:
    """What a person wrote for a fact in its canonical form (see `ValueKind`); None where it is none.

    Money is not negative, in euro and whole cents; shares lie between 0 and 1; numbers within their range; times
    without an offset are times of the zone.

    >>> from heller.model.facts import FACTS
    >>> canonical(FACTS["shop.margin"], "38 %", ZoneInfo("Europe/Berlin"))
    '0.38'
    """
    written = raw.strip()
    if spec.kind is not ValueKind.TEXT and len(written) > LONGEST:
        return None
    found = _canonical(spec, written, zone)
    if found is None:
        return None
    try:
        spec.parse(found)  # what the case would refuse is refused at the door
    except ValueError:
        return None
    return found


def _canonical(spec: ValueForm[Any], written: str, zone: ZoneInfo) -> str | None:
    match spec.kind:
        case ValueKind.TEXT:
            return _state(written) if spec.region else lines_of(written)
        case ValueKind.MONEY:
            return euro_of(numbers.amount(written))
        case ValueKind.SHARE:
            return number_of(share(written))
        case ValueKind.SHARES:
            return yes_no(written) or shares.share_range(written)
        case ValueKind.YES_NO:
            return yes_no(written)
        case ValueKind.DATE:
            on = numbers.day(written)
            return on.isoformat() if on else None
        case ValueKind.MOMENT:
            return moment_of(written, zone)
        case ValueKind.NUMBER:
            return number_of(numbers.decimal(written))
        case ValueKind.COUNTRY:
            return code_of(written) or None


def yes_no(raw: str) -> str | None:
    """'yes' or 'no' for ja, nein, yes, no, j, n, wahr, falsch; None for anything else."""
    word = fold(raw)
    return "yes" if word in YES else "no" if word in NO else None


def is_open(raw: str) -> bool:
    """Whether a value says that nobody knows: empty, '-', '?', 'offen', 'unbekannt', 'k. A.'."""
    return fold(raw) in OPEN


def share(raw: str, top: Decimal = Decimal(1), *, percent: bool = False) -> Decimal | None:
    """A share between 0 and `top`: '38 %', '0,38', and '38', which could not be anything else.

    `percent` is set where the heading says per cent. None for '1', which may be one or a hundred
    per cent, and outside the bounds.

    >>> share("38 %"), share("38"), share("0,5"), share("1"), share("1", percent=True), share("120 %")
    (Decimal('0.38'), Decimal('0.38'), Decimal('0.5'), None, Decimal('0.01'), None)
    """
    written = raw.strip()
    found = shares.share(f"{written} %" if percent and "%" not in written else written)
    if found is None and "%" not in written and (bare := numbers.decimal(written)) is not None and bare > top:
        found = bare / 100
    return found if found is not None and 0 <= found <= top else None


def chosen(answers: AnswerSet, word: str) -> Any | None:
    """The answer that a word names: a word of an office, what is shown, or the value itself; None if none."""
    return _by_word(answers).get(fold(word))


def _by_word(answers: AnswerSet) -> dict[str, Any]:
    shown = {fold(name.id): value for value, name in answers.names.items()}
    values = {fold(str(value.value if isinstance(value, Enum) else value)): value for value in answers.names}
    return values | shown | {fold(name): value for name, value in answers.words.items()}


@cache
def _contact_kinds() -> dict[str, ContactKind]:
    return _by_word(contact.KINDS)


@cache
def _shift_kinds() -> dict[str, ShiftKind]:
    return _by_word(shift.KINDS)


@cache
def _heads() -> dict[str, str]:
    return _by_word(purpose.HEAD_ANSWERS)


def contact_kind(word: str) -> ContactKind | None:
    """What a contact was, by a German word or a value of ContactKind."""
    return _contact_kinds().get(fold(word))


def shift_kind(word: str) -> ShiftKind | None:
    """What an hour of work was, by a German word or a value of ShiftKind."""
    return _shift_kinds().get(fold(word))


def is_absence(word: str) -> bool:
    """Whether a word says that somebody was away: leave, sickness, a day off.

    >>> is_absence("Urlaub (ganztägig)"), is_absence("krank"), is_absence("Day off"), is_absence("Krankenhaus Süd")
    (True, True, True, False)
    """
    said = fold(word[:LONGEST])
    first = said.split()[0] if said else ""
    return first in ABSENT or said in (
        "day off",
        "bank holiday",
        "public holiday",
        "kind krank",
        "ganztaegig frei",
    )


def head_of(word: str) -> str | None:
    """The head of damage that a word names, 'none' for a receipt that belongs to no head."""
    return _heads().get(fold(word))


def receipt_heads() -> tuple[str, ...]:
    """How a person may name the heads under which receipts count, and that a receipt belongs to none."""
    return (
        *(HEADS[key].words[0] if HEADS[key].words else key for key in RECEIPT_HEADS),
        purpose.NO_HEAD_WORDS[0],
    )


def direction(word: str) -> bool | None:
    """True where the other side spoke ('ein'), False where we did ('aus'), None if neither is said."""
    said = fold(word)
    return True if said in INCOMING else False if said in OUTGOING else None


def _state(written: str) -> str | None:
    """The two letters of a German federal state, by name or by the letters."""
    known = {fold(name): code for name, code in STATES.items()}
    return (known | {code.lower(): code for code in STATES.values()}).get(fold(written))
