"""Letters and papers of customers, kept byte for byte (TMF667)."""
