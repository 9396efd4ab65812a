"""What the tables of addresses are made of: the people, the stages of a review, a page and who gets what there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.models import Job
from questionnaires.laws.validators import LawInput
from questionnaires.responses.models import ResponseSubmission
from tests.permissions.canaries import Canaries
from tests.permissions.pieces import Pieces
from tests.permissions.pieces_access import Requests
from tests.permissions.pieces_bringing import Bringing
from tests.permissions.pieces_calendar import Feeds
from tests.permissions.pieces_cockpit import Cockpit
from tests.permissions.pieces_draws import Draws
from tests.permissions.pieces_editing import Drafts
from tests.permissions.pieces_mechanisms import Choices
from tests.permissions.pieces_nominations import Notes
from tests.permissions.pieces_outreach import Outreach
from tests.permissions.pieces_roots import Roots
from tests.utils import Cast

# The people, by what they are to the review. One of several in the same position stands for all of them.
WRITERS = frozenset({"focal_point", "expert"})
OWN = WRITERS | {"contributor", "observer"}
REVIEWERS = frozenset({"same_group_focal_point", "same_group_expert", "same_group_observer", "other_group_focal_point"})
OFFICERS = frozenset({"officer", "administrator"})
AUDITOR = frozenset({"auditor"})
INSIDE = OWN | REVIEWERS | OFFICERS | AUDITOR
OUTSIDE = frozenset({"bystander", "stranger"})
EVERYBODY = INSIDE | OUTSIDE
NOBODY: frozenset[str] = frozenset()

BEFORE, DRAFT, CLEARANCE, SENT = "consultations", "self_assessment", "in_clearance", "written_feedback"
DIALOGUE, OBSERVATIONS, SUMMARY, CLOSED = "dialogue", "observations", "summary", "closed"
STAGES = (BEFORE, DRAFT, CLEARANCE, SENT, DIALOGUE, OBSERVATIONS, SUMMARY, CLOSED)

# The section that was sent to the contributor, and one that was not.
SENT_SECTION, SENT_QUESTION = ("firearms", "article-3"), "I.firearms.68"
OTHER_SECTION, OTHER_QUESTION = ("untoc", "article-15"), "I.untoc.23"
# A law of the library that an answer cites, and answers in both sections, whose words the walk looks for.
LAW = LawInput(
    "Criminal Code",
    translation="Code pénal",
    number="12/1999",
    link="https://law.example/12",
    text="Article 5. Whoever participates in an organized criminal group.",
    also_cited_as="Penal Code",
)
ANSWERED: Mapping[str, Mapping[str, Any]] = {
    "I.firearms.69.a": {"choices": ("Yes",)},
    "I.firearms.69.a.i": {"choices": ("Yes",)},
    "I.firearms.69.a.i.d1": {"text": "In the Firearms Act."},
    "I.untoc.24": {"choices": ("Yes",)},
    "I.untoc.24.a": {
        "text": "In the Criminal Code.",
        "citations": ({"law": "Criminal code", "provision": "art. 5", "link": ""},),
    },
}
# An answer with a history, and answers under a question that was answered otherwise later on.
REWRITTEN = "I.untoc.1.a"
NOT_ASKED_ANY_MORE: tuple[tuple[str, Mapping[str, Any]], ...] = (
    ("I.untoc.3", {"choices": ("Yes",)}),
    ("I.untoc.3.a", {"choices": ("No",)}),
    ("I.untoc.3.d", {"text": "Under a question that is not asked any more."}),
    ("I.untoc.3.a", {"choices": ("Yes",), "base": 1}),
)


@dataclass(frozen=True)
class Scene:
    """What addresses and forms are made of. Before the answers are sent there is no submission."""

    cast: Cast
    submission: ResponseSubmission | None
    draft_job: Job | None
    submission_job: Job | None
    pieces: Pieces
    canaries: Canaries = field(default_factory=Canaries)
    draws: Draws = field(default_factory=Draws)
    drafts: Drafts = field(default_factory=Drafts)
    choices: Choices = field(default_factory=Choices)
    roots: Roots = field(default_factory=Roots)
    notes: Notes = field(init=False)
    requests: Requests = field(init=False)
    feeds: Feeds = field(init=False)
    cockpit: Cockpit = field(init=False)
    outreach: Outreach = field(init=False)
    bringing: Bringing = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "notes", Notes(self.cast))
        object.__setattr__(self, "requests", Requests(self.cast, self.notes))
        object.__setattr__(self, "feeds", Feeds(self.cast))
        object.__setattr__(self, "cockpit", Cockpit(self.cast))
        object.__setattr__(self, "outreach", Outreach(self.cast))
        object.__setattr__(self, "bringing", Bringing(self.cast))

    @property
    def review(self) -> list[str]:
        return ["untoc", self.cast.review.code]


@dataclass(frozen=True)
class Access:
    """``may``: the page opens; ``refused``: 403 with a reason; everybody else: 404."""

    may: frozenset[str] = NOBODY
    refused: frozenset[str] = NOBODY


@dataclass(frozen=True)
class Page:
    """``access`` by stage; a stage that is left out is not there for anybody. ``success``: the status of ``may``.

    ``anonymous``: the status for people who are not signed in, where they are not sent to sign in.
    """

    name: str
    access: Mapping[str, Access]
    args: Callable[[Scene], list[Any]] = lambda scene: []
    method: str = "get"
    data: Mapping[str, Any] = field(default_factory=dict)
    success: int = 200
    anonymous: int | None = None
    note: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.name}{f' ({self.note})' if self.note else ''}"


def review(scene: Scene) -> list[Any]:
    return scene.review


def at(*args: Any) -> Callable[[Scene], list[Any]]:
    return lambda scene: [*scene.review, *args]


def participation(name: str) -> Callable[[Scene], list[Any]]:
    return lambda scene: [*scene.review, scene.cast.participations[name].pk]


def always(access: Access) -> dict[str, Access]:
    """At the four stages of the self-assessment and at the end."""
    return dict.fromkeys((BEFORE, DRAFT, CLEARANCE, SENT, CLOSED), access)


def once(access: Access) -> dict[str, Access]:
    """A page that has nothing to do with the stage of the review; one stage is enough."""
    return {DRAFT: access}


def opened(access: Access) -> dict[str, Access]:
    return dict.fromkeys((DRAFT, CLEARANCE, SENT), access)


def only(may: frozenset[str], *, of: frozenset[str] = INSIDE) -> Access:
    """These may, the others of the review are told why not."""
    return Access(may, of - may)


ANYBODY = once(Access(EVERYBODY))
