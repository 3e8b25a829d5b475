"""Readers of what Galley writes and does not read itself, as those would write them who use it."""
