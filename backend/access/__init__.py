"""Who may do what: users, tokens, rights."""
