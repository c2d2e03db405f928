"""Files without logic: icons, fonts, texts, catalogue, demo data."""
