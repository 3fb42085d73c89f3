"""Text as code points: folding with an origin for each character, sentences, dates, names, lines and columns."""
