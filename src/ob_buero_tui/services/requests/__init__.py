"""Incoming requests: use cases and queries."""
