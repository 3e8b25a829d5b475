"""What we look up."""
