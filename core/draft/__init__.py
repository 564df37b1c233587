"""What is kept: drafts, their journal and their backups, in one SQLite file per person.

Promise: nothing typed is lost but at most the last half second, and what is called saved survives
a crash or a power cut. `store.open_store` is the door; everything else is reached through it.
"""
