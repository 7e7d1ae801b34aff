"""The year planner: a council's year as clauses, solved, and which rules collide."""
