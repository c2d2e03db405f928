"""The one look of the desk: colours, sizes, type and icons, read from tokens.toml."""
