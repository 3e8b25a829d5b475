"""Saving as a machine of states: two tabs of one person, answers that get lost, requests that come twice.

Each tab works as the browser's outbox does: it queues an operation, sends the first of its queue with a key
that stays with it, keeps it when the answer is lost, reads the set again when it is stale, and gives up on an
operation only when the server refuses it. Whatever the interleaving, there is one truth in the end.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from labels.actions import doctor, operation
from labels.errors import Refusal, Stale
from labels.models import AnnotationSet, Revision
from labels.queries import annotation as sets
from labels.vocabulary import Role

from ..factories import fragment, make_article, make_member, make_person, make_project, make_set

TEXT = "🗳️ “Taxes fell 5%,” Ruiz said, “and jobs rose.” Zoë asked 李小龍 in Kraków. 👩‍🚒 agreed."
WORDS = (
    "“Taxes fell 5%,”",
    "Ruiz",
    "said",
    "“and jobs rose.”",
    "Zoë",
    "asked",
    "李小龍",
    "Kraków",
    "👩‍🚒",
    "agreed",
)
LABELS = ("CLAIM", "SOURCE", "CUE", "ENTITY")
ATTRIBUTES: tuple[dict[str, Any], ...] = (
    {"form": "direct"},
    {"form": None, "check_worthiness": "NFS"},
    {"source_type": "document"},
    {"entity_type": "GPE", "nil": True},
    {"wikidata_qid": "Q1"},
)
TABS = st.integers(0, 1)
PICK = st.integers(0, 50)
NETWORK = st.sampled_from(["answered", "lost", "away"])
"""What becomes of a request that follows an edit at once; while away, nothing is sent."""


class Tab:
    """One tab: the version it has seen and the operations it has not been told are saved."""

    def __init__(self) -> None:
        self.version = 1
        self.queue: list[tuple[UUID, dict[str, Any]]] = []


class Saving(RuleBasedStateMachine):
    """Two tabs and one server."""

    @initialize()
    def begin(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.ana = make_member(make_project(self.manager()), Role.ANNOTATOR)
        self.article = make_article(self.project(), TEXT)
        self.row = make_set(self.article, self.ana)
        self.tabs = (Tab(), Tab())
        self.spans: list[str] = []
        self.relations: list[str] = []
        self.saved: dict[UUID, tuple[dict[str, Any], int, dict[str, Any]]] = {}
        self.refused: set[UUID] = set()
        self.lost: set[UUID] = set()

    def manager(self) -> Any:
        self.boss = make_person()
        return self.boss

    def project(self) -> Any:
        return self.ana.person.memberships.get().project

    def teardown(self) -> None:
        if hasattr(self, "row"):
            self.all_is_sent_in_the_end()
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    # What a person does in a tab

    def queue(self, tab: int, net: str, step: dict[str, Any]) -> None:
        self.tabs[tab].queue.append((uuid4(), step))
        if net != "away":
            self.send_first(self.tabs[tab], lost=net == "lost")

    @rule(
        tab=TABS,
        net=NETWORK,
        word=st.sampled_from(WORDS),
        label=st.sampled_from(LABELS),
        second=st.sampled_from([None, None, None, *WORDS]),
    )
    def mark(self, tab: int, net: str, word: str, label: str, second: str | None) -> None:
        quotes = sorted({word, second or word}, key=TEXT.index)
        found = [fragment(TEXT, each) for each in quotes]
        step: dict[str, Any] = {
            "op": "add_span",
            "id": str(uuid4()),
            "label": label,
            "fragments": found,
        }
        self.spans.append(step["id"])
        self.queue(tab, net, step)

    @rule(tab=TABS, net=NETWORK, at=PICK, word=st.sampled_from(WORDS))
    def move(self, tab: int, net: str, at: int, word: str) -> None:
        if self.spans:
            span = self.spans[at % len(self.spans)]
            self.queue(
                tab, net, {"op": "move_span", "id": span, "fragments": [fragment(TEXT, word)]}
            )

    @rule(tab=TABS, net=NETWORK, at=PICK, label=st.sampled_from(LABELS))
    def relabel(self, tab: int, net: str, at: int, label: str) -> None:
        if self.spans:
            self.queue(
                tab,
                net,
                {"op": "relabel_span", "id": self.spans[at % len(self.spans)], "label": label},
            )

    @rule(tab=TABS, net=NETWORK, at=PICK, values=st.sampled_from(ATTRIBUTES), flag=st.booleans())
    def describe(self, tab: int, net: str, at: int, values: dict[str, Any], flag: bool) -> None:
        if self.spans:
            span = self.spans[at % len(self.spans)]
            self.queue(
                tab, net, {"op": "set_attributes", "id": span, "attributes": values, "flag": flag}
            )

    @rule(tab=TABS, net=NETWORK, at=PICK, name=st.sampled_from(["delete_span", "restore_span"]))
    def delete_or_restore(self, tab: int, net: str, at: int, name: str) -> None:
        if self.spans:
            self.queue(tab, net, {"op": name, "id": self.spans[at % len(self.spans)]})

    @rule(
        tab=TABS,
        net=NETWORK,
        a=PICK,
        b=PICK,
        c=PICK,
        kind=st.sampled_from(["ATTRIBUTED_TO", "COREF", "ABOUT", "CUED_BY"]),
        with_cue=st.booleans(),
    )
    def link(self, tab: int, net: str, a: int, b: int, c: int, kind: str, with_cue: bool) -> None:
        if self.spans:
            one, other, cue = (self.spans[each % len(self.spans)] for each in (a, b, c))
            step: dict[str, Any] = {
                "op": "add_relation",
                "id": str(uuid4()),
                "type": kind,
                "from": one,
                "to": other,
            }
            if with_cue and kind == "ATTRIBUTED_TO":
                step["attributes"] = {"cue": cue}
            self.relations.append(step["id"])
            self.queue(tab, net, step)

    @rule(
        tab=TABS,
        net=NETWORK,
        at=PICK,
        name=st.sampled_from(["delete_relation", "restore_relation"]),
    )
    def unlink(self, tab: int, net: str, at: int, name: str) -> None:
        if self.relations:
            self.queue(tab, net, {"op": name, "id": self.relations[at % len(self.relations)]})

    # What the network does

    @rule(tab=TABS, lost=st.booleans())
    def send(self, tab: int, lost: bool) -> None:
        self.send_first(self.tabs[tab], lost=lost)

    def send_first(self, tab: Tab, *, lost: bool = False) -> None:
        if not tab.queue:
            return
        key, step = tab.queue[0]
        before = self.now()
        try:
            answer = operation.apply(
                by=self.ana, uuid=self.row.uuid, if_match=tab.version, key=key, operations=[step]
            )
        except Stale as stale:
            assert self.now() == before
            tab.version = stale.extra["version"]
            return
        except Refusal:
            assert self.now() == before
            assert key not in self.saved, "what was saved once is never refused"
            self.refused.add(key)
            tab.queue.pop(0)
            return
        if key in self.saved:
            assert (step, tab.version, answer.payload()) == (step, tab.version, self.saved[key][2])
            assert self.now() == before
        self.saved.setdefault(key, (step, tab.version, answer.payload()))
        if lost:
            self.lost.add(key)
            return
        tab.version = max(tab.version, answer.version)
        tab.queue.pop(0)

    @rule(at=PICK)
    def replay(self, at: int) -> None:
        """Send once more what was answered long ago."""
        if not self.saved:
            return
        key = list(self.saved)[at % len(self.saved)]
        step, version, answer = self.saved[key]
        before = self.now()
        again = operation.apply(
            by=self.ana, uuid=self.row.uuid, if_match=version, key=key, operations=[step]
        )
        assert (again.payload(), self.now()) == (answer, before)

    # What must hold

    def now(self) -> dict[str, Any]:
        return self.payload_of(self.row)

    def payload_of(self, row: AnnotationSet) -> dict[str, Any]:
        fresh = AnnotationSet.objects.select_related("article", "scheme").get(pk=row.pk)
        found = sets.payload(fresh)
        return {key: found[key] for key in ("version", "spans", "relations")}

    def log(self) -> list[dict[str, Any]]:
        lines = Revision.objects.filter(annotation_set=self.row, version__gt=1).order_by("version")
        return [line.payload["operation"] for line in lines]

    @invariant()
    def each_saved_operation_is_in_the_log_once(self) -> None:
        if hasattr(self, "row"):
            by_version = {answer["version"]: step for step, _seen, answer in self.saved.values()}
            assert self.log() == [by_version[version] for version in sorted(by_version)]

    def all_is_sent_in_the_end(self) -> None:
        for tab in self.tabs:
            for _attempt in range(2 * len(tab.queue) + 2):
                self.send_first(tab)
            assert not tab.queue
        self.each_saved_operation_is_in_the_log_once()
        assert list(doctor.broken_chains()) == []
        self.the_history_replays_to_the_same_set()

    def the_history_replays_to_the_same_set(self) -> None:
        other = make_member(self.project(), Role.ANNOTATOR)
        row = make_set(self.article, other)
        for version, step in enumerate(self.log(), start=1):
            operation.apply(
                by=other, uuid=row.uuid, if_match=version, key=uuid4(), operations=[step]
            )
        assert self.payload_of(row) == self.now()


@pytest.mark.django_db
def test_two_tabs_lost_answers_and_replays_leave_one_truth() -> None:
    run_state_machine_as_test(
        Saving,
        settings=settings(
            max_examples=80,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
