"""Our answers against TM Forum's official files."""
