from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "tissage.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .triggers import install_after_migrate

        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="people.triggers")
        # Each app's permissions, known to commands too, and the words of its own acts.
        autodiscover_modules("rules", "journal")
