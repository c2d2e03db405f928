"""The demo operator: Kestrelfjord Telecom, its customers and their histories."""
