"""Seeded the built-in platform profiles once; artists/services/profiles.py does so after every migration now."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("artists", "0002_operation_warning")]
    operations = []
