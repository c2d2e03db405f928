"""The wizard's windows: a frame and one page for each of the seven steps."""
