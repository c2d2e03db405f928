"""What a customer was sent: the list, what became of each letter, and its bytes."""
