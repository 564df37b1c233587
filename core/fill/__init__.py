"""Documents written into other people's tables: a bureau's or web system's blank xlsx, by a map."""
