"""Read me: the card of the data set, with the front matter that data-set hubs read."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from . import Facts
from .changelog import said
from .splits import proof

FILE = "README.md"
MEDIA_TYPE = "text/markdown"

UNPRINTABLE = re.compile("[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON leaves as it is and YAML takes for the end of a line, or does not take."""
SIZES = (
    (1_000, "n<1K"),
    (10_000, "1K<n<10K"),
    (100_000, "10K<n<100K"),
    (1_000_000, "100K<n<1M"),
    (10_000_000, "1M<n<10M"),
)
HUB_LICENCES = {
    **{each: each for each in ("cc0-1.0", "mit", "apache-2.0", "odbl", "odc-by", "pddl")},
    **{
        f"cc-{which}-{number}": f"cc-{which}-{number}"
        for which in ("by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd")
        for number in ("3.0", "4.0")
    },
    "odbl-1.0": "odbl",
    "odc-by-1.0": "odc-by",
    "pddl-1.0": "pddl",
}
"""Licences of data by their usual names, in small letters, and as hubs of data sets write them."""
WHAT = {
    "articles.jsonl": "articles, one a line",
    "annotations.jsonl": "spans, one annotator’s a line",
    "gold.jsonl": "settled spans, with what each was taken from",
    "relations.jsonl": "links between spans of one set",
    "sets.jsonl": "annotation sets, those too in which nothing was marked",
    "dataset.jsonl": "the same as Galley imports it, one article a line",
    "scheme.json": "the label scheme",
    "guidelines.md": "what the annotators were told",
    "splits.json": "which article is in which split, and the proof that nothing leaks",
    "agreement.json": "how far the annotators agree",
    "CHANGELOG.md": "what is new",
    "LICENSE-data": "the licence of the labels",
    "LICENSE-text": "the licence of the texts",
    "rebuild.py": "puts your own copy of the texts in, and checks each by its hash",
    "SHA256SUMS": "the hashes of all other files",
    "croissant.json": "the same description for machines",
}


def text(facts: Facts) -> str:
    """Return the card."""
    return "\n".join([*_front(facts), "", "\n\n".join(_body(facts))]) + "\n"


def _front(facts: Facts) -> Iterator[str]:
    """Yield the YAML. Every value is a JSON string or a word, so that no name can break it."""
    yield "---"
    yield f"pretty_name: {_quoted(facts.name)}"
    yield f"version: {facts.version}"
    yield from _list("language", [each for each in facts.counts["languages"] if each])
    yield from _licence(facts.terms.licence_labels)
    yield from _list("annotations_creators", ["expert-generated"])
    yield from _list("task_categories", ["token-classification"])
    yield from _list("size_categories", [_size(facts.counts["rows"]["annotations.jsonl"])])
    yield "configs:"
    for name in ("articles", "annotations", "gold", "relations", "sets"):
        if facts.counts["rows"][f"{name}.jsonl"]:
            yield f"- config_name: {name}"
            yield f"  data_files: {name}.jsonl"
    yield "---"


def _licence(named: str) -> Iterator[str]:
    """Yield a licence as hubs know it; they refuse a card with a name that is none of theirs."""
    known = HUB_LICENCES.get(named.strip().lower())
    if known:
        yield f"license: {_quoted(known)}"
    elif named:
        yield f"license: {_quoted('other')}"
        yield f"license_name: {_quoted(named)}"


def _body(facts: Facts) -> Iterator[str]:
    rows = facts.counts["rows"]
    yield f"# {facts.name}"
    if facts.description:
        yield facts.description
    yield (
        f"Version {facts.version}, {facts.released_on}: {rows['articles.jsonl']:,} articles, "
        f"{rows['annotations.jsonl']:,} spans of {len(facts.counts['annotators'])} annotators, "
        f"{rows['gold.jsonl']:,} gold spans, {rows['relations.jsonl']:,} links."
    )
    yield "\n".join(["## Files", "", *_files(facts)])
    yield (
        "Offsets are half-open and count Unicode code points of the canonical text: UTF-8 without a "
        "byte-order mark, lines that end in LF. A span may have several fragments. "
        f"Everybody’s labels are here, not a vote; people appear {_how(facts)}."
    )
    yield from _text_and_licence(facts)
    yield "\n".join(["## Labels", "", *_table("label", facts.counts["labels"])])
    if facts.counts["relations"]:
        yield "\n".join(["## Links", "", *_table("type", facts.counts["relations"])])
    yield "\n".join(["## Annotators", "", *_table("annotator", facts.counts["annotators"])])
    yield from _splits(facts)
    if facts.previous:
        changed = [f"- {name}: {said(change)}" for name, change in facts.changes.items()]
        yield "\n".join([f"## Against {facts.previous}", "", *changed])


def _how(facts: Facts) -> str:
    return "under pseudonyms" if facts.terms.pseudonyms else "by name"


def _text_and_licence(facts: Facts) -> Iterator[str]:
    terms = facts.terms
    if not terms.with_text:
        yield (
            "The texts are not in this release. `rebuild.py FOLDER` takes your own copies (one article a file), "
            "finds each by its SHA-256, and writes the files with text and quotes. "
            "A quote that does not match stops it."
        )
    labels = terms.licence_labels or "not stated: ask before you use them"
    texts = terms.licence_text or "not stated: the rights are their publishers’"
    yield f"## Licences\n\n- Labels: {labels}\n- Texts: {texts}"


def _splits(facts: Facts) -> Iterator[str]:
    if not facts.splits.of:
        return
    shown = proof(facts)
    how = {"article": "by article", "time": "by time, the oldest first"}[facts.terms.split]
    yield "\n".join(["## Splits", "", *_table("split", shown["articles"])])
    undated = shown["articles_without_a_date"]
    if facts.terms.split == "time" and undated:
        how += f" (without a date, and so the oldest: {undated:,})"
    yield (
        f"Divided {how}. Articles that are nearly the same stay together: "
        f"{shown['groups_of_near_duplicates']} such groups, "
        f"{shown['groups_in_two_splits']} of them in two splits."
    )


def _files(facts: Facts) -> Iterator[str]:
    yield "| file | what it holds | bytes |"
    yield "|---|---|---:|"
    for each in facts.files:
        yield f"| `{each.name}` | {WHAT.get(each.name, '')} | {each.size:,} |"


def _table(head: str, counts: Mapping[str, int]) -> Iterator[str]:
    yield f"| {head} | how many |"
    yield "|---|---:|"
    for name, count in sorted(counts.items()):
        yield f"| {name.replace('|', chr(92) + '|')} | {count:,} |"


def _list(name: str, values: list[str]) -> Iterator[str]:
    if values:
        yield f"{name}:"
        yield from (f"- {_quoted(each)}" for each in values)


def _quoted(value: str) -> str:
    written = json.dumps(value, ensure_ascii=False)
    return UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def _size(rows: int) -> str:
    return next((name for most, name in SIZES if rows < most), "10M<n<100M")
