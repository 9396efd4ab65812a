"""Makes the review of an exercise, with three fictional States and a cast of its own; by workers alone.

Each exercise has States of its own, so that no page of a State, of a person or of a list can show another one.
"""

import datetime as dt
import itertools
import secrets
import string
from collections.abc import Iterator
from functools import cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _, override

from accounts.people import forget_account_rule, register_user
from accounts.people.enums import AccountRuleKey, RuleUnit
from accounts.people.models import AccountRule, User
from accounts.states.models import RegionalGroup, StateParty
from core.errors import ServiceError
from core.policy import SystemActor
from portal.practice.enums import ExercisePart
from portal.practice.models import Exercise
from reviews.cases.enums import ParticipationRole, ReviewingBasis
from reviews.opening import Reviewer, open_review
from reviews.programme.enums import AdherenceKind
from reviews.programme.models import Adherence, Instrument, Phase
from reviews.registration import register_participant
from reviews.shipped import first_mechanism, read_file, shipped_mechanisms

ACTOR = SystemActor("make_exercise")
EXERCISE = "exercise.json"
_JOINED_ON = dt.date(2012, 1, 1)
# Nobody of a cast has a passphrase or a second factor: one comes to them by a hand-over alone. For a day nobody is
# asked once more who he or she is.
_RULES = {
    AccountRuleKey.SECOND_FACTOR_GRACE: (9999, RuleUnit.DAYS),
    AccountRuleKey.FOCAL_POINT_GRACE: (9999, RuleUnit.DAYS),
    AccountRuleKey.RECENT_SIGN_IN: (24, RuleUnit.HOURS),
}
_SOURCE = "The practice portal: nobody has a passphrase here, and nothing is real."


@cache
def exercise_data() -> dict[str, Any]:
    """States, people and words of an exercise, from the folder of its mechanism; read once, for they are shipped."""
    data: dict[str, Any] = read_file(shipped_mechanisms()[first_mechanism()], EXERCISE)
    return data


@transaction.atomic
def make_exercise(key: UUID) -> None:
    """Make review and cast of an exercise that has none yet; a second time changes nothing.

    Raises ServiceError where all codes of States are used up.
    """
    exercise = Exercise.objects.select_for_update().get(pk=key)
    if exercise.review_id is not None or exercise.dropped_at is not None:
        return
    _ease_rules()
    data, language = exercise_data(), exercise.language
    # Two exercises that are made at once wait here for each other, for both look for free codes.
    phase = (
        Phase.objects.select_for_update(no_key=True, of=("self",))
        .select_related("mechanism", "cluster")
        .get(mechanism__slug=first_mechanism(), number=1)
    )
    with override(language):  # what it refuses its learner reads
        states = _states(data["states"], phase)
    review = open_review(
        actor=ACTOR,
        phase=phase,
        state_under_review=states["own"],
        reviewers=[
            Reviewer(states["first"], ReviewingBasis.SAME_GROUP),
            Reviewer(states["second"], ReviewingBasis.OTHER_GROUP),
        ],
        starts_on=timezone.localdate(),
    )
    users = [_person(row, states[row["state"]], language) for row in data["people"]]
    for part, row, user in zip(ExercisePart, data["people"], users, strict=True):
        role = ParticipationRole(row["role"])
        register_participant(actor=ACTOR, review=review, user=user, state_party=states[part.state], role=role)
    exercise.review = review
    exercise.cast = {part.value: str(user.pk) for part, user in zip(ExercisePart, users, strict=True)}
    exercise.failure, exercise.asked_at = "", None
    exercise.save(update_fields=["review", "cast", "failure", "asked_at", "updated_at"])


def note_failure(key: UUID, error: Exception) -> None:
    """Keep why a worker could not do what it was asked for: in words where there are any, or by the kind of the error.

    Of an exercise that is made the same may be asked for again at once.
    """
    said = str(error) if isinstance(error, ServiceError) else type(error).__name__
    now, exercise = timezone.now(), Exercise.objects.filter(pk=key)
    exercise.filter(review=None).update(failure=said, updated_at=now)
    exercise.exclude(review=None).update(failure=said, asked_at=None, updated_at=now)


def _ease_rules() -> None:
    for key, (value, unit) in _RULES.items():
        others = AccountRule.objects.filter(key=key).exclude(value=value, unit=unit)
        if others.update(value=value, unit=unit, source=_SOURCE, updated_at=timezone.now()):
            transaction.on_commit(lambda key=key: forget_account_rule(key))  # type: ignore[misc]


def _states(rows: list[dict[str, Any]], phase: Phase) -> dict[str, StateParty]:
    """Three new States of the same names, which nobody sees beside those of another exercise."""
    taken = set(StateParty.objects.values_list("iso3", flat=True))
    codes = list(itertools.islice((code for code in _codes() if code not in taken), len(rows)))
    if len(codes) < len(rows):
        raise ServiceError(_("The practice portal is full: all codes of States are used up."))
    states = {}
    for code, row in zip(codes, rows, strict=True):
        states[row["key"]] = StateParty.objects.create(
            iso3=code,
            name_en=row["name"]["en"],
            name_ar=row["name"]["ar"],
            regional_group=RegionalGroup.objects.get(slug=row["regional_group"]),
            is_fictional=code.startswith("X"),
        )
        for instrument in Instrument.objects.filter(mechanism=phase.mechanism_id):
            Adherence.objects.create(
                state_party=states[row["key"]],
                instrument=instrument,
                kind=AdherenceKind.RATIFICATION,
                deposited_on=_JOINED_ON,
            )
    return states


def _codes() -> Iterator[str]:
    """All that there may be, those of fictional States first: seventeen thousand, for a third as many exercises."""
    letters = ["X", *string.ascii_uppercase.replace("X", "")]
    return ("".join(code) for code in itertools.product(letters, string.ascii_uppercase, string.ascii_uppercase))


def _person(row: dict[str, Any], state: StateParty, language: str) -> User:
    """A new account. Nobody can guess its address, and so get at it out of another exercise."""
    name = row["name"]
    user, is_new = register_user(
        actor=ACTOR,
        email=f"{slugify(name['en']).replace('-', '.')}.{secrets.token_hex(8)}@{state.iso3.lower()}.example",
        full_name=name.get(language, name["en"]),
        language=language,
    )
    if not is_new:
        raise ValueError("The address of one of a cast belongs to somebody.")
    user.activated_at, user.working_languages = timezone.now(), [language]  # with which a proposal begins
    user.save(update_fields=["activated_at", "working_languages", "updated_at"])
    return user
