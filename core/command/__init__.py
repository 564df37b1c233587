"""The command line: one module per command, no screen, no Qt."""
