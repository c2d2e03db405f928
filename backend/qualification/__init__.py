"""What may be offered to whom: facts, answers, and TMF679."""
