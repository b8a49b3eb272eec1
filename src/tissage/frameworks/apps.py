from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    name = "tissage.frameworks"
    label = "frameworks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .triggers import PUBLISHED_STAYS

        PUBLISHED_STAYS.stand_after_migrations(self)
