"""`waiting` is a plain column, so that questions about it are answered from an index alone."""

from django.db import migrations, models

INDEXES = {
    "finding_worst_first": ["waiting", "-rank", "artist_name", "id"],
    "finding_counts": ["waiting", "rank", "artist"],
    "finding_by_artist": ["waiting", "artist_name", "id"],
    "finding_facets": ["waiting", "rule", "severity", "category", "fixable", "status", "artist"],
}
ACTIVE = ["open", "pending_choice"]


def close_what_is_closed(apps, editor):
    findings = apps.get_model("rules", "Violation").objects
    findings.exclude(status__in=ACTIVE).update(waiting=0)


class Migration(migrations.Migration):

    dependencies = [
        ("rules", "0001_squashed_0007"),
    ]

    operations = [
        *(migrations.RemoveIndex(model_name="violation", name=name) for name in INDEXES),
        migrations.RemoveField(model_name="violation", name="waiting"),
        migrations.AddField(
            model_name="violation",
            name="waiting",
            field=models.PositiveSmallIntegerField(default=1, editable=False, help_text="1 where the status is active."),
        ),
        migrations.RunPython(close_what_is_closed, migrations.RunPython.noop),
        *(
            migrations.AddIndex(model_name="violation", index=models.Index(fields=fields, name=name))
            for name, fields in INDEXES.items()
        ),
        migrations.AddConstraint(
            model_name="violation",
            constraint=models.CheckConstraint(
                condition=models.Q(waiting=1, status__in=["open", "pending_choice"])
                | models.Q(waiting=0, status__in=["dismissed", "resolved"]),
                name="finding_waits_while_active",
            ),
        ),
    ]
