"""Calendars beside the office's own: who leads them, what goes out, what is still not seen there."""
