"""Products: what is sold, edited as tables with the proofs beside."""
