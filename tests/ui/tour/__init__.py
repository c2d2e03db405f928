"""The tour's hands, eyes and patience."""
