"""What the desk reads: search, directory, a whole account at once."""
