from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class SynthesisConfig(AppConfig):
    name = "tissage.synthesis"
    label = "synthesis"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from .triggers import install_after_migrate, step_aside_before_migrate

        pre_migrate.connect(step_aside_before_migrate, sender=self, dispatch_uid="synthesis.triggers")
        post_migrate.connect(install_after_migrate, sender=self, dispatch_uid="synthesis.triggers")
