"""The WSGI entry that Granian serves."""

import os

from django.core.wsgi import get_wsgi_application
from django.db.backends.signals import connection_created

from stillwater.thread_memory import keep_arenas_few, keep_connections_small

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stillwater.settings")
keep_arenas_few()
connection_created.connect(keep_connections_small)
application = get_wsgi_application()
