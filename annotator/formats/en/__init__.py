"""English as newspapers of the whole world write it."""
