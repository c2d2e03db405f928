"""TMF630 once: documents, lists, filters, patches, errors and events for every noun."""
