"""Dialogs, each typed by its result; Esc answers None (or False) everywhere."""
