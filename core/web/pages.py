"""What a page says of itself, for the frame (``base.html``): its title, what it is about, and the pages above it."""

from dataclasses import dataclass
from html import unescape
from typing import ClassVar

from django.utils.functional import Promise, cached_property
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.views import View

from core.language.i18n import isolated


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above another one: its name and its address."""

    label: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class PageHead:
    """``about``: what a tab of the browser says after the title, such as the code of a review."""

    title: str
    caption: str
    about: str
    trail: tuple[Crumb, ...]

    @property
    def words(self) -> str:
        """The title without marks, for the tab and the trail; names keep their own order."""
        if not isinstance(self.title, SafeString):
            return self.title
        marked = self.title.replace("<bdi>", "\u2068").replace("</bdi>", "\u2069")
        return isolated(unescape(strip_tags(marked)))


class Page(View):
    """A page that knows its title, its caption and its place.

    A class for all pages of a thing (a review, a draw) gives the trail that they share; one for the pages below one of
    these adds a step. Titles are known once the policy has let the reader in: a template asks ``view.heading``.
    """

    title: ClassVar[str | Promise] = ""
    caption: ClassVar[str | Promise] = ""
    frame: ClassVar[str] = "base.html"
    """The template that a shared one extends (``components/list_page.html``)."""

    def get_title(self) -> str | Promise:
        """May hold marks (a SafeString), such as those of an official text in another language."""
        return self.title

    def get_caption(self) -> str | Promise:
        """What stands small above the title; often nothing."""
        return self.caption

    def get_about(self) -> str:
        return ""

    def get_trail(self) -> list[Crumb]:
        """The pages above this one, from the outermost."""
        return []

    @cached_property
    def heading(self) -> PageHead:
        about = self.get_about()
        about = isolated(about) if about else ""
        return PageHead(str(self.get_title()), str(self.get_caption()), about, tuple(self.get_trail()))
