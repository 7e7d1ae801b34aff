"""The terminal desk of a German mayor's front office."""

__version__ = "0.1.0"
