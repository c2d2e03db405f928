"""Addresses: the register, completion for the desk, TMF673, and what the network can do."""
