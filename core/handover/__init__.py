"""What leaves: a submission is packed, delivered to a folder or drive, opened again and verified.

Promise: a package is either complete and verified where it was delivered, or it is not there, and
the caller is told which.
"""
