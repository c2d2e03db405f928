"""Pages that do something to a product: suspend it, give it a new SIM, number, owner, address."""
