"""Process flows."""
