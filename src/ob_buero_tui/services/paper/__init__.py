"""The day on paper: sheets for the mayor, the week, the driver and a deputy."""
