"""One search for everything: in the home page's field and in the top bar."""
