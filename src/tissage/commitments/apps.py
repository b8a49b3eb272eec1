from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "tissage.commitments"
    label = "commitments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .triggers import JUDGED_STAYS

        JUDGED_STAYS.stand_after_migrations(self)
