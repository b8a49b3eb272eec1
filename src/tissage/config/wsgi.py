"""The WSGI entry, served by granian (`tissage serve`)."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tissage.config.settings")
application = get_wsgi_application()
