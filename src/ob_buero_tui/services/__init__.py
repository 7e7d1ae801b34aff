"""Use cases and the queries that screens draw."""
