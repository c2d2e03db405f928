"""The tour: the main job through the real windows, without a person."""
