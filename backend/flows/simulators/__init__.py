"""Network systems of the demo operator, simulated on tables of their own."""
