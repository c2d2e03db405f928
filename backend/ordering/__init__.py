"""Product ordering (TMF622): every change of what a customer has is an order."""
