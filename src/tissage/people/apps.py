from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "tissage.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .triggers import JOURNAL

        JOURNAL.stand_after_migrations(self)
        # Each app's permissions, known to commands too, and the words of its own acts.
        autodiscover_modules("rules", "journal")
