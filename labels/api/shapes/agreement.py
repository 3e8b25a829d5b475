"""Figures of agreement."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers as s


class Figure(s.Serializer[Any]):
    """How far some people agree, by one measure."""

    measure = s.CharField()
    label = s.CharField(  # type: ignore[assignment]
        allow_null=True, help_text="A label or, of links, their type; null: all together."
    )
    attribute = s.CharField(
        allow_null=True, help_text="What of matched units was compared, by `krippendorff_alpha`."
    )
    level = s.CharField(allow_null=True, help_text="On which scale it was compared.")
    annotators = s.ListField(child=s.CharField())
    value = s.FloatField(allow_null=True)
    low = s.FloatField(
        allow_null=True, help_text="Bounds of 95 % of bootstrap samples over articles."
    )
    high = s.FloatField(allow_null=True)
    n = s.IntegerField(help_text="What was compared: spans, words, code points or values.")
    undefined = s.CharField(allow_null=True, help_text="Why there is no value.")
    articles = s.IntegerField(help_text="Articles that two of these people have labelled.")
    units = s.DictField(child=s.IntegerField(), help_text="Spans, or links, by annotator.")
    observed = s.FloatField(allow_null=True, help_text="Raw agreement.")
    prevalence = s.FloatField(allow_null=True, help_text="Share of the most frequent category.")
    coverage = s.FloatField(
        allow_null=True,
        help_text="Share of spans with a partner, by overlap and label; of links, with both ends there.",
    )
    warnings = s.ListField(child=s.CharField())


class Measure(s.Serializer[Any]):
    """A measure that was taken."""

    name = s.CharField()
    title = s.CharField()
    matching = s.CharField(help_text="Which units it takes for the same.")


class Counting(s.Serializer[Any]):
    """Figures that are still being counted."""

    counting = s.ListField(child=s.CharField(), help_text="Measures: ask the same again.")


class Agreement(s.Serializer[Any]):
    """Figures of agreement, and the measures behind them."""

    results = Figure(many=True)
    measures = Measure(many=True)
