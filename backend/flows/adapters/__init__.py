"""Network systems as flows see them."""
