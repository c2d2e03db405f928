"""Orders that need somebody: stuck steps, tasks, promises in danger, and what one may do."""
