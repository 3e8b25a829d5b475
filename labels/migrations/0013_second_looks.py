from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("labels", "0012_hidden_gold"),
    ]

    operations = [
        migrations.AddField(
            model_name="annotationset",
            name="concealed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
