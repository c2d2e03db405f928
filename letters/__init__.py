"""A letter and its data become PDF bytes."""
