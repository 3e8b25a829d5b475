"""Django's PostgreSQL, which keeps the plans of prepared queries."""
