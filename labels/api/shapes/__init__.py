"""The shapes of what goes in and out, for the description of the API alone.

Nothing is parsed or written by them: rules read what comes in and `labels.queries` builds what goes out.
`tests/api/test_description.py` holds every answer against its shape, member by member.
"""
