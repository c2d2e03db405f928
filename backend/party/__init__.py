"""TMF632: the individuals and organizations behind every customer."""
