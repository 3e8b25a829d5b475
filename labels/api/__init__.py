"""The REST API, version 1: one module per resource. A view reads, calls one action or query, and answers."""
