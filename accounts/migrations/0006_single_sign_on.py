"""Identity providers, and who has proven to be whom one names (docs/adr/0103)."""

import uuid

from django.db import migrations, models
from django.db.models import CASCADE, F, Q

from core.database.columns import MAYBE, USER, holds, key, list_of, moments, once, people, table
from core.database.guards import SERVES_PAGES, changed, refused, stays_as_written
from core.database.row_security import AT_THE_DOOR, GIVING_KEYS, ME, THE_SYSTEM, close

_PROVIDER, _LINK = "accounts_identityprovider", "accounts_identitylink"
_SECRETARIAT, _STEWARD = "(SELECT acting_role() <> '')", "(SELECT acting_role() = 'administrator')"
_OFFICER = "(SELECT acting_role() = 'officer' OR acting_role() = 'administrator')"
_SAID = (
    "kind", "name", "issuer", "client_id", "sealed_secret", "state_party_id", "domains", "address_claim", "name_claim",
    "trusts_factor", "is_forced", "replaces_id", "place", "prepared_by_id",
    "created_at",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_scopes"), ("socialaccount", "0001_initial")]

    operations = [
        table("IdentityProvider", "identity provider", "identity providers", [
            ("kind", models.CharField("kind", max_length=10, choices=[("oidc", "OpenID Connect")], default="oidc")),
            ("name", models.CharField("name", max_length=60)),
            ("issuer", models.CharField("issuer", max_length=300)),
            ("client_id", models.CharField("client ID", max_length=190)),
            ("sealed_secret", models.TextField("client secret, sealed", blank=True)),
            ("state_party", key("accounts.stateparty", "State", **MAYBE)),
            ("domains", list_of(models.CharField(max_length=200), "domains of addresses")),
            ("address_claim", models.CharField("claim with the address", max_length=60, default="email")),
            ("name_claim", models.CharField("claim with the name", max_length=60, default="name")),
            ("trusts_factor", models.BooleanField("its second factor is trusted", default=False)),
            ("is_forced", models.BooleanField("its people sign in by it alone", default=False)),
            ("replaces", key("accounts.identityprovider", "takes the place of", **MAYBE)),
            ("place", models.UUIDField("where it leads back to", default=uuid.uuid4, editable=False)),
            *people({}, prepared_by="prepared by"),
            *people(MAYBE, approved_by="approved by"),
            *moments(MAYBE, approved_at="approved at", starts_at="in use from", ended_at="ended at"),
        ], [
            holds("two_stand_behind_a_provider", Q(approved_by=None) | ~Q(approved_by=F("prepared_by"))),
        ], ordering=["name", "created_at"]),
        table("IdentityLink", "identity link", "identity links", [
            ("user", key(USER, "person", "identity_links", rule=CASCADE)),
            ("issuer", models.CharField("issuer", max_length=300)),
            ("subject", models.CharField("subject", max_length=255)),
            *moments(MAYBE, ended_at="ended at"),
        ], [
            once("one_account_of_a_subject", "issuer", "subject", condition=Q(ended_at=None)),
            once("one_subject_of_a_person", "user", "issuer", condition=Q(ended_at=None)),
        ]),
        # The sign-in page names them to everybody; their secrets are sealed.
        close(
            _PROVIDER, read="true", added=f"{_STEWARD} AND prepared_by_id = {ME} AND starts_at IS NULL",
            write=f"{_OFFICER} OR {THE_SYSTEM}",
        ),
        refused(
            _PROVIDER, "second", on="UPDATE", when=changed(["approved_by_id", "approved_at", "starts_at"]),
            condition=f"{SERVES_PAGES} AND NEW.approved_by_id IS DISTINCT FROM {ME}",
            words="who approves a provider does so in the own name",
        ),
        refused(
            _PROVIDER, "stays_ended", on="UPDATE", when=changed(["ended_at"]),
            condition=f"{SERVES_PAGES} AND OLD.ended_at <= now()", words="what has ended stays so",
        ),
        stays_as_written(_PROVIDER, _SAID, once=["approved_by_id", "approved_at", "starts_at"]),
        # Made by its own person alone, whom the door finds by it; whoever ends an account ends it with that.
        close(
            _LINK, read=f"{AT_THE_DOOR} OR user_id = {ME} OR {_SECRETARIAT} OR {THE_SYSTEM}", added=f"user_id = {ME}",
            write=f"{GIVING_KEYS} OR user_id = {ME} OR {THE_SYSTEM}",
        ),
        stays_as_written(_LINK, ("user_id", "issuer", "subject", "created_at"), once=["ended_at"]),
    ]  # fmt: skip
