from django.db import migrations

from tissage.frameworks.triggers import create_triggers, drop_triggers


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0002_crosswalk_between_versions")]

    operations = [migrations.RunPython(create_triggers, drop_triggers)]
