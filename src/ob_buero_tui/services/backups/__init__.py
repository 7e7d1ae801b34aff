"""Copies of the whole office: made, tried out, and brought back."""
