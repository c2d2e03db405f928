"""The creation command."""
