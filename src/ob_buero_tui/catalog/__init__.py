"""Reads what an office may change into frozen, validated objects."""
