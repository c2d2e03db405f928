"""TMF666: the accounts that customers pay on."""
