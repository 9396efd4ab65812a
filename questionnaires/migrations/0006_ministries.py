"""What is sent to a ministry has a date and an answer; proposals lie apart from the official answers (docs/adr/0059).

A national contributor reads and writes official answers no longer, and of assignments and proposals only the own ones.
"""

import django.contrib.postgres.fields
from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations import RunSQL
from django.db.models import CASCADE, PROTECT, ForeignKey, Q, UniqueConstraint
from django.utils import timezone

from core.database.columns import base
from core.database.guards import append_only, kept_from_pages, refused_on
from core.database.row_security import LOOKING, ME, THE_SYSTEM, also_changed, also_readable, close, protect
from core.language.i18n import UN_LANGUAGES

_USER = settings.AUTH_USER_MODEL
_IN_ROOM = "(review_id, room_id) IN (SELECT * FROM acting_places('answers'))"
_DRAFTED = "(review_id, room_id) IN (SELECT * FROM acting_places('write'))"
_OWN = f"""participation_id IN (
    SELECT part.id FROM reviews_participation part WHERE part.user_id = {ME} AND part.ended_at IS NULL
)"""
_OF_DRAFTERS = f"""EXISTS (
    SELECT FROM questionnaires_response parent WHERE parent.id = response_id AND {_DRAFTED}
)"""
_OF_PROPOSAL = f"""EXISTS (
    SELECT FROM questionnaires_proposal parent WHERE parent.id = answer_id AND (({_DRAFTED}) OR {_OWN})
)"""
# Of what was sent so that the official answer is read: the section, or the question with its follow-ups.
_SHOWN = f"""EXISTS (
    SELECT FROM questionnaires_sectionassignment sent
    JOIN reviews_participation part
        ON part.id = sent.participation_id AND part.user_id = {ME} AND part.ended_at IS NULL
    JOIN questionnaires_question asked
        ON asked.id = questionnaires_answer.question_id AND asked.section_id = sent.section_id
    LEFT JOIN questionnaires_question head ON head.id = sent.question_id
    WHERE sent.response_id = questionnaires_answer.response_id AND sent.shows_official
        AND (head.id IS NULL OR head.id = asked.id OR starts_with(asked.code, head.code || '.'))
)"""
# More than what the contributor says of what was sent: he or she would read every official answer by it.
_SAID = "ARRAY['said', 'said_at', 'word', 'checked_by_id', 'updated_at']"
_NOT_SAID = f"""NOT {_OF_DRAFTERS.replace("response_id", "OLD.response_id")} AND (
    to_jsonb(NEW) - {_SAID} <> to_jsonb(OLD) - {_SAID}
    OR NEW.checked_by_id IS NOT NULL AND NEW.checked_by_id IS DISTINCT FROM OLD.checked_by_id
)"""
_OF_A_STATE = """NEW.is_outside_competence
    AND NOT EXISTS (SELECT FROM accounts_stateparty WHERE id = NEW.room_id AND is_reio)"""
_WORDS = "only a regional economic integration organization answers so"
_ACTS = ("read", "insert", "update", "delete")
_DROP = "".join(f"DROP POLICY rooms_{act} ON {{table}};" for act in _ACTS)


def _again(table: str, before: RunSQL, now: RunSQL) -> RunSQL:
    """Other policies of the same names in place of those of before."""
    drop = _DROP.replace("{table}", table)
    return RunSQL(f"{drop} {now.sql}", f"{drop} {before.sql}")


def _key(to: str, name: str, related_name: str = "+", *, on_delete: object = PROTECT, **options: bool) -> ForeignKey:
    return ForeignKey(to, on_delete, related_name=related_name, verbose_name=name, **options)


def _in_room() -> list[tuple[str, models.Field]]:
    return [
        *base(),
        ("language", models.CharField("language", max_length=10, choices=UN_LANGUAGES)),
        ("review", _key("reviews.review", "review", on_delete=CASCADE)),
        ("room", _key("accounts.stateparty", "room", null=True, blank=True)),
    ]


def _content() -> list[tuple[str, models.Field]]:
    choices = django.contrib.postgres.fields.ArrayField(models.TextField(), default=list, verbose_name="choices")
    return [
        ("choices", choices),
        ("text", models.TextField("text", blank=True)),
        ("citations", models.JSONField("legal references", default=list)),
        ("is_outside_competence", models.BooleanField("not within the competence", default=False)),
        ("saved_by", _key(_USER, "saved by")),
    ]


_KINDS = [
    ("civil_society", "Civil society"),
    ("private_sector", "Private sector"),
    ("academia", "Academia"),
    ("other", "Other body"),
]
_SENT = {
    "question": _key("questionnaires.question", "question", on_delete=CASCADE, null=True),
    "due_on": models.DateField("due on", null=True),
    "remark": models.TextField("remark", blank=True),
    "shows_official": models.BooleanField("shows the official answers", default=False),
    "sent_by": _key(_USER, "sent by", null=True),
    "sent_at": models.DateTimeField("sent at", default=timezone.now),
    "said": models.CharField("said", max_length=10, choices=[("done", "Done"), ("not_ours", "Not ours")], blank=True),
    "said_at": models.DateTimeField("said at", null=True),
    "word": models.TextField("whom to ask", blank=True),
    "checked_by": _key(_USER, "checked by", null=True),
}


class Migration(migrations.Migration):
    dependencies = [("questionnaires", "0005_laws"), ("reviews", "0012_before_they_begin")]

    operations = [
        *[migrations.AddField("sectionassignment", name, field) for name, field in _SENT.items()],
        migrations.RemoveConstraint("sectionassignment", "one_assignment_a_contributor"),
        migrations.AddConstraint(
            "sectionassignment",
            UniqueConstraint(
                fields=["response", "section", "question", "participation"],
                nulls_distinct=False,
                name="one_assignment_a_contributor",
            ),
        ),
        migrations.CreateModel(
            "Proposal",
            [
                *_in_room(),
                *_content(),
                ("text_html", models.TextField("the text as it is shown", blank=True, default="", editable=False)),
                ("revision", models.PositiveIntegerField("revision", default=1)),
                ("return_reason", models.TextField("why it was returned", blank=True, default="", db_default="")),
                ("returned_at", models.DateTimeField("returned at", null=True)),
                ("return_answered_at", models.DateTimeField("return answered at", null=True)),
                ("returned_by", _key(_USER, "returned by", null=True)),
                ("response", _key("questionnaires.response", "response", "proposals", on_delete=CASCADE)),
                ("participation", _key("reviews.participation", "contributor", "proposals")),
                ("question", _key("questionnaires.question", "question")),
            ],
            options={"verbose_name": "proposal", "verbose_name_plural": "proposals"},
        ),
        migrations.AddConstraint(
            "proposal",
            UniqueConstraint(fields=["response", "participation", "question"], name="one_proposal_a_contributor"),
        ),
        migrations.CreateModel(
            "ProposalRevision",
            [
                *_in_room(),
                *_content(),
                ("number", models.PositiveIntegerField("number")),
                ("is_conflict", models.BooleanField("came on top of an older revision", default=False)),
                ("save_key", models.UUIDField("name of the save", null=True, editable=False)),
                ("answer", _key("questionnaires.proposal", "proposal", "revisions", on_delete=CASCADE)),
            ],
            options={
                "verbose_name": "revision of a proposal",
                "verbose_name_plural": "revisions of proposals",
                "ordering": ["answer", "created_at"],
            },
        ),
        migrations.AddConstraint(
            "proposalrevision",
            UniqueConstraint(
                fields=["answer", "number"], condition=Q(is_conflict=False), name="one_proposal_revision_a_number"
            ),
        ),
        migrations.CreateModel(
            "Adoption",
            [
                *_in_room(),
                ("number", models.PositiveIntegerField("revision of the proposal")),
                ("answer_number", models.PositiveIntegerField("revision of the answer")),
                ("adopted_by", _key(_USER, "adopted by")),
                ("proposal", _key("questionnaires.proposal", "proposal", "adoptions")),
            ],
            options={
                "verbose_name": "adoption of a proposal",
                "verbose_name_plural": "adoptions of proposals",
                "ordering": ["proposal", "created_at"],
            },
        ),
        migrations.CreateModel(
            "ConsultedBody",
            [
                *_in_room(),
                ("name", models.CharField("name", max_length=200)),
                ("kind", models.CharField("kind", max_length=20, choices=_KINDS)),
                ("consulted_on", models.DateField("consulted on")),
                ("about", models.TextField("on what", blank=True)),
                ("added_by", _key(_USER, "added by")),
                ("response", _key("questionnaires.response", "response", "consulted_bodies", on_delete=CASCADE)),
            ],
            options={
                "verbose_name": "consulted body",
                "verbose_name_plural": "consulted bodies",
                "ordering": ["response", "consulted_on", "created_at"],
            },
        ),
        protect("questionnaires_consultedbody", read=_DRAFTED, write=_DRAFTED),
        *[
            _again(table, protect(table, read=_IN_ROOM, write=_IN_ROOM), protect(table, read=_DRAFTED, write=_DRAFTED))
            for table in ("questionnaires_answer", "questionnaires_answerrevision")
        ],
        RunSQL(
            _DROP.replace("{table}", "questionnaires_sectionassignment"),
            protect(
                "questionnaires_sectionassignment",
                read=_OF_DRAFTERS.replace(_DRAFTED, _IN_ROOM),
                write=_OF_DRAFTERS.replace(_DRAFTED, _IN_ROOM),
            ).sql,
        ),
        close(
            "questionnaires_sectionassignment",
            read=f"{LOOKING} OR {_OF_DRAFTERS} OR {_OWN}",
            added=f"{THE_SYSTEM} OR {_OF_DRAFTERS}",
            write=f"{THE_SYSTEM} OR {_OF_DRAFTERS}",
        ),
        also_changed("questionnaires_sectionassignment", "own", _OWN),
        kept_from_pages(
            "questionnaires_sectionassignment",
            operations="UPDATE",
            condition=_NOT_SAID,
            words="of what was sent a contributor changes only what he or she says",
        ),
        also_readable("questionnaires_answer", "shown_to_ministry", _SHOWN),
        protect(
            "questionnaires_proposal", read=f"{_DRAFTED} OR {_OWN}", write=f"{_DRAFTED} OR ({_IN_ROOM} AND {_OWN})"
        ),
        # Written in one statement with its proposal, which a policy does not see yet.
        close(
            "questionnaires_proposalrevision",
            read=f"{LOOKING} OR {_OF_PROPOSAL}",
            added=f"{THE_SYSTEM} OR ({_IN_ROOM} AND saved_by_id = {ME})",
            write=THE_SYSTEM,
        ),
        protect("questionnaires_adoption", read=_DRAFTED, write=_DRAFTED),
        *[
            refused_on(f"questionnaires_{model}", name="of_a_state", condition=_OF_A_STATE, words=_WORDS)
            for model in ("proposal", "proposalrevision")
        ],
        append_only("questionnaires_proposalrevision"),
        append_only("questionnaires_adoption"),
    ]
