"""The words of a page of HTML, as a person reads them."""

from __future__ import annotations

from html.parser import HTMLParser


class _Words(HTMLParser):
    """Collects the text of a page; blocks end a line, scripts and styles are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        if tag in ("br", "p", "div", "tr", "li"):
            self.found.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = max(0, self.hidden - (tag in ("script", "style")))

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


def without_tags(page: str) -> str:
    """The lines of a page without its tags.

    >>> without_tags("<p>Your line<br>is down.</p><script>x()</script>")
    'Your line\\nis down.'
    """
    words = _Words()
    words.feed(page)
    lines = (" ".join(line.split()) for line in "".join(words.found).split("\n"))
    return "\n".join(line for line in lines if line)
