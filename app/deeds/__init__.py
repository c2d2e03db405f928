"""What can be done to a product that the customer has, beside changing what it is."""
