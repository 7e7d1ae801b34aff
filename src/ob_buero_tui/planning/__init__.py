"""The year planner's model for the solver (from the sessions issue on)."""
