from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "tissage.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .triggers import ISSUED_STAYS

        ISSUED_STAYS.stand_after_migrations(self)
