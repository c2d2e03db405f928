"""The flows that ship with the program, one file each."""
