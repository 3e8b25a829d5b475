from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("labels", "0013_second_looks"),
    ]

    operations = [
        migrations.AddField(
            model_name="project",
            name="gold_share",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddConstraint(
            model_name="project",
            constraint=models.CheckConstraint(
                condition=models.Q(("gold_share__lte", 50)), name="project_gold_share_in_range"
            ),
        ),
    ]
