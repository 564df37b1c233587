"""How often the checks are right: clean documents, mistakes planted in them, and what is said of both."""
