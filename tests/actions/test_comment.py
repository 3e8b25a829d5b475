"""Comments while others write, too."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction

from labels.actions import comment
from labels.models import Comment, Reading
from labels.queries.access import Actor
from labels.vocabulary import Role, Task

from ..factories import assign, make_article, make_member, make_person, make_project, make_set


@pytest.mark.django_db(transaction=True)
def test_who_speaks_while_their_other_tab_notes_what_was_read_waits_for_nobody_in_a_circle() -> (
    None
):
    manager = make_person("max")
    project = make_project(manager)
    ana = make_member(project, Role.ANNOTATOR, "ana")
    article = make_article(project)
    assign(article, ana, Task.ANNOTATE)
    row = make_set(article, ana)
    comment.add(by=manager, uuid=row.uuid, said="Why?")

    def speak(who: Actor) -> None:
        try:
            comment.add(by=who, uuid=row.uuid, said="Because.")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as others:
        with transaction.atomic():
            comment.read(by=ana, uuid=row.uuid)
            spoken = others.submit(speak, ana)
            # Until the other waits for what is not there yet for all.
            time.sleep(0.5)
        spoken.result()
    last = Comment.objects.latest("pk")
    assert Reading.objects.get(person=ana.person).upto == last.pk
