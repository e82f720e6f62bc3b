"""Who wrote the paper: labels, the sender's line, legal forms and web addresses must agree on one name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from heller.intake.paper import legal_forms, letterhead, slip_head
from heller.intake.paper.layout import Cell, Sheet, fold
from heller.intake.paper.letterhead import MARK, POSTCODE, SEPARATOR, Party, is_name, is_title
from heller.intake.paper.vocabulary import hits, words_of

ENOUGH, AHEAD = 3, 2  # what a name must score, and by how much more than another
_LABELLED = re.compile(r"^[^:]{1,32}:(?!//)")
_REGISTERED = re.compile(r"(?:co\.? ?no\.? ?:? ?)?[\dA-Z .\-/]+", re.IGNORECASE)  # 'Co. No: 123456-X'
_LABEL = re.compile(r" \(?co\.? ?no\.? ?:?$", re.IGNORECASE)
_WEB = re.compile(r"(?:@|www\.|https?://(?:www\.)?)([\w.-]+?)\.(?:[a-z]{2,10})\b", re.IGNORECASE)


def seller(sheet: Sheet) -> tuple[Party | None, bool]:
    """The seller, and whether two names were left that nothing decides between."""
    buyers = {_key(party.name) for party in _labelled(sheet, "buyer")} | {
        _key(p.name) for p in _window(sheet)
    }
    labelled = [party for party in _labelled(sheet, "seller") if _key(party.name) not in buyers]
    if labelled and len({_key(p.name) for p in labelled}) == 1:
        return _clean(labelled[0]), False
    if (top := slip_head.seller(sheet)) and _key(top.name) not in buyers:
        return _clean(top), False
    scores: defaultdict[str, int] = defaultdict(int)
    known: dict[str, Party] = {}
    for party, worth in (*((p, 5) for p in labelled), *_candidates(sheet)):
        key = _key(party.name)
        if key and key not in buyers and len(key) >= 3:
            scores[key] += worth
            known.setdefault(key, party)
    sites = _sites(sheet)
    for key, party in known.items():
        scores[key] += 2 * any(_on(party.name, site) for site in sites)
    found, torn = _best_party(scores, known)
    head = None if found or torn else letterhead.head(sheet)
    return (_clean(head), False) if head and _key(head.name) not in buyers else (found, torn)


def buyer(sheet: Sheet) -> Party | None:
    """Who buys: named by a label, else the first line of the address window; None where neither is there."""
    named = (party for party in (*_labelled(sheet, "buyer"), *_window(sheet)) if is_name(party.name))
    found = next(named, None) or letterhead.addressee(sheet)
    return _clean(found) if found else None


def _best_party(scores: dict[str, int], known: dict[str, Party]) -> tuple[Party | None, bool]:
    order = sorted(scores, key=lambda key: -scores[key])
    if not order or scores[order[0]] < ENOUGH:
        return None, False
    rivals = [key for key in order[1:] if scores[key] > scores[order[0]] - AHEAD]
    rivals = [key for key in rivals if key not in order[0] and order[0] not in key]
    if legal_forms.has_form(known[order[0]].name):  # a brand beside its firm contests nothing
        rivals = [
            key for key in rivals if scores[key] == scores[order[0]] or legal_forms.has_form(known[key].name)
        ]
    return (None, True) if rivals else (_clean(known[order[0]]), False)


def _candidates(sheet: Sheet) -> Iterator[tuple[Party, int]]:
    """Names with what each place is worth."""
    for cell in (legal_forms.with_suffix(sheet, one) for one in sheet.cells()):
        sender = _sender(cell)
        if sender:
            yield sender, 3
            continue
        foot = _at_foot(sheet, cell)
        formed = list(legal_forms.parties(cell))
        for party in formed:
            yield party, 1 + _marked(sheet, cell) + foot
        if foot and not formed:
            yield Party(cell.text, cell.words), 2
    yield from letterhead.names(sheet)
    slip = slip_head.is_slip(sheet)
    for line in sheet.lines[: 2 + slip]:
        for cell in (legal_forms.with_suffix(sheet, one) for one in line):
            if is_name(cell.text) and not is_title(cell) and cell.page == 1:
                headed = slip and any(POSTCODE.search(o.text) for o in sheet.below(cell, 5.5))
                yield Party(cell.text, cell.words), 3 if headed and cell.line == 0 else 1


def _at_foot(sheet: Sheet, cell: Cell) -> bool:
    """Whether a name stands over its address at the foot of a page, beside its tax number or register."""
    if not sheet.sizes or cell.y0 < 0.6 * sheet.sizes[min(cell.page, len(sheet.sizes)) - 1][1]:
        return False
    plain = is_name(cell.text) and not any(c.isdigit() for c in cell.text) and not is_title(cell)
    return plain and any(POSTCODE.search(o.text) for o in sheet.below(cell, 4)) and _marked(sheet, cell) > 0


def _sender(cell: Cell) -> Party | None:
    """'Hetzner Online GmbH • Industriestr. 25 • 91710 Gunzenhausen': the line over the address window."""
    parts = SEPARATOR.split(cell.text)
    if len(parts) < 3 or not any(POSTCODE.search(part) for part in parts[1:]) or not is_name(parts[0]):
        return None
    if any(c.isdigit() for c in parts[0]) or len(parts[0]) > 60 or not any(c.isdigit() for c in parts[1]):
        return None
    return Party(parts[0].strip(), cell.words_at(0, len(parts[0])))


def _marked(sheet: Sheet, cell: Cell) -> int:
    """2 where what only a seller prints of itself stands beside or under the name: tax number, register."""
    near = [*sheet.lines[cell.line], *sheet.below(cell, 4.5)]
    return 2 * any(MARK.search(fold(other.text)) for other in near)


def _labelled(sheet: Sheet, sense: str) -> Iterator[Party]:
    """Names that stand behind or under a label such as 'Verkäufer:' or 'Bill to'."""
    for cell in sheet.cells():
        hit = next(iter(hits("party", cell.text)), None)
        if hit is None or hit.sense != sense or hit.start > 1:
            continue
        rest = cell.text[hit.end :]
        colon = rest.lstrip().startswith(":")
        own = rest.strip(" :")
        if own:
            if colon and is_name(own):
                yield Party(own, cell.words_at(hit.end, len(cell.text)))
            continue
        party = _next(sheet, cell)
        if party:
            yield party


def _next(sheet: Sheet, label: Cell) -> Party | None:
    """The first name to the right of a label or under it; lines that name a number are passed over."""
    right = sheet.right_of(label)
    if right and label.text.rstrip().endswith(":") and is_name(right.text) and not _has_party(right):
        return Party(right.text, right.words)
    for other in sheet.below(label, 9):
        if other.x0 - label.x0 > 8 * label.height:
            continue
        if _has_party(other):
            return None
        if is_name(other.text) and not _LABELLED.search(other.text):
            return Party(other.text, other.words)
    return None


def _has_party(cell: Cell) -> bool:
    hit = next(iter(hits("party", cell.text)), None)
    return bool(hit and hit.start < 2 and not cell.text[hit.end :].strip(" :"))


def _window(sheet: Sheet) -> Iterator[Party]:
    """The names in the address window: what stands right under the sender's line."""
    for cell in sheet.cells():
        if cell.page == 1 and _sender(cell):
            for other in list(sheet.below(cell, 7))[:2]:
                yield Party(other.text, other.words)


def _sites(sheet: Sheet) -> set[str]:
    found = {m[1].lower() for cell in sheet.cells() for m in _WEB.finditer(cell.text)}
    return {site.rpartition(".")[2] for site in found} - words_of("parties", "common")


def _on(name: str, site: str) -> bool:
    """Whether a web address is that of a name: its first words, written together or one alone."""
    words = [w for w in re.findall(r"[a-z0-9]+", fold(name)) if w not in words_of("forms", "words")]
    bare = re.sub(r"[^a-z0-9]", "", site)
    joined = "".join(words)
    return (
        bool(words)
        and len(bare) >= 3
        and (joined.startswith(bare) or bare.startswith(joined) or (len(words[0]) >= 4 and words[0] in bare))
    )


def _clean(party: Party) -> Party:
    """The name without a legal form that is not part of it (France), and without the number of a register behind it."""
    words = _unregistered(party.name).strip(" ,;:-").split()
    while len(words) > 1 and fold(words[-1]) in words_of("forms", "apart"):
        words.pop()
    return Party(" ".join(words), party.words)


def _unregistered(name: str) -> str:
    """The name without the number of a register at its end, in brackets or as its last word: '(123456-X)'.

    A last word of four digits may be a year that is part of the name.
    """
    plain = " ".join(name.split())
    bare, bracket, behind = plain.removesuffix(")").rpartition("(")
    if bracket and _registered(behind, 4):
        return bare.rstrip() or plain
    bare, _, behind = plain.removesuffix(")").rpartition(" ")
    unlabelled = _LABEL.sub("", bare)
    return unlabelled if bare and _registered(behind, 4 if unlabelled != bare else 5) else plain


def _registered(said: str, least: int) -> bool:
    return sum(c.isdigit() for c in said) >= least and _REGISTERED.fullmatch(said) is not None


def _key(name: str) -> str:
    return "".join(c for c in fold(name) if c.isalnum())
