"""The product manager's work: a copy of the catalogue that is edited, proved and proposed."""
