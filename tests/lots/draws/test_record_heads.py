"""The protocol of a draw prints the head of the mechanism's record of acts."""

import pytest
from django.utils import translation

from core import audit
from core.documents.facts import PrintedFact
from core.models import AuditEntry
from lots.publication.pdf import context_of
from tests.lots.making import make_draw

pytestmark = pytest.mark.django_db


def head_of_act(verb: str) -> str:
    entry = AuditEntry.objects.get(verb=verb)
    assert (entry.chain, entry.room, entry.acting_state) == ("untoc", "", "")
    return audit.ChainHead(entry.chain, entry.sequence or 0, entry.hash).words


@pytest.mark.parametrize(
    ("status", "verb", "label"),
    [
        ("drawn", "lots.draw.run", "Record of acts at the run: last act and its checksum"),
        ("published", "lots.draw.published", "Record of acts at the publication: last act and its checksum"),
    ],
)
def test_the_protocol_prints_the_head_that_the_act_made(status: str, verb: str, label: str) -> None:
    draw = make_draw(status)
    audit.chain_now()
    with translation.override("en"):
        assert context_of(draw)["facts"][-1] == PrintedFact(label, head_of_act(verb), is_hash=True)
