import factory
from factory.django import DjangoModelFactory

from core.models import Job, Notification
from tests.factories.accounts import UserFactory


class NotificationFactory(DjangoModelFactory):
    """A reminder that waits to be sent."""

    class Meta:
        model = Notification

    recipient = factory.SubFactory(UserFactory)
    key = factory.Sequence(lambda number: f"test:{number}")
    template = "reviews/due"
    context = factory.LazyFunction(
        lambda: {"code": "1-XVE", "milestone": "Sending of the answers", "due_on": "2022-05-01", "path": "/en/"}
    )


class JobFactory(DjangoModelFactory):
    """A document that waits to be made; ``target_id`` must be given."""

    class Meta:
        model = Job

    kind = "draft_pdf"
    target_type = "questionnaires.response"
    requested_by = factory.SubFactory(UserFactory)
    language = "en"
    file_name = "answers.pdf"
