"""All that the migrations named below do, in one step: of a new database this is most of the time that it takes."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('rules', '0001_initial'),
        ('rules', '0002_findings_of_an_artist'),
        ('rules', '0003_findings_that_wait'),
        ('rules', '0004_counts_of_facets'),
        ('rules', '0005_list_indexes'),
        ('rules', '0006_fewer_indexes'),
        ('rules', '0007_tried_at'),
    ]

    initial = True

    dependencies = [
        ('artists', '0001_squashed_0017'),
    ]

    operations = [
        migrations.CreateModel(
            name='RuleSetting',
            fields=[
                ('id', models.SlugField(max_length=60, primary_key=True, serialize=False)),
                ('enabled', models.BooleanField(default=True)),
                ('automation_mode', models.CharField(choices=[('auto', 'auto'), ('manual', 'manual')], default='manual', max_length=10)),
                ('config', models.JSONField(blank=True, default=dict)),
                ('evaluated_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now, help_text='Since when everything must be looked at again.')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='HealthSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('total_artists', models.PositiveIntegerField()),
                ('compliant_artists', models.PositiveIntegerField()),
                ('score', models.FloatField()),
                ('recorded_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('library', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='snapshots', to='artists.library')),
            ],
            options={
                'ordering': ['recorded_at'],
            },
        ),
        migrations.CreateModel(
            name='Violation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('artist_name', models.CharField(max_length=500)),
                ('severity', models.CharField(choices=[('error', 'Error'), ('warning', 'Warning'), ('info', 'Info')], max_length=10)),
                ('rank', models.PositiveSmallIntegerField(help_text='3 error, 2 warning, 1 info: so that worst first is an index.')),
                ('category', models.CharField(max_length=10)),
                ('message', models.CharField(max_length=500)),
                ('fixable', models.BooleanField(default=False)),
                ('status', models.CharField(choices=[('open', 'Open'), ('pending_choice', 'Pending Choice'), ('dismissed', 'Dismissed'), ('resolved', 'Resolved')], default='open', max_length=15)),
                ('waiting', models.GeneratedField(db_persist=True, expression=models.Case(models.When(status__in=['open', 'pending_choice'], then=models.Value(1)), default=models.Value(0)), output_field=models.PositiveSmallIntegerField())),
                ('candidates', models.JSONField(blank=True, default=list)),
                ('story', models.JSONField(blank=True, default=list, help_text='What was tried, when, and what it answered; newest last.')),
                ('tried_at', models.DateTimeField(blank=True, help_text='When a fix was tried last, with whatever end.', null=True)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, help_text='First seen.')),
                ('checked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('updated_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('dismissed_at', models.DateTimeField(blank=True, null=True)),
                ('resolved_at', models.DateTimeField(blank=True, null=True)),
                ('artist', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='violations', to='artists.artist')),
                ('rule', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='violations', to='rules.rulesetting')),
            ],
            options={
                'ordering': ['-rank', 'artist_name', 'pk'],
                'indexes': [models.Index(fields=['waiting', '-rank', 'artist_name', 'id'], name='finding_worst_first'), models.Index(fields=['waiting', 'rank', 'artist'], name='finding_counts'), models.Index(fields=['waiting', 'artist_name', 'id'], name='finding_by_artist'), models.Index(fields=['waiting', 'rule', 'severity', 'category', 'fixable', 'status', 'artist'], name='finding_facets'), models.Index(fields=['status', 'rule', 'artist'], name='finding_states'), models.Index(fields=['artist', 'status', 'rule'], name='finding_of_artist'), models.Index(fields=['created_at'], name='rules_viola_created_395d8f_idx'), models.Index(condition=models.Q(('resolved_at__isnull', False)), fields=['resolved_at'], name='finding_resolved_when')],
                'constraints': [models.UniqueConstraint(fields=('rule', 'artist'), name='one_finding_per_rule_and_artist')],
            },
        ),
    ]
