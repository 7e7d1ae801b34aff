"""The OB-Vorlage: what the mayor decides in the weekly talk, and what becomes of it."""
