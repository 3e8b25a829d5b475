"""Positions in text."""
