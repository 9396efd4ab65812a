"""A contact, a letter with its link, and what a mission has sent by it, made when the first address asks for one."""

from functools import cached_property

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.contacts.models import StateContact
from accounts.links.enums import LinkPurpose
from accounts.links.models import StateLink
from accounts.links.services import issue_link
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
        self.received  # noqa: B018 - made by being asked for

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
        person = {
            "role": "observer", "full_name": "Lena Link", "job_title": "Counsellor", "organization": "Mission",
            "email": "lena@x.example", "language": "en", "reviews": [self.cast.review.code],
        }  # fmt: skip
        return ReceivedNomination.objects.create(
            mechanism=Mechanism.objects.get(slug="untoc"),
            state_party=self.cast.state,
            link=self.link,
            number="9/2026",
            dated_on="2026-01-12",
            scan=SimpleUploadedFile("note.pdf", PDF),
            scan_name="note.pdf",
            sha256="0" * 64,
            people=[person],
            digest="1" * 64,
        )
