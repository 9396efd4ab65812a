"""Reminders and absences of the caller, the rules by which they come, and mails, for programs."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.people.models import User
from core.api.reads import ObjectTwin, PagedListTwin, RowSerializer, WholeListTwin, name_of
from core.mail.reports import rows_of
from core.models import Notification
from portal.reminders.filters import DeliveryFilterSet
from portal.reminders.planner import default_hour
from portal.reminders.upcoming import rules_in_words, when
from portal.reminders.views.own import DeliveryListView, RemindersView
from portal.reminders.views.rules import ReminderRulesView
from reviews.absences import absences_of
from reviews.absences.models import Absence
from reviews.preferences import delegations_by, delegations_to, mutes_of, snoozes_of
from reviews.preferences.models import Snooze, TaskDelegation
from reviews.reminders.models import ReminderRule


class AbsenceSerializer(RowSerializer):
    deputy = name_of("deputy")

    class Meta:
        model = Absence
        fields = ["id", "starts_on", "ends_on", "deputy"]


class SnoozeSerializer(RowSerializer):
    review = serializers.CharField(source="milestone.review.code")
    milestone = serializers.CharField(source="milestone.plan.slug")

    class Meta:
        model = Snooze
        fields = ["review", "milestone", "until"]


class DelegationOfTaskSerializer(RowSerializer):
    """An act of which ``colleague`` is reminded in the place of ``person``."""

    review = serializers.CharField(source="milestone.review.code")
    milestone = serializers.CharField(source="milestone.plan.slug")
    person = name_of("user")
    colleague = name_of("colleague")

    class Meta:
        model = TaskDelegation
        fields = ["review", "milestone", "person", "colleague"]


class RemindersSerializer(serializers.Serializer[Any]):
    """``hour`` is null where the caller has chosen none; ``muted``: codes of reviews."""

    hour = serializers.IntegerField(allow_null=True)
    default_hour = serializers.IntegerField()
    absences = AbsenceSerializer(many=True)
    snoozes = SnoozeSerializer(many=True)
    handed_on = DelegationOfTaskSerializer(many=True)
    taken_on = DelegationOfTaskSerializer(many=True)
    muted = serializers.ListField(child=serializers.CharField())


class RemindersApiView(ObjectTwin):
    """What the caller has said about his or her own reminders, and when he or she is away."""

    shows = RemindersView
    scope_group = "account"
    twin_of = ("portal:reminders",)
    serializer_class = RemindersSerializer

    def get_object(self) -> dict[str, Any]:
        user: User = self.shown.user
        own = getattr(user, "reminder_hour", None)
        return {
            "hour": own.hour if own else None,
            "default_hour": default_hour(),
            "absences": absences_of(user, timezone.localdate()),
            "snoozes": snoozes_of(user),
            "handed_on": delegations_by(user),
            "taken_on": delegations_to(user),
            "muted": [mute.review.code for mute in mutes_of(user)],
        }


class ReminderRuleSerializer(RowSerializer):
    """``days`` after the indicative date, before it where negative; ``when`` in words."""

    when = serializers.SerializerMethodField()

    class Meta:
        model = ReminderRule
        fields = ["audience", "days", "when"]

    def get_when(self, rule: ReminderRule) -> str:
        return when(rule.days)


class ReminderRulesApiView(WholeListTwin):
    """When the portal writes to whom, in the order of time."""

    shows = ReminderRulesView
    scope_group = "reviews"
    twin_of = ("portal:reminder-rules",)
    serializer_class = ReminderRuleSerializer

    def get_rows(self) -> Iterable[Any]:
        for _when, rules in rules_in_words(self.shown.mechanism):
            yield from rules


class DeliverySerializer(RowSerializer):
    """A mail: to whom, about which reviews, and how it fared. ``subject``: no more of its words is told than there.

    ``office``: the mission or office to which a letter went, with who has written it; ``recipient`` is null then.
    """

    recipient = serializers.SerializerMethodField()
    office = serializers.SerializerMethodField()
    address = serializers.SerializerMethodField()
    written_by = serializers.SerializerMethodField()
    queued_at = serializers.DateTimeField(source="created_at")
    subject = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField(help_text="Why it did not arrive.")
    about = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Notification
        fields = [
            "id", "recipient", "office", "address", "written_by", "subject", "about", "queued_at", "status",
            "sent_at", "reason", "opened_at",
        ]  # fmt: skip

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_recipient(self, mail: Notification) -> str | None:
        return None if self.get_office(mail) else mail.recipient.full_name

    def get_office(self, mail: Notification) -> str:
        return str(mail.context.get("office") or "")

    def get_address(self, mail: Notification) -> str:
        return mail.address or mail.other_address or mail.recipient.email

    def get_written_by(self, mail: Notification) -> str | None:
        return mail.recipient.full_name if self.get_office(mail) else None

    def get_subject(self, mail: Notification) -> str:
        return str(rows_of([mail])[0]["subject"])

    def get_reason(self, mail: Notification) -> str:
        return str(rows_of([mail])[0]["reason"])


class DeliveryListApiView(PagedListTwin):
    """Mails, the newest first."""

    shows = DeliveryListView
    scope_group = "office"
    twin_of = ("portal:delivery-list",)
    serializer_class = DeliverySerializer
    filterset_class = DeliveryFilterSet
    cursor_ordering = ("-created_at", "pk")
