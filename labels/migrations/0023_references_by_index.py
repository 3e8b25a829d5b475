from django.db import migrations, models


class Migration(migrations.Migration):
    """What an import that failed has staged is deleted: for each row the database looks for what refers to it."""

    dependencies = [
        ("labels", "0022_faster_imports"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("supersedes__isnull", False)),
                fields=["supersedes"],
                name="article_followed",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(fields=["article"], name="assignment_article"),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("span__isnull", False)), fields=["span"], name="comment_span"
            ),
        ),
        migrations.AddIndex(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("relation__isnull", False)),
                fields=["relation"],
                name="comment_relation",
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(
                condition=models.Q(("annotation_set__isnull", False)),
                fields=["annotation_set"],
                name="reading_set",
            ),
        ),
        migrations.AddIndex(
            model_name="reading",
            index=models.Index(
                condition=models.Q(("article__isnull", False)),
                fields=["article"],
                name="reading_article",
            ),
        ),
        migrations.AddIndex(
            model_name="relation",
            index=models.Index(
                condition=models.Q(("deleted_with__isnull", False)),
                fields=["deleted_with"],
                name="relation_deleted_with",
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("span__isnull", False)), fields=["span"], name="review_span"
            ),
        ),
        migrations.AddIndex(
            model_name="review",
            index=models.Index(
                condition=models.Q(("relation__isnull", False)),
                fields=["relation"],
                name="review_relation",
            ),
        ),
    ]
