"""The desk's encrypted store: search, cache, drafts and outbox. Sessions never leave it."""
