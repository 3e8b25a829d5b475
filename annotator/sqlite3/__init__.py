"""Django's SQLite, with those who write in one process taking turns."""
