"""The WSGI entry that Granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.settings")
application = get_wsgi_application()
