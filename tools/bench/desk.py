"""What the review desk costs: answers that were sent, and requests, feedback and messages on them."""

from collections.abc import Iterator

from django.urls import reverse

from accounts.people.models import User
from dialogue.exchange.models import FeedbackComment, WrittenFeedback
from dialogue.threads.models import DialogueMessage
from questionnaires.definitions.selectors import index_of
from reviews.programme.models import Instrument
from tools.bench.pages import cost, largest_section
from tools.bench.walls import send_answers
from tools.bench.world import WORDS, World, analyze

SECTION = "article-15"  # that of the question on which the requests are


def measure(world: World) -> Iterator[tuple[str, str]]:
    """The lines of docs/performance.md on the desk, for an expert of a reviewing State."""
    reviewer = send_answers(world)
    _write_beside(world, reviewer)
    analyze()
    address = ["untoc", world.review.code]
    pages = {
        "desk, its sections": reverse("portal:desk", args=address),
        "desk, largest section (44 items)": largest_section(world).replace("/response/", "/desk/"),
        "desk, section with 80 requests": reverse("portal:desk-section", args=[*address, "untoc", SECTION]),
    }
    for name, path in pages.items():
        bare, page = cost(reviewer, reverse("portal:shortcuts")), cost(reviewer, path)
        worked = f"{page.processor:.0f} of the processor, {page.processor / bare.processor:.0f} times a bare page"
        yield name, f"{page.milliseconds:.0f} ms ({worked}), {page.queries} queries, {page.compressed / 1000:.1f} kB"


def _write_beside(world: World, reviewer: User) -> None:
    """A comment of the reviewer's State on each item of the largest section, and on ten of them a message."""
    *_address, instrument, section, _end = largest_section(world).split("/")
    items = index_of(world.response.version_id).section_at(instrument, section).section.items
    state = world.review.reviewing_states.all()[0].state_party
    feedback = WrittenFeedback.objects.get(review=world.review, state_party=state)
    about = {"instrument": Instrument.objects.get(slug=instrument), "saved_by": reviewer, "text": " ".join(WORDS)}
    FeedbackComment.objects.bulk_create(
        FeedbackComment(feedback=feedback, question_code=item.code, revision=1, **about) for item in items
    )
    DialogueMessage.objects.bulk_create(
        DialogueMessage(
            review=world.review,
            room=state,
            state_party=state,
            subject="question",
            matter=item.code,
            language="en",
            text="Which court?",
            written_by=reviewer,
        )
        for item in items[:10]
    )
