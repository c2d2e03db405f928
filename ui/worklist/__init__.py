"""Orders that need somebody: the list, what is known of each, and what is done about it."""
