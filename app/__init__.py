"""What an agent can do, without a screen."""
