"""Seeds the five built-in platform profiles, Kodi's being active (files-and-platforms.md 2.1)."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAMES = {"thumb": ["folder.jpg"], "fanart": ["fanart.jpg"], "logo": ["logo.png"], "banner": ["banner.jpg"]}
PROFILES = [
    {"id": "emby", "name": "Emby", "image_naming": NAMES | {"fanart": ["backdrop.jpg"]}},
    {"id": "jellyfin", "name": "Jellyfin", "image_naming": NAMES | {"fanart": ["backdrop.jpg"]}},
    {"id": "kodi", "name": "Kodi", "image_naming": NAMES, "is_active": True},
    {"id": "custom", "name": "Custom", "image_naming": NAMES},
    {"id": "plex", "name": "Plex", "image_naming": NAMES | {"thumb": ["artist.jpg"]}, "nfo_enabled": False},
]


def seed(apps: Apps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    profile_model = apps.get_model("artists", "PlatformProfile")
    for values in PROFILES:
        profile_model.objects.get_or_create(id=values["id"], defaults={**values, "is_builtin": True})


class Migration(migrations.Migration):
    dependencies = [("artists", "0002_operation_warning")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
