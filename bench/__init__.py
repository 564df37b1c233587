"""What is fast: measurements to compare within one run, never asserted in tests."""
