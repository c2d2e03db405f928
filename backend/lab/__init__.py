"""The product lab: proves a catalogue and tries it on cases, without a database."""
