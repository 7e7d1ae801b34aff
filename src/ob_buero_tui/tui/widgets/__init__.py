"""Widgets that draw frozen values and report by messages."""
