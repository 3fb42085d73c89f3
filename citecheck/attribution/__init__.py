"""Who said it: cue words, mentions of speakers, names inside one article, indirect speech."""
