"""The register of addresses."""
