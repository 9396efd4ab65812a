"""What a person reads on a page in the language of the page: its text, without what is marked as somebody's own."""

from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
UNREAD = frozenset({"script", "style", "datalist", "path"})
# Text of a person, a name, a code or a number: it has no language of the interface.
UNMARKED = frozenset({"bdi", "code"})
SPOKEN = ("aria-label", "title", "placeholder", "alt", "data-label")


class Reader(HTMLParser):
    """Collects ``words``: runs of text in the language of the page, attributes that are shown or said included."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.words: list[str] = []
        self.root: dict[str, str] = {}
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.root = attributes
        is_read = self._is_read and not self._is_own(tag, attributes)
        if is_read:
            said = [value for name, value in attributes.items() if name in SPOKEN or name.startswith("data-says")]
            if tag == "input" and attributes.get("type") in {"submit", "button"}:
                said.append(attributes.get("value", ""))
            self.words += said
        if tag not in VOID:
            self._open.append((tag, is_read))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._is_read and data.strip():
            self.words.append(" ".join(data.split()))

    @property
    def _is_read(self) -> bool:
        return not self._open or self._open[-1][1]

    def _is_own(self, tag: str, attributes: dict[str, str]) -> bool:
        is_foreign = tag != "html" and attributes.get("lang", self.language) != self.language
        has_own_order = tag != "html" and attributes.get("dir") in {"auto", "ltr"}
        return tag in UNREAD | UNMARKED or is_foreign or has_own_order


def read(html: str, language: str) -> Reader:
    reader = Reader(language)
    reader.feed(html)
    return reader
