"""TMF760: configuring, answered by the one engine."""
