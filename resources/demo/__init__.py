"""The demo operator: its catalogue and the data it starts with."""
