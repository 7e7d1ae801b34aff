"""The calendar: use cases and queries."""
