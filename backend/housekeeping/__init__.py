"""What is old is forgotten, a little at a time."""
