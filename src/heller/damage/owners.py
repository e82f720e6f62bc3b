"""Who of those on the hour sheets owns the firm: nobody pays a wage for his hours. It names nobody by guess."""

from __future__ import annotations

import re

from heller.model.case import Case
from heller.model.facts import firm

# A company pays its managing director; who owns a firm without one of these is no employee of it.
COMPANY = re.compile(
    r"\b(?:g?gmbh|ug|ag|se|kgaa|eg|e\.?\s?v\.?|ltd|limited|inc|llc|s\.?a\.?r\.?l)\b", re.IGNORECASE
)
OWNER = re.compile(
    r"\b(?:(?:mit)?inhaber(?:in)?|eigent[üu]e?mer(?:in)?|praxisinhaber(?:in)?|hotelier|wirt(?:in)?|"
    r"owner|proprietor)\b",
    re.IGNORECASE,
)
WORD = re.compile(r"XXXX-\d+|[^\W\d_]{3,}")  # a mark of a closed name is one word
TITLES = frozenset(("herr", "frau", "prof", "med", "dent", "dipl", "ing", "mag", "and", "und"))


def is_owner(case: Case, person: str) -> bool:
    """Whether a person of an hour sheet is stated as an owner, or is called one there; of a firm that is no company
    also who bears its whole name."""
    if OWNER.search(person):
        return not COMPANY.search(case.facts[firm.NAME] or "")
    names = _names(person)
    if any(
        names and names <= _names(one)
        for one in re.split(r"[,;\n]| und | and ", case.facts[firm.OWNERS] or "")
    ):
        return True
    stated = case.facts[firm.NAME] or ""
    return len(names) > 1 and not COMPANY.search(stated) and names <= _names(stated)


def _names(said: str) -> frozenset[str]:
    return frozenset(word for word in map(str.casefold, WORD.findall(said)) if word not in TITLES)
