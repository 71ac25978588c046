"""All that the migrations named below do, in one step: of a new database this is most of the time that it takes."""

import django.db.models.deletion
import django.utils.timezone
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('connections', '0001_initial'),
        ('connections', '0002_plain_address'),
        ('connections', '0003_webhooks'),
        ('connections', '0004_servers_and_mappings'),
        ('connections', '0005_notices'),
        ('connections', '0006_pushes'),
        ('connections', '0007_seen_libraries'),
    ]

    initial = True

    dependencies = [
        ('artists', '0001_squashed_0017'),
    ]

    operations = [
        migrations.CreateModel(
            name='Caller',
            fields=[
                ('program', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('said', models.CharField(max_length=300)),
                ('times', models.PositiveBigIntegerField(default=0)),
                ('last_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['program'],
            },
        ),
        migrations.CreateModel(
            name='Webhook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('sealed_url', models.TextField()),
                ('target', models.CharField(max_length=300)),
                ('type', models.CharField(default='generic', max_length=20)),
                ('events', models.JSONField(blank=True, default=list)),
                ('enabled', models.BooleanField(default=True)),
                ('allow_private', models.BooleanField(default=False)),
                ('sealed_secret', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Connection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('type', models.CharField(choices=[('emby', 'Emby'), ('jellyfin', 'Jellyfin'), ('lidarr', 'Lidarr')], max_length=20)),
                ('url', models.CharField(max_length=500)),
                ('sealed_key', models.TextField(blank=True)),
                ('enabled', models.BooleanField(default=True)),
                ('status', models.CharField(default='unknown', help_text='ok, error, or unknown before a test.', max_length=20)),
                ('status_message', models.CharField(blank=True, max_length=500)),
                ('last_checked_at', models.DateTimeField(blank=True, null=True)),
                ('server_version', models.CharField(blank=True, max_length=60)),
                ('platform_server_id', models.CharField(blank=True, help_text='Another one: it was installed anew.', max_length=200)),
                ('platform_user_id', models.CharField(blank=True, help_text='Whose view of the items is read.', max_length=200)),
                ('platform_user_name', models.CharField(blank=True, max_length=200)),
                ('drift', models.JSONField(blank=True, default=list, help_text='What the last test found otherwise than before.')),
                ('feature_library_import', models.BooleanField(default=True, verbose_name='import libraries')),
                ('feature_nfo_write', models.BooleanField(default=True, verbose_name='write NFO files')),
                ('feature_image_write', models.BooleanField(default=True, verbose_name='write pictures')),
                ('feature_metadata_push', models.BooleanField(default=False, verbose_name='push metadata')),
                ('feature_trigger_refresh', models.BooleanField(default=False, verbose_name='ask for a refresh')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(auto_now=True)),
            ],
            options={
                'ordering': ['name'],
                'constraints': [models.UniqueConstraint(fields=('type', 'url'), name='one_connection_per_server')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('program', models.CharField(max_length=20)),
                ('subject', models.CharField(blank=True, max_length=320)),
                ('deed', models.PositiveSmallIntegerField()),
                ('events', models.JSONField(blank=True, default=list)),
                ('mbid', models.CharField(blank=True, max_length=36)),
                ('name', models.CharField(blank=True, max_length=300)),
                ('path', models.CharField(blank=True, max_length=300)),
                ('item_id', models.CharField(blank=True, max_length=300)),
                ('times', models.PositiveIntegerField(default=1)),
                ('first_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('last_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'ordering': ['pk'],
                'constraints': [models.UniqueConstraint(fields=('program', 'subject'), name='one_notice_per_subject')],
            },
        ),
        migrations.CreateModel(
            name='ArtistLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('platform_artist_id', models.CharField(max_length=200)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('push_due_at', models.DateTimeField(blank=True, help_text='What changed here waits to be sent until then.', null=True)),
                ('push_attempts', models.PositiveSmallIntegerField(default=0)),
                ('push_problem', models.CharField(blank=True, help_text='Why the last push failed.', max_length=500)),
                ('pushed_at', models.DateTimeField(blank=True, null=True)),
                ('artist', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='artists.artist')),
                ('connection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='connections.connection')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('push_due_at__isnull', False)), fields=['push_due_at'], name='push_due')],
                'constraints': [models.UniqueConstraint(fields=('artist', 'connection'), name='one_link_per_connection'), models.UniqueConstraint(fields=('connection', 'platform_artist_id'), name='one_artist_per_item')],
            },
        ),
        migrations.CreateModel(
            name='PathMapping',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('server_path', models.CharField(max_length=1000)),
                ('local_path', models.CharField(max_length=4096)),
                ('inferred', models.BooleanField(default=False, help_text='Found by comparing folders, not typed by a person.')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('connection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='path_mappings', to='connections.connection')),
            ],
            options={
                'ordering': ['server_path'],
                'constraints': [models.UniqueConstraint(fields=('connection', 'server_path'), name='one_mapping_per_folder')],
            },
        ),
        migrations.CreateModel(
            name='SeenLibrary',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('external_id', models.CharField(max_length=200)),
                ('name', models.CharField(max_length=200)),
                ('locations', models.JSONField(blank=True, default=list)),
                ('writes_nfo', models.BooleanField(default=False)),
                ('writes_images', models.BooleanField(default=False)),
                ('fetchers', models.JSONField(blank=True, null=True)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('connection', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='seen_libraries', to='connections.connection')),
            ],
            options={
                'verbose_name_plural': 'seen libraries',
                'ordering': ['connection', 'name'],
                'constraints': [models.UniqueConstraint(fields=('connection', 'external_id'), name='one_look_per_library')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('event', models.CharField(max_length=60)),
                ('data', models.JSONField(blank=True, default=dict)),
                ('state', models.CharField(choices=[('waiting', 'Waiting'), ('delivered', 'Delivered'), ('failed', 'Failed')], default='waiting', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('status_code', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('note', models.CharField(blank=True, max_length=300)),
                ('happened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('tried_at', models.DateTimeField(blank=True, null=True)),
                ('webhook', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='connections.webhook')),
            ],
            options={
                'ordering': ['-pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='deliveries_waiting'), models.Index(fields=['webhook', '-id'], name='deliveries_of_webhook'), models.Index(fields=['happened_at'], name='deliveries_by_age')],
            },
        ),
    ]
