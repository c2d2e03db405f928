"""The main window's parts: top bar, offline bar, own menu, page corner."""
