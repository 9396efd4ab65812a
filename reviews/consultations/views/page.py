"""The one page of the consultations: what stands, what is missing, what the reader may do, what happens next."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from accounts.states.models import StateParty
from core.language.i18n import DEFAULT_LANGUAGE, UN_LANGUAGES, list_of
from core.policy import explain
from core.templatetags.components import date_words
from reviews.agreement import Absences, Agreement, Word, absences_by, words_of
from reviews.capacities import capacity_of
from reviews.cases import limits_of
from reviews.cases.enums import ParticipationRole, ReviewAction
from reviews.cases.models import PartialTeam, Participation, ReviewMilestone
from reviews.consultations.forms.consultations import ConsultationForm, initial_dates
from reviews.consultations.models import ConsultationConfirmation, ConsultationProposal
from reviews.consultations.selectors import (
    DateToAgree,
    LanguagesOfState,
    dates_to_agree,
    languages_of_states,
    partial_teams_of,
    proposals_for,
    silence_days,
    suggested_languages,
)
from reviews.due import timeline_of
from reviews.navigation import ReviewPage
from reviews.participation import participants_of, roles_missing
from reviews.programme.enums import MilestoneKind, StepKind
from reviews.visibility import states_taking_part

# How many working languages, without and with a reason.
_LIMITS = ("working_languages", "working_languages_with_reason")


@dataclass(frozen=True, slots=True)
class ProposalDifference:
    """What an earlier proposal said otherwise than the one that stands, both in words."""

    label: str
    then: str
    now: str


@dataclass(frozen=True, slots=True)
class ProposedDateRow:
    """A milestone with its dates in words: by the plan, in the proposal before, in this one, and how far that moves.

    ``previous`` is empty where there was no proposal before, or it said the same.
    """

    date: DateToAgree
    day: dt.date | None
    previous: str
    distance: str


@dataclass(frozen=True, slots=True)
class IncompleteTeam:
    """A State that has not named all its people. ``record``: the others go ahead without it."""

    state: StateParty
    roles: Sequence[ParticipationRole]
    record: PartialTeam | None

    @property
    def role_names(self) -> list[str]:
        return [str(role.label) for role in self.roles]


class ConsultationPage(ReviewPage):
    """What the page shows, with the form to propose in it: ``form`` where the reader may propose."""

    title = gettext_lazy("Consultations")
    is_form_open = False

    @cached_property
    def states(self) -> list[StateParty]:
        return list(states_taking_part(self.review))

    @cached_property
    def proposals(self) -> list[ConsultationProposal]:
        return proposals_for(self.user, self.review)

    @property
    def standing(self) -> ConsultationProposal | None:
        return self.proposals[0] if self.proposals else None

    @property
    def is_open(self) -> bool:
        return self.review.step.kind == StepKind.CONSULTATION

    @cached_property
    def milestones(self) -> list[ReviewMilestone]:
        return list(timeline_of(self.review))

    @cached_property
    def dates(self) -> list[DateToAgree]:
        return dates_to_agree(self.review, self.milestones)

    @cached_property
    def participants(self) -> list[Participation]:
        return list(participants_of(self.review))

    @cached_property
    def partial_teams(self) -> list[PartialTeam]:
        return list(partial_teams_of(self.review))

    @cached_property
    def gone_ahead(self) -> Absences:
        return absences_by(self.partial_teams)[self.review.pk]

    @cached_property
    def languages_used(self) -> list[LanguagesOfState]:
        return languages_of_states(self.states, self.participants)

    @cached_property
    def limits(self) -> dict[str, int]:
        return limits_of(self.review, *_LIMITS)

    def form_facts(self) -> dict[str, Any]:
        """What the form has to know."""
        usual, most = (self.limits[key] for key in _LIMITS)
        return {"dates": [date for date in self.dates if date.is_open], "usual": usual, "most": most}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        decision = explain(user, ReviewAction.PROPOSE_CONSULTATION, self.review)
        if decision and "form" not in kwargs:
            kwargs["form"] = ConsultationForm(**self.form_facts(), initial=self.initial_proposal())
        absences = self.incomplete_teams()
        return super().get_context_data(
            proposal=self.standing,
            is_open=self.is_open,
            is_form_open=self.is_form_open,
            propose_decision=decision,
            record_decision=explain(user, ReviewAction.RECORD_CONSULTATIONS, self.review),
            reasons_decision=explain(user, ReviewAction.READ_REASONS, self.review),
            go_ahead_decision=explain(user, ReviewAction.GO_AHEAD, self.review),
            absences=absences,
            held=self._held(),
            languages_used=_in_words(self.languages_used) if decision else [],
            **(self._standing(self.standing) if self.standing else {}),
            **kwargs,
        )

    def initial_proposal(self) -> dict[str, Any]:
        """What stands now, so that only what is otherwise must be changed; at first, the languages that States use.

        The note belongs to whoever wrote it.
        """
        if self.standing is None:
            languages = suggested_languages(self.languages_used, self.limits[_LIMITS[0]])
            return {"languages": languages, "original": languages[0] if languages else DEFAULT_LANGUAGE}
        return {
            "languages": self.standing.languages,
            "original": self.standing.languages[0],
            "reason": self.standing.reason,
            **initial_dates(self.standing.dates),
        }

    def _held(self) -> Any:
        """By when the consultations are to be held, or when they were."""
        return next((row for row in self.milestones if row.plan.kind == MilestoneKind.CONSULTATION), None)

    def incomplete_teams(self) -> list[IncompleteTeam]:
        """The States without all their people, or without which the others go ahead."""
        records = {row.state_party_id: row for row in self.partial_teams}
        present = {(row.state_party_id, row.role) for row in self.participants}
        missing = dict(roles_missing(present, self.states))
        return [
            IncompleteTeam(state, missing.get(state, []), records.get(state.pk))
            for state in self.states
            if state in missing or state.pk in records
        ]

    def _standing(self, standing: ConsultationProposal) -> dict[str, Any]:
        dates, words, missing = self.dates, self.words_on(standing), self._agreement(standing).missing
        earlier = self.proposals[1:]
        agreed = (row for number, row in enumerate(earlier) if self._was_agreed(row, self.proposals[number]))
        return {
            "proposed_languages": _languages(standing),
            "text_language": _text_language(standing),
            "previous_languages": _other_languages(standing, earlier[:1]),
            "dates": _date_rows(standing, earlier[:1], dates),
            "previous": earlier[0] if earlier else None,
            "words": words,
            "missing": missing,
            "goes_without": any(word.answer is None and not word.is_waited_for for word in words),
            "agreed_before": next(agreed, None) if missing else None,  # holds until all have confirmed the new one
            "earlier": [(row, _languages(row), _differences(row, standing, dates)) for row in earlier],
            **self._own_word(words),
        }

    def words_on(self, row: ConsultationProposal) -> list[Word[ConsultationConfirmation]]:
        """What the States have said of a proposal: of the one that stands, with the days on which silence counts."""
        agreement = self._agreement(row)
        return self._with_silence(row, agreement) if row == self.standing else list(agreement.words)

    def _agreement(
        self, row: ConsultationProposal, until: dt.datetime | None = None
    ) -> Agreement[ConsultationConfirmation]:
        not_waited_for = self.gone_ahead.not_waited_for(row.created_at, until)
        return Agreement(words_of(self.states, row.confirmations.all(), not_waited_for=not_waited_for))

    def _with_silence(
        self, proposal: ConsultationProposal, agreement: Agreement[ConsultationConfirmation]
    ) -> list[Word[ConsultationConfirmation]]:
        today = timezone.localdate()
        days = silence_days(self.review, proposal, agreement.missing, today) if self.is_open else {}
        return [replace(word, silent_from=days.get(word.state.pk)) for word in agreement.words]

    def _was_agreed(self, row: ConsultationProposal, following: ConsultationProposal) -> bool:
        """Whether nobody's word was missing when the next proposal took its place."""
        return not self._agreement(row, following.created_at).missing

    def _own_word(self, words: list[Word[ConsultationConfirmation]]) -> dict[str, Any]:
        """Where the reader's State has not confirmed: whether the reader may do it."""
        capacity = capacity_of(self.user, self.review)
        own = next((word for word in words if capacity and word.state.pk == capacity.state_party_id), None)
        if own is None or own.answer is not None:
            return {}
        return {
            "own_state": own.state,
            "own_silent_from": own.silent_from,
            "confirm_decision": explain(self.user, ReviewAction.CONFIRM_CONSULTATION, self.review),
        }


def _in_words(rows: list[LanguagesOfState]) -> list[tuple[StateParty, str, str]]:
    """For each State: the language that it mostly uses, and those in which its people work."""
    names = dict(UN_LANGUAGES)
    return [
        (
            row.state,
            str(names.get(row.mostly_used, "")),
            list_of([f"{name} ({row.people[code]})" for code, name in UN_LANGUAGES if row.people[code]]),
        )
        for row in rows
    ]


def _languages(proposal: ConsultationProposal) -> str:
    names = dict(UN_LANGUAGES)
    return list_of([str(names[code]) for code in proposal.languages])


def _text_language(proposal: ConsultationProposal) -> str:
    """In which the texts are written."""
    return str(dict(UN_LANGUAGES)[proposal.languages[0]])


def _other_languages(standing: ConsultationProposal, earlier: list[ConsultationProposal]) -> str:
    """Those of the proposal before, where they were others."""
    return next((_languages(row) for row in earlier if set(row.languages) != set(standing.languages)), "")


def _date_rows(
    standing: ConsultationProposal, earlier: list[ConsultationProposal], dates: list[DateToAgree]
) -> list[ProposedDateRow]:
    rows = []
    for date in dates:
        day = _proposed_day(standing, date)
        before = [_day_words(row, date) for row in earlier if _proposed_day(row, date) != day]
        rows.append(
            ProposedDateRow(date, day, before[0] if before else "", _distance(date.planned_on, day) if day else "")
        )
    return rows


def _distance(planned_on: dt.date, day: dt.date) -> str:
    days = (day - planned_on).days
    if days > 0:
        return ngettext("%(days)d day later", "%(days)d days later", days) % {"days": days}
    if days < 0:
        return ngettext("%(days)d day earlier", "%(days)d days earlier", -days) % {"days": -days}
    return _("the same day")


def _proposed_day(proposal: ConsultationProposal, date: DateToAgree) -> dt.date | None:
    day = proposal.dates.get(date.slug)
    return dt.date.fromisoformat(day) if day else None


def _differences(
    earlier: ConsultationProposal, standing: ConsultationProposal, dates: list[DateToAgree]
) -> list[ProposalDifference]:
    pairs = [(_("Working languages"), _languages(earlier), _languages(standing))]
    pairs.append((_("Language of the texts"), _text_language(earlier), _text_language(standing)))
    pairs.append((_("Reason for a further language"), earlier.reason or "–", standing.reason or "–"))
    pairs += [(date.name, _day_words(earlier, date), _day_words(standing, date)) for date in dates]
    return [ProposalDifference(label, then, now) for label, then, now in pairs if then != now]


def _day_words(proposal: ConsultationProposal, date: DateToAgree) -> str:
    day = _proposed_day(proposal, date)
    return date_words(day) if day else _("as in the plan")
