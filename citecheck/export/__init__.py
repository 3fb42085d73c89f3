"""Values out: the records of the wire format, and words for the terminal."""
