from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "tissage.plan"
    label = "plan"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .triggers import SENT_STAYS

        SENT_STAYS.stand_after_migrations(self)
