"""The pages, visited as a browser without script does."""
