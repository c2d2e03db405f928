"""What tests share: the real backend as test double, noise as failure."""
