"""What a verb asks and does: one async function each, from the question to the use case."""
