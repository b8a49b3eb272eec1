from django.apps import AppConfig


class SynthesisConfig(AppConfig):
    name = "tissage.synthesis"
    label = "synthesis"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .triggers import FROZEN_STAYS

        FROZEN_STAYS.stand_after_migrations(self)
