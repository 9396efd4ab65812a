"""Answers that their State may open: sent, with a law that has a file, and opened by a reviewing State."""

from typing import Any

from questionnaires.laws.services import add_law
from tests import utils
from tests.permissions.pieces_answers import sent
from tests.permissions.urls_base import ANSWERED, LAW, REWRITTEN
from tests.questionnaires.laws.library import put_file
from tests.utils import Cast


def opened(cast: Cast) -> Cast:
    """The scene of the tests on sharing."""
    law = add_law(actor=cast.focal_point, review=cast.review, given=LAW)
    put_file(cast, law, actor=cast.focal_point)
    assert cast.response is not None
    for code, given in {**ANSWERED, REWRITTEN: {"text": "In the wording of today."}}.items():
        utils.save(cast.response, cast.expert, code, **given)
    utils.take_cast_to("written_feedback", cast)
    sent(cast)
    return utils.fresh(cast)


def content_of(reply: Any) -> bytes:
    return b"".join(reply.streaming_content)
