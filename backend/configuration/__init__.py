"""TMF760: what may be configured and whether a configuration is valid, by the one engine."""
