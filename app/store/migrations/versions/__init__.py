"""The scripts, in order; one once released is never changed."""
