"""Creating and changing services: data and rules, without a screen."""
