"""Ausfall: an absence of the mayor, and what becomes of each appointment that it hits."""
