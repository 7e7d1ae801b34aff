"""Answers: what the office writes back, from a text module to what has left the house."""
