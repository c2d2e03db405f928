"""Process flows (TMF701): what carries an order out, step by step, and survives any crash."""
