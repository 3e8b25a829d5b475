"""Is the instance well? The quick question of `/health/`, and the long one of `manage.py doctor`."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection
from django.db.models import Count

from ..models import AnnotationSet, Article, Project, Revision, triggers
from ..text.canonical import canonical
from ..vocabulary import Kind, State


def reachable() -> None:
    """Ask the database for anything; raises what the driver raises when it does not answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()


def missing_triggers() -> set[str]:
    """Return the triggers that the database should have and has not."""
    return set(triggers.TRIGGERS) - triggers.present(connection)


def damaged_texts() -> Iterator[str]:
    """Yield a line for each article whose text does not give its hash or length."""
    columns = ("uuid", "text", "text_sha256", "length")
    for uuid, text, digest, length in Article.objects.values_list(*columns).iterator(200):
        found = canonical(text)
        if (found.text_sha256, found.length, found.text) != (digest, length, text):
            yield f"Article {uuid}: the text is not the one that was stored."


def miscounted() -> Iterator[str]:
    """Yield a line for each project whose kept counts are not what its rows say."""
    articles = dict(
        Article.objects.live().values_list("project").annotate(n=Count("pk")).order_by()
    )
    sets = {
        (project, state): number
        for project, state, number in AnnotationSet.objects.exclude(kind=Kind.GOLD)
        .values_list("article__project", "state")
        .annotate(n=Count("pk"))
        .order_by()
    }
    for project in Project.objects.order_by("pk"):
        kept = {"article": project.article_count}
        real = {"article": articles.get(project.pk, 0)}
        for state in State.values:
            kept[state] = getattr(project, f"{state}_count")
            real[state] = sets.get((project.pk, state), 0)
        for name, number in real.items():
            if kept[name] != number:
                yield f"Project {project.slug}: {name} count is {kept[name]}, but there are {number}."


def chain_rows() -> Iterator[Revision]:
    """Yield every revision of every set, set by set, oldest first."""
    rows = Revision.objects.filter(annotation_set__isnull=False).select_related("by")
    return rows.order_by("annotation_set", "version").iterator(500)


def chain_heads() -> dict[int, tuple[int, str]]:
    """Return each set's version and the hash of its last revision, as the set itself keeps them."""
    rows = AnnotationSet.objects.values_list("pk", "version", "chain")
    return {pk: (version, chain) for pk, version, chain in rows.iterator(2000)}
