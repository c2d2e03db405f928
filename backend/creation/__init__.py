"""The wizard's one command: customer, account and order at once, never twice."""
