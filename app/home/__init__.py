"""What the home page shows: greeting, drafts, the agent's own day."""
