from django.apps import AppConfig


class AgendaConfig(AppConfig):
    name = "tissage.agenda"
    label = "agenda"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .triggers import SETTLED_STAYS

        SETTLED_STAYS.stand_after_migrations(self)
