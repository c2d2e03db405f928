"""TMF639: numbers and SIMs as resources, and the stock of SIMs."""
