"""Dates where Django's own habit is not ours, by language."""
