"""What we change: the only code that writes.

An action takes keyword arguments alone and names who acts (`by`). It is one transaction: ask the rule, write,
add the revision, return. It raises a `labels.errors.Refusal` and then nothing was changed.
"""
