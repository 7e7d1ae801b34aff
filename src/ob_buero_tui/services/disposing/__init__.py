"""Aussonderung: what may be destroyed or offered to the archive, and what a human decided."""
