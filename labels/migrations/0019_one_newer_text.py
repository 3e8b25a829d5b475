from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("labels", "0018_active_time"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                condition=models.Q(("deleted_at", None), ("supersedes__isnull", False)),
                fields=("supersedes",),
                name="article_superseded_once",
            ),
        ),
    ]
