from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "portal"
    verbose_name = _("Portal")

    def ready(self) -> None:
        from core.database import query_planning
        from core.features import declare
        from portal.practice import checks  # noqa: F401
        from portal.reference import table_rights

        declare("portal")
        # For one app with models; by then all of them are migrated.
        core = apps.get_app_config("core")
        post_migrate.connect(table_rights.prepare_roles, sender=core, dispatch_uid="portal.reference.table_rights")
        post_migrate.connect(query_planning.plan_quickly, sender=core, dispatch_uid="core.database.query_planning")
