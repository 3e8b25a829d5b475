"""Import formats: a contract for all, and what is special to one."""
