"""A long list in pages, and the rows of it that hold a word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest
from msgspec import Struct

Item = TypeVar("Item")
LONGEST = 80  # characters of what is looked for


class Page(Struct, Generic[Item], frozen=True):
    """One page of a list: its rows, its number and how many there are, what was looked for, how many rows fit."""

    rows: tuple[Item, ...]
    number: int
    pages: int
    asked: str
    found: int
    total: int

    @property
    def before(self) -> str:
        """The address of the page before, '' on the first."""
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def after(self) -> str:
        """The address of the next page, '' on the last."""
        return self._address(self.number + 1) if self.number < self.pages else ""

    @property
    def long(self) -> bool:
        """Whether the list does not fit on one page."""
        return bool(self.asked) or self.pages > 1

    def _address(self, number: int) -> str:
        words = {"q": self.asked} if self.asked else {}
        return "?" + urlencode({**words, "page": number})


def page_of(
    request: HttpRequest, items: Sequence[Item], most: int, said: Callable[[Item], str]
) -> Page[Item]:
    """The page that the address asks for (`page`, `q`), at most so many rows; `said` is what a row is found by."""
    asked = request.GET.get("q", "").strip()[:LONGEST]
    fit = [item for item in items if asked.casefold() in said(item).casefold()] if asked else items
    pages = max(1, -(-len(fit) // most))
    raw = request.GET.get("page", "")
    number = min(max(int(raw) if raw.isdecimal() and len(raw) < 7 else 1, 1), pages)
    rows = tuple(fit[(number - 1) * most : number * most])
    return Page(rows, number, pages, asked, len(fit), len(items))


def numbers_of(request: HttpRequest, name: str) -> set[int]:
    """Numbers of exhibits that an address carries, such as those that were handed in a moment ago."""
    return {int(raw) for raw in request.GET.getlist(name) if raw.isdecimal() and len(raw) < 7}
