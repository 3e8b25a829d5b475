"""Galley: label the facts in news articles."""
