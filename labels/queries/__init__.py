"""What we look up: reads that pages, API and actions share. Nothing here writes."""
