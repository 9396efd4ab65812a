"""What a State has opened of its answers: sections for each audience, with a law and its file, and what has ended."""

from typing import Any

from questionnaires.laws.models import LawFile
from questionnaires.responses.models import ResponseSubmission
from questionnaires.sharing.models import AnswersShare
from questionnaires.sharing.services import share_answers, stop_sharing_answers
from questionnaires.sharing.sieve import AnswersChoice, hash_of_choice
from questionnaires.submissions.selectors.submissions import latest_submission
from questionnaires.submissions.services import open_submission
from reviews.cases.models import Review
from tests.utils import Cast

# That with an answer of which the law is of the library, and another one.
WITH_LAW, OTHER = "untoc/article-15", "untoc/article-2"


def sent(cast: Cast) -> ResponseSubmission:
    """The answers that stand, opened by a reviewing State."""
    found = latest_submission(Review.objects.get(pk=cast.review.pk))
    assert found is not None
    open_submission(cast.same_group_expert, found)
    return found


def everything_of(submission: ResponseSubmission, *sections: str) -> AnswersChoice:
    """These sections, with all laws and files that they cite."""
    laws = submission.document.get("laws", ())
    files = [file["file"] for law in laws for file in law.get("files", ())]
    return AnswersChoice(sections, tuple(law["entry"] for law in laws), tuple(files))


def share(cast: Cast, audience: str, choice: AnswersChoice, *, actor: Any = None) -> AnswersShare:
    submission = sent(cast)
    standing = AnswersShare.objects.filter(review=submission.review, audience=audience, ended_at=None).first()
    return share_answers(
        actor=actor or cast.focal_point,
        review=submission.review,
        audience=audience,
        choice=choice,
        sha256=hash_of_choice(submission, choice),
        replaces=standing.number if standing else 0,
    )


def plant_shared_answers(cast: Cast) -> None:
    """The State opened one section to everybody, and ended that; now another is, and both are to States parties."""
    submission = sent(cast)
    share(cast, "public", AnswersChoice((OTHER,)))
    stop_sharing_answers(actor=cast.focal_point, review=submission.review, audience="public")
    share(cast, "public", AnswersChoice((WITH_LAW,)))
    share(cast, "states_parties", everything_of(submission, WITH_LAW, OTHER))


def shared_file() -> LawFile | None:
    """A file of a law that is open to States parties."""
    for row in AnswersShare.objects.filter(audience="states_parties", ended_at=None):
        for law in row.document["laws"]:
            for file in law["files"]:
                return LawFile.objects.get(pk=file["file"])
    return None
