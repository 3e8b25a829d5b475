"""The Django project: settings, root addresses, server."""
