"""Spans in quotation marks: which marks pair, what kind each span is, which stand inside which."""
