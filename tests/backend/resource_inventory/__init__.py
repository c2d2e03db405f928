"""SIMs, and every resource as TMF639 shows it."""
