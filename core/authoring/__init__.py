"""For those who write forms: what is wrong with a definition, and a first one from a blank Excel sheet."""
