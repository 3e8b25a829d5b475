"""The HTML pages. A view parses, calls one action or query, and renders; it never writes.

Every view is wrapped in `door`, which knows who is there and turns refusals into pages. What people type is
read by forms (`form.Form`), which show a refusal at the field it concerns.
"""
