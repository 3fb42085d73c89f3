"""One module per sort of page: each turns the census into the named tuple that its template prints."""
