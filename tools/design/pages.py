"""Which pages are measured, for whom, and in which windows."""

from dataclasses import dataclass

OFFICER = "mireille.okonjo@secretariat.example"
REVIEWER = "gareth.trevanion@xwx.example"
LANGUAGES = ("en", "ar")
# ZOOMED is a window of 1280 pixels at 400 %.
WIDE, NARROW, ZOOMED = (1280, 800), (360, 780), (320, 256)


@dataclass(frozen=True)
class KeyPage:
    """A page of the demo, and who opens it; ``is_beyond``: it is not one of the twelve that have pictures."""

    name: str
    person: str
    address: str
    is_beyond: bool = False

    @property
    def slug(self) -> str:
        return self.name.lower().replace(" ", "-")


TWELVE = (
    KeyPage("My work", "zoltan.bereczki@xhv.example", "/"),
    KeyPage("Overview of a review", "zoltan.bereczki@xhv.example", "/untoc/reviews/1-XHV/"),
    KeyPage("Consultations", "genevieve.laborde@xlv.example", "/untoc/reviews/1-XPE/consultations/"),
    KeyPage("Self-assessment", "ingrid.vasterholm@xal.example", "/untoc/reviews/1-XAL/response/"),
    KeyPage("A section", "ingrid.vasterholm@xal.example", "/untoc/reviews/1-XAL/response/untoc/article-5/"),
    KeyPage("What is missing", "ingrid.vasterholm@xal.example", "/untoc/reviews/1-XAL/response/missing/"),
    KeyPage("Desk", REVIEWER, "/untoc/reviews/1-XSK/desk/untoc/article-5/"),
    KeyPage("Observations", "nikola.perkovac@xor.example", "/untoc/reviews/1-XHV/observations/"),
    KeyPage("A text to agree", "zoltan.bereczki@xhv.example", "/untoc/reviews/1-XHV/texts/tip/list_of_observations/"),
    KeyPage("Cockpit", OFFICER, "/untoc/cockpit/?all=1"),
    KeyPage("Nominations of a State", OFFICER, "/untoc/states/XAL/nominations/"),
    KeyPage("A draw", OFFICER, "/untoc/draws/2-T2/"),
)
BEYOND = (
    KeyPage("Sections of the desk", REVIEWER, "/untoc/reviews/1-XSK/desk/", is_beyond=True),
    KeyPage("Clarifications", "katarina.volk@xle.example", "/untoc/reviews/1-XLE/clarifications/", is_beyond=True),
    KeyPage("Follow-up", "mele.taufahe@xtu.example", "/untoc/reviews/1-XTU/follow-up/", is_beyond=True),
    KeyPage("Needs you today", OFFICER, "/untoc/cockpit/?whose=all", is_beyond=True),
    KeyPage("My work of an officer", OFFICER, "/", is_beyond=True),
)
PAGES = (*TWELVE, *BEYOND)
WRITER = KeyPage("My work of somebody who has written", "tomasz.brandvik@xal.example", "/")
REVIEWS = KeyPage("List of reviews", OFFICER, "/untoc/reviews/")
