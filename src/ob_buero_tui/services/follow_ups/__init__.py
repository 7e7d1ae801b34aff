"""Wiedervorlagen: what is to be done when, of tasks and of requests."""
