"""Reading filled forms back in: published text, pasted cells, xlsx and our own document files."""
