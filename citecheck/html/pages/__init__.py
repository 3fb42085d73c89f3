"""One module per sort of page: each turns the census into the dataclass that its template prints."""
