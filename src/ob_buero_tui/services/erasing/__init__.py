"""What the office knows of a person, and how it is erased for good."""
