"""The orders of an account: lanes, the film of each, and the sentence to say."""
