"""The API client, usable alone; knows nothing of the desk or the server."""
