"""A text held until the transaction ends."""

from observations.texts.models import AgreedText
from reviews.cases import lock_with_review


def lock_text(text: AgreedText) -> AgreedText:
    """The row, locked until the transaction ends after its review, with all that the policy and the document ask for.

    The review too, because texts are agreed one by one and the last of a kind moves it on: two that are cleared at the
    same moment would each find the other open.
    """
    return lock_with_review(text, "instrument")
