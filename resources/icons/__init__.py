"""The icons, one SVG each, drawn in currentColor."""
