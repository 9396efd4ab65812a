"""A mechanism that nobody of the cast has brought in, made when the first address asks for it."""

from functools import cached_property
from typing import Any

from portal.mechanisms.enums import ChoiceStatus, MechanismWay
from portal.mechanisms.models import MechanismChoice
from tests.factories.accounts import AdministratorFactory
from tests.portal.mechanisms.folders import SHIPPED, files_of


class Choices:
    @cached_property
    def waiting(self) -> MechanismChoice:
        """Its files are not looked at before somebody confirms it."""
        administrator: Any = AdministratorFactory.create()
        files = next(files_of(slug) for slug in SHIPPED if slug != "untoc")
        return MechanismChoice.objects.create(
            way=MechanismWay.FILE,
            slug="walked",
            short_name="Walked",
            files=files,
            file_name="walked.zip",
            status=ChoiceStatus.WAITING,
            chosen_by=administrator,
        )
