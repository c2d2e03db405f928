"""Speed against the bare library in the same run."""
