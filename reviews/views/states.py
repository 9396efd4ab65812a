import datetime as dt
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.views.generic import TemplateView

from accounts.enums import AccountAction
from accounts.models import StateParty
from accounts.selectors import fictional_states, get_state, regional_groups, sorted_by_name, states_parties
from core.policy import can
from core.views import PolicyView, PublicPage
from reviews.enums import NominationAction, StateAction
from reviews.forms import StateFilterForm
from reviews.models import Adherence, Instrument
from reviews.permissions.nominations import NominatingState
from reviews.selectors.lists import reviews_of_state
from reviews.selectors.programme import (
    adherences_of,
    begin_to_bind,
    instruments,
    left_out_of,
    mechanisms,
    with_adherences,
)
from reviews.selectors.reviews import for_list


class StateListView(PublicPage, TemplateView):
    """The States by regional group with what each has joined, for everybody; fictional ones apart."""

    template_name = "reviews/state_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = StateFilterForm(self.request.GET)
        chosen = form.cleaned_data if form.is_valid() else {}
        columns = list(instruments())
        text, slug = chosen.get("q", ""), chosen.get("group", "")
        states = [state for state in sorted_by_name(with_adherences(states_parties())) if _matches(state, text)]
        groups = [(group, group.pk) for group in regional_groups() if slug in ("", group.slug)]
        sections = [(group.name, _rows(states, pk, columns)) for group, pk in groups]
        if not slug:
            sections.append(("", _rows(states, None, columns)))
        fictional = [] if slug or text else sorted_by_name(with_adherences(fictional_states()))
        return super().get_context_data(
            form_filter=form,
            instruments=columns,
            sections=[section for section in sections if section[1]],
            fictional=[_row(state, columns) for state in fictional],
            count=sum(len(rows) for _name, rows in sections),
            **kwargs,
        )


class StateDetailView(PolicyView, TemplateView):
    """One State: what it has joined and when, and its reviews that the reader may know of."""

    policy_action = AccountAction.VIEW_STATES
    template_name = "reviews/state_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        state = get_state(self.kwargs["iso3"])
        adherences = list(adherences_of(state))
        joined, begins = {row.instrument_id: row for row in adherences}, begin_to_bind(adherences)
        user: Any = self.request.user
        reviews = list(for_list(reviews_of_state(user, state)).order_by("code"))
        return super().get_context_data(
            state=state,
            rows=[_bound(instrument, joined.get(instrument.pk), begins) for instrument in instruments()],
            reviews=reviews,
            left_out=left_out_of(*reviews),
            now=timezone.now(),
            sees_staff_sessions=can(user, StateAction.VIEW_STAFF_SESSIONS, state),
            places=[NominatingState(mechanism, state) for mechanism in mechanisms()],
            view_nominations=NominationAction.VIEW_STATE,
            read_record=NominationAction.READ_RECORD,
            **kwargs,
        )


def _bound(
    instrument: Instrument, adherence: Adherence | None, begins: dict[UUID, dt.date]
) -> tuple[Instrument, Adherence | None, dt.date | None]:
    return instrument, adherence, begins.get(adherence.pk) if adherence else None


def _matches(state: StateParty, text: str) -> bool:
    return text.casefold() in state.name.casefold() or text.upper() == state.iso3


def _rows(states: list[StateParty], group_id: Any, columns: list[Instrument]) -> list[dict[str, Any]]:
    return [_row(state, columns) for state in states if state.regional_group_id == group_id]


def _row(state: StateParty, columns: list[Instrument]) -> dict[str, Any]:
    joined = {adherence.instrument_id: adherence for adherence in state.all_adherences}  # type: ignore[attr-defined]
    return {"state": state, "cells": [(column, joined.get(column.pk)) for column in columns]}
