"""Stories of a day at the desk: real windows, the real backend."""
