"""People and bodies: lists, everything known of one, editing, merging, and what a death stops."""
