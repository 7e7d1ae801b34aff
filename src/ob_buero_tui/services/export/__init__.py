"""The way out: what leaves the office as a file, for whom, and what stays."""
