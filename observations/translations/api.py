"""Translations of a text, and those that a translator is asked for, for programs."""

from collections.abc import Iterable

from rest_framework import serializers

from core.api.reads import RowSerializer, WholeListTwin
from observations.translations.models import TranslationOrder
from observations.translations.selectors import TranslationRow, own_orders, rows_of_text
from observations.translations.views import OwnTranslationsView, TextTranslationListView
from reviews.lists import StateSerializer
from reviews.navigation import ReviewActView, ReviewTwin


class MachineActView(ReviewActView):
    """No transaction is held open while the provider of another house works, so no answer is kept by a key; what was
    drafted is not drafted again.
    """

    heeds_key = False


class OrderSerializer(RowSerializer):
    """``sha256``: of the version that is translated; ``confirmed_sha256``: of the translation that was confirmed."""

    version = serializers.IntegerField(source="version.number")
    ordered_for = StateSerializer()

    class Meta:
        model = TranslationOrder
        fields = [
            "id",
            "version",
            "language",
            "ordered_for",
            "due_on",
            "word_count",
            "sha256",
            "handed_in_at",
            "ended_at",
            "confirmed_at",
            "confirmed_sha256",
        ]


class OwnOrderSerializer(RowSerializer):
    """What a translator knows of it: the version and the review are not among that."""

    ordered_for = StateSerializer()

    class Meta:
        model = TranslationOrder
        fields = ["id", "language", "ordered_for", "due_on", "word_count", "remark", "sha256", "handed_in_at"]


class TranslationRowSerializer(serializers.Serializer[TranslationRow]):
    """``done`` of ``total`` segments are translated; ``is_current``: the version stands still."""

    order = OrderSerializer()
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    is_current = serializers.BooleanField()
    confirmed_by = StateSerializer(many=True)


class TranslationListApiView(ReviewTwin, WholeListTwin):
    """The translations of a text that the caller reads: those of the caller's State, and what is confirmed."""

    shows = TextTranslationListView
    twin_of = ("observations:translation-list",)
    scope_group = "texts"
    serializer_class = TranslationRowSerializer

    def get_rows(self) -> Iterable[TranslationRow]:
        return rows_of_text(self.user, self.shown.text)


class OwnTranslationListApiView(WholeListTwin):
    """What is ordered from the caller and has not ended."""

    shows = OwnTranslationsView
    twin_of = ("observations:translation-own",)
    scope_group = "texts"
    serializer_class = OwnOrderSerializer

    def get_rows(self) -> Iterable[TranslationOrder]:
        return own_orders(self.shown.user)
