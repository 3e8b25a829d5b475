"""The command line: thin wrappers around actions and queries."""
