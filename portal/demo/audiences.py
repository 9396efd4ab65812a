"""What a State of the demo opens of its answers: to an audience all of them, or so many of its first sections."""

from collections.abc import Mapping

from observations.naming import answer_naming
from portal.demo.teams import Teams
from questionnaires.sharing import AnswersChoice, every_section, hash_of_choice, share_answers
from questionnaires.submissions import get_submission, open_submission
from reviews.cases.enums import ParticipationRole
from reviews.cases.models import Participation, Review


def let_names_stand(review: Review) -> None:
    """All experts of a review agree that their names are published."""
    for part in Participation.objects.filter(review=review, role=ParticipationRole.GOVERNMENTAL_EXPERT, ended_at=None):
        answer_naming(actor=part.user, review=review, agrees=True)


def open_answers(review: Review, teams: Teams, planned: Mapping[str, int | None]) -> None:
    """``planned``: by audience how many sections, None for all. The reviewing States have read them by then."""
    for audience, number in planned.items():
        submission = get_submission(review)
        open_submission(teams.reviewing[0].focal_point, submission)
        choice = AnswersChoice(every_section(submission).sections[:number])
        share_answers(
            actor=teams.own.focal_point,
            review=review,
            audience=audience,
            choice=choice,
            sha256=hash_of_choice(submission, choice),
        )
