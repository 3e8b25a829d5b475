"""What is allowed: pure functions over records, no models and no database.

A rule either returns or raises a `labels.errors.Refusal`; it is written here once and nowhere else.
"""
