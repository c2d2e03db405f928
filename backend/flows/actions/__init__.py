"""What automatic steps do, by name, as definitions write it."""
