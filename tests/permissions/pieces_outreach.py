"""A contact, a letter with its link, and what a mission has sent by it, made when the first address asks for one."""

from functools import cached_property
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.contacts.models import StateContact
from accounts.links.enums import LinkPurpose
from accounts.links.models import StateLink
from accounts.links.services import issue_link
from core.hashes import text_hash
from reviews.outreach.enums import ReceivedStatus
from reviews.outreach.models import NominationLetter, ReceivedNomination
from reviews.programme.models import Mechanism
from tests.factories.accounts import OfficerFactory
from tests.factories.contacts import ContactFactory
from tests.reviews.nominations.notes import PDF
from tests.utils import Cast


class Outreach:
    """Of the State under review."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast

    def make_all(self) -> None:
        """So that words can be planted into all of them."""
        for name in ("received", "set_aside"):
            getattr(self, name)

    @cached_property
    def contact(self) -> StateContact:
        return ContactFactory.create(state_party=self.cast.state)

    @cached_property
    def link(self) -> StateLink:
        contact = self.contact
        link = issue_link(
            purpose=LinkPurpose.NOMINATION,
            about="untoc",
            state=contact.state_party,
            address=contact.email,
            language=contact.language,
            issued_by=OfficerFactory.create(),
        )
        NominationLetter.objects.create(
            mechanism=Mechanism.objects.get(slug="untoc"),
            state_party=contact.state_party,
            contact=contact,
            office=contact.office,
            address=contact.email,
            language=contact.language,
            written_by=link.issued_by,
            link=link,
        )
        return link

    @cached_property
    def received(self) -> ReceivedNomination:
        return self._received("9/2026")

    @cached_property
    def set_aside(self) -> ReceivedNomination:
        decided = {"status": ReceivedStatus.SET_ASIDE, "decided_by": self.link.issued_by, "decided_at": timezone.now()}
        return self._received("10/2026", reason="Sent twice.", **decided)

    def _received(self, number: str, **facts: Any) -> ReceivedNomination:
        person = {
            "role": "observer", "full_name": "Lena Link", "job_title": "Counsellor", "organization": "Mission",
            "email": "lena@x.example", "language": "en", "reviews": [self.cast.review.code],
        }  # fmt: skip
        return ReceivedNomination.objects.create(
            mechanism=Mechanism.objects.get(slug="untoc"),
            state_party=self.cast.state,
            link=self.link,
            number=number,
            dated_on="2026-01-12",
            scan=SimpleUploadedFile("note.pdf", PDF),
            scan_name="note.pdf",
            sha256="0" * 64,
            people=[person],
            digest=text_hash(number),
            **facts,
        )
